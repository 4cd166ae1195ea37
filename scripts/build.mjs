/** Bundles every entry of the product into dist/. `--production` minifies, `--watch` rebuilds on change. */
import { build, context } from 'esbuild';
import { existsSync, statSync, globSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

const shared = {
  bundle: true,
  sourcemap: true,
  minify: production,
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development') },
};
const node = { ...shared, platform: 'node', format: 'cjs', target: 'node20' };

/** Heavy connector clients are entries of their own, so that nothing loads them before they are used. */
const connectors = globSync('runtime/connectors/*/client.ts').map((file) => ({
  ...node,
  entryPoints: [file],
  outfile: `dist/connectors/${basename(dirname(file))}.js`,
}));

const entries = [
  { ...node, entryPoints: ['client/extension.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  { ...node, entryPoints: ['server/main.ts'], outfile: 'dist/server.js' },
  { ...node, entryPoints: ['runtime/host/worker.ts'], outfile: 'dist/worker.js' },
  { ...node, entryPoints: ['cli/bin.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  {
    ...shared,
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    entryPoints: ['webview/designer/main.tsx'],
    outfile: 'dist/webview/designer.js',
  },
  ...connectors,
].filter((entry) => existsSync(entry.entryPoints[0]));

if (production) rmSync('dist', { recursive: true, force: true });
if (watch) {
  await Promise.all(entries.map(async (entry) => (await context({ ...entry, logLevel: 'info' })).watch()));
} else {
  await Promise.all(entries.map((entry) => build(entry)));
  for (const { outfile } of process.argv.includes('--quiet') ? [] : entries)
    console.log(`${outfile}  ${(statSync(outfile).size / 1024).toFixed(0)} kB`);
}
