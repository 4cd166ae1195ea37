/**
 * Bundles every entry of the product into dist/, with source maps. `--production` minifies into an emptied dist/,
 * `--watch` rebuilds on change.
 */
import { chmodSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { thirdPartyNotices } from './notices.mjs';
import { onProjectNode } from './toolchain/bootstrap.mjs';
import { root } from './toolchain/paths.mjs';

await onProjectNode(import.meta.url);
process.chdir(root);
const { build, context } = await import('esbuild');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const shared = {
  bundle: true,
  sourcemap: true,
  sourcesContent: false,
  minify: production,
  metafile: production,
  // Class names are read by frameworks and shown in messages.
  keepNames: production,
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development') },
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  // The UMD builds that some packages name as `main` hide their imports from the bundler.
  mainFields: ['module', 'main'],
};

/** @type {import('esbuild').BuildOptions} */
const browser = { ...shared, platform: 'browser', format: 'esm', target: 'es2022', jsx: 'automatic' };

/**
 * Packages that only some workflows need. CommonJS bundles can't be split, so each is a bundle of its own, and `import('…')` of one
 * loads it when it is first needed.
 */
const lazyPackages = ['gpt-tokenizer/encoding/cl100k_base', '@azure/storage-blob'];

/** @param {string} name */
const packageFile = (name) => `packages/${name.replace(/^@/, '').replaceAll('/', '-')}.js`;

/** Packages written as modules may ask for their own address. @type {import('esbuild').BuildOptions} */
const packageOptions = {
  ...node,
  define: { ...shared.define, 'import.meta.url': 'moduleAddress' },
  banner: { js: "const moduleAddress = require('node:url').pathToFileURL(__filename).href;" },
};

/** @type {import('esbuild').Plugin} */
const lazily = {
  name: 'packages of their own',
  setup(build) {
    build.onResolve({ filter: /^[@a-z]/ }, ({ path, kind }) =>
      kind === 'dynamic-import' && lazyPackages.includes(path)
        ? { path: `./${packageFile(path)}`, external: true }
        : undefined,
    );
  },
};
node.plugins = [lazily];

const entries = [
  entry({ ...node, external: ['vscode'] }, 'client/extension.ts', 'dist/extension.js'),
  entry(node, 'server/main.ts', 'dist/server.js'),
  entry(node, 'runtime/host/worker.ts', 'dist/worker.js'),
  entry({ ...node, banner: { js: '#!/usr/bin/env node' } }, 'cli/bin.ts', 'dist/cli.js'),
  entry(node, 'client/debug/stdio.ts', 'dist/dap.js'),
  entry(browser, 'webview/designer/main.tsx', 'dist/webview/designer.js'),
  // libxml2 waits for its WebAssembly while it loads, which only a module can do.
  entry({ ...node, format: 'esm' }, 'libxml2-wasm', 'dist/packages/libxml2-wasm.mjs'),
  ...lazyPackages.map((name) => entry(packageOptions, name, `dist/${packageFile(name)}`)),
];

/**
 * @param {import('esbuild').BuildOptions} options
 * @param {string} source
 * @param {string} outfile
 */
function entry(options, source, outfile) {
  return { source, outfile, options: { ...options, entryPoints: [source], outfile } };
}

if (production) rmSync('dist', { recursive: true, force: true });
if (watch) {
  await Promise.all(entries.map(async ({ options }) => (await context({ ...options, logLevel: 'info' })).watch()));
} else {
  const results = await Promise.allSettled(entries.map(({ options }) => build(options)));
  if (existsSync('dist/cli.js')) chmodSync('dist/cli.js', 0o755);
  for (const { outfile } of entries) {
    for (const file of [outfile, outfile.replace(/\.js$/, '.css')]) {
      if (existsSync(file)) console.log(`${file}  ${(statSync(file).size / 1024).toFixed(0)} kB`);
    }
  }
  // esbuild has printed the errors.
  if (results.some(({ status }) => status === 'rejected')) process.exit(1);
  if (production) {
    const inputs = results.flatMap((result) =>
      result.status === 'fulfilled' ? Object.keys(result.value.metafile?.inputs ?? {}) : [],
    );
    writeFileSync('dist/THIRD-PARTY-NOTICES.txt', thirdPartyNotices(inputs));
  }
}
