/**
 * Runs benchmarks: `npm run bench` all, `npm run bench -- expressions` those named. A benchmark is test/bench/<name>.bench.ts (or .mjs);
 * it is bundled on the fly, packages left outside, and prints its own figures.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { onProjectNode } from './toolchain/bootstrap.mjs';
import { root } from './toolchain/paths.mjs';

await onProjectNode(import.meta.url);
process.chdir(root);
const { build } = await import('esbuild');

const folder = 'test/bench';
const output = path.join(root, 'node_modules/.cache/bench');
const suffix = /\.bench\.(ts|mjs)$/;

const all = readdirSync(folder)
  .filter((file) => suffix.test(file))
  .sort();
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const known = all.map((file) => file.replace(suffix, ''));
const unknown = wanted.find((name) => !known.includes(name));
if (unknown !== undefined) {
  console.error(`There is no benchmark '${unknown}'. There are: ${known.join(', ')}.`);
  process.exit(2);
}

let failed = false;
for (const file of all) {
  const name = file.replace(suffix, '');
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`\n# ${name}\n`);
  mkdirSync(output, { recursive: true });
  const outfile = path.join(output, `${name}.mjs`);
  await build({
    entryPoints: [path.join(folder, file)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    packages: 'external',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const { status } = spawnSync(process.execPath, ['--enable-source-maps', outfile], { stdio: 'inherit' });
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
