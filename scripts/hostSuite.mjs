/** Bundles the in-host suite and the small extension that runs it into test/vscode/.output/host. */
import { build } from 'esbuild';
import { copyFileSync, globSync, mkdirSync, rmSync } from 'node:fs';

const out = 'test/vscode/.output/host';

export async function buildHostSuite() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const options = {
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  };
  await build({ ...options, entryPoints: ['test/vscode/host/run.ts'], outfile: `${out}/main.js` });
  await build({ ...options, entryPoints: globSync('test/vscode/suite/*.test.ts'), outdir: `${out}/suite` });
  copyFileSync('test/vscode/host/package.json', `${out}/package.json`);
}
