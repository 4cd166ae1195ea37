/** `npm test`: everything that must hold. Ends with one line that counts it. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { onProjectNode } from './toolchain/bootstrap.mjs';
import { root } from './toolchain/paths.mjs';
import { run } from './toolchain/run.mjs';
import { vitest } from './testing/vitest.mjs';

const help = `npm test -- [options]

Runs lint, the layout check, types, unit and conformance tests, and the suites inside a real VS Code.

  --only PARTS    some of lint, types, unit, vscode, separated by commas
  --screenshots   put the pictures that the end-to-end tests take into docs/images
  --desktop       run the in-host suite in a desktop VS Code, which is downloaded, instead of in the browser
  --help          this text
`;

/** @typedef {import('./testing/vitest.mjs').Counts} Counts */

const parts = ['lint', 'types', 'unit', 'vscode'];
const options = readArguments();
if (options.help) {
  console.log(help);
  process.exit(0);
}
const wanted = options.only?.split(',') ?? parts;
const unknown = wanted.find((part) => !parts.includes(part));
if (unknown !== undefined) fail(`--only takes some of ${parts.join(', ')}, not ${unknown}.`);
await onProjectNode(import.meta.url);
process.chdir(root);

const output = join(root, 'test', 'vscode', '.output');
const vsix = join(output, 'logicapps-workbench.vsix');
/** @type {Counts} */
const total = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const durations = [];
/** @type {Record<string, number>} */
const figures = {};

const started = Date.now();
rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
if (wanted.includes('lint')) {
  await phase('lint', () => tool('node_modules/eslint/bin/eslint.js', '.'));
  await phase('layout', () => tool('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'));
}
if (wanted.includes('types')) await phase('types', () => tool('scripts/types.mjs'));
if (wanted.includes('unit') || wanted.includes('vscode')) {
  const built = await phase('build and package', () => tool('scripts/package.mjs', '--out', vsix));
  if (wanted.includes('unit')) await phase('unit and conformance tests', () => vitest('unit', []));
  if (wanted.includes('vscode') && built) await inVSCode();
}
console.log(`\n${[...durations, `all ${seconds(started)}`].join(', ')}`);
for (const [title, value] of Object.entries(figures)) console.log(`${title}: ${value}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 ? 1 : 0);

/** The in-host suite, then the end-to-end tests, which drive the window. */
async function inVSCode() {
  const { requireBrowser } = await import('./toolchain/browser.mjs');
  const { installCodeServer } = await import('./toolchain/codeServer.mjs');
  const { buildHostSuite, runDesktopSuite, runHostSuite } = await import('./testing/hostSuite.mjs');
  const say = (/** @type {string} */ message) => console.log(message);
  /** @type {string | undefined} */
  let browser;
  /** @type {string | undefined} */
  let entry;
  const ready = await phase('preparing VS Code', async () => {
    browser = await requireBrowser(say);
    entry = await installCodeServer(say);
    await buildHostSuite();
    return browser === undefined ? one(false) : { passed: 0, failed: 0, skipped: 0 };
  });
  if (!ready || browser === undefined || entry === undefined) return;
  const tools = { browser, entry, vsix };
  await phase('in the extension host', async () => {
    const report = options.desktop ? await runDesktopSuite() : await runHostSuite(tools);
    const marks = { passed: '✓', failed: '✗', skipped: '-' };
    for (const { state, title, message } of report.tests) {
      console.log(`${marks[state]} ${title}${message === undefined ? '' : `\n  ${message.replaceAll('\n', '\n  ')}`}`);
    }
    Object.assign(figures, report.figures);
    return report;
  });
  await phase('in the window', async () => {
    const counts = await vitest('e2e', ['--config', 'test/vscode/vitest.config.mts'], {
      LOGICAPPS_E2E: JSON.stringify(tools),
    });
    const { readFigures, publishScreenshots } = await import('./testing/results.mjs');
    Object.assign(figures, readFigures(output));
    if (options.screenshots) publishScreenshots(output);
    return counts;
  });
}

/**
 * Runs one part, prints how long it took and adds what it counted.
 * @param {string} title
 * @param {() => Promise<Counts>} work
 * @returns {Promise<boolean>} whether nothing failed
 */
async function phase(title, work) {
  console.log(`\n── ${title}`);
  const start = Date.now();
  const counts = await work().catch((/** @type {unknown} */ error) => {
    console.error(error instanceof Error ? error.message : error);
    return one(false);
  });
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  durations.push(`${title} ${seconds(start)}`);
  console.log(`── ${title}: ${counts.failed === 0 ? 'ok' : `${counts.failed} failed`} (${seconds(start)})`);
  return counts.failed === 0;
}

/**
 * A program of Node that counts as one test.
 * @param {string} script
 * @param {string[]} args
 */
async function tool(script, ...args) {
  return one((await run(process.execPath, [script, ...args], { cwd: root })).code === 0);
}

/**
 * @param {boolean} passed
 * @returns {Counts}
 */
function one(passed) {
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
}

/** @param {number} since */
function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(0)} s`;
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        only: { type: 'string' },
        screenshots: { type: 'boolean', default: false },
        desktop: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}
