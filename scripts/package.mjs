/** `npm run package`: a production build as a .vsix, which has to stay small. */
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { onProjectNode } from './toolchain/bootstrap.mjs';
import { root } from './toolchain/paths.mjs';
import { run } from './toolchain/run.mjs';

const { values: options } = parseArgs({ options: { out: { type: 'string' } } });
await onProjectNode(import.meta.url);

/** @type {{name: string, version: string}} */
const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const file = resolve(options.out ?? join(root, `${name}-${version}.vsix`));
const limit = 6_000_000;

const build = await run(process.execPath, [join(root, 'scripts', 'build.mjs'), '--production'], { cwd: root });
if (build.code !== 0) process.exit(1);
mkdirSync(dirname(file), { recursive: true });
const { code, output } = await run(
  process.execPath,
  [
    join(root, 'node_modules', '@vscode', 'vsce', 'vsce'),
    'package',
    '--no-dependencies',
    '--no-rewrite-relative-links',
    '--allow-missing-repository',
    '--skip-license',
    '--out',
    file,
  ],
  { cwd: root, quiet: true },
);
if (code !== 0) {
  console.error(output.trim());
  process.exit(1);
}
const { size } = statSync(file);
console.log(`${file}  ${(size / 1_000_000).toFixed(2)} MB`);
if (size > limit) {
  console.error(`The package is larger than ${limit / 1_000_000} MB: see .vscodeignore and the bundle sizes above.`);
  process.exit(1);
}
