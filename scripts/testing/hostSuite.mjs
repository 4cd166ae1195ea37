/**
 * The in-host suite: test/vscode/suite, bundled, and run with mocha inside the extension host of a real VS Code; in
 * the browser by the small extension of test/vscode/host-extension, on the desktop by @vscode/test-electron.
 */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { installExtension, startCodeServer } from '../toolchain/codeServer.mjs';
import { minimumVersion } from '../toolchain/desktopCode.mjs';
import { exampleFolder, root } from '../toolchain/paths.mjs';

const source = join(root, 'test', 'vscode');
const output = join(source, '.output', 'host');
const patience = 5 * 60_000;

/** Nothing that would call the network: mocha takes the failure of any extension for one of the test that runs. */
const userSettings = {
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'remote.autoForwardPorts': false,
  'extensions.autoCheckUpdates': false,
};

/** @typedef {import('../../test/vscode/host-extension/report').Report} Report */

/** Bundles the suite and the extension that runs it into test/vscode/.output/host. */
export async function buildHostSuite() {
  rmSync(output, { recursive: true, force: true });
  const suites = readdirSync(join(source, 'suite')).filter((name) => name.endsWith('.test.ts'));
  await build({
    entryPoints: {
      main: join(source, 'host-extension', 'main.ts'),
      ...Object.fromEntries(suites.map((name) => [`suite/${name.replace(/\.ts$/, '')}`, join(source, 'suite', name)])),
    },
    outdir: output,
    bundle: true,
    sourcemap: 'inline',
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    mainFields: ['module', 'main'],
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  cpSync(join(source, 'host-extension', 'package.json'), join(output, 'package.json'));
}

/**
 * Runs the suite in VS Code in the browser, on a copy of the example.
 * @param {{entry: string, browser: string, vsix: string}} tools
 * @returns {Promise<Report>}
 */
export async function runHostSuite({ entry, browser, vsix }) {
  const place = makePlace();
  const extensionsFolder = join(place.folder, 'extensions');
  const dataFolder = join(place.folder, 'data');
  const logFile = join(source, '.output', 'host-server.log');
  await installExtension({ entry, extensionsFolder, dataFolder }, vsix);
  symlinkSync(output, join(extensionsFolder, 'logicapps-workbench.host-suite-0.0.0'), 'junction');
  // VS Code looks for what was put there by hand only when its own list is missing.
  rmSync(join(extensionsFolder, 'extensions.json'), { force: true });
  const server = await startCodeServer({ entry, dataFolder, extensionsFolder, logFile, env: place.env });
  const chrome = await chromium.launch({ executablePath: browser });
  try {
    const page = await chrome.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(`${server.address}?folder=${encodeURIComponent(place.workspace)}`);
    const deadline = Date.now() + patience;
    while (!existsSync(place.reportFile) && Date.now() < deadline) await page.waitForTimeout(200);
    if (!existsSync(place.reportFile)) {
      await page.screenshot({ path: join(source, '.output', 'host-suite.png') });
      return noReport('the suite did not finish; see test/vscode/.output/host-suite.png and host-server.log');
    }
    return JSON.parse(readFileSync(place.reportFile, 'utf8'));
  } finally {
    await chrome.close();
    await server.stop();
    place.remove();
  }
}

/**
 * Runs the suite in a desktop VS Code, which @vscode/test-electron downloads.
 * @returns {Promise<Report>}
 */
export async function runDesktopSuite() {
  const { runTests } = await import('@vscode/test-electron');
  const place = makePlace();
  try {
    await runTests({
      version: process.env.VSCODE_VERSION ?? minimumVersion(),
      extensionDevelopmentPath: root,
      extensionTestsPath: join(output, 'main.js'),
      extensionTestsEnv: place.env,
      launchArgs: [place.workspace, '--disable-workspace-trust', '--user-data-dir', join(place.folder, 'data')],
    });
  } catch (error) {
    if (!existsSync(place.reportFile)) return noReport(error instanceof Error ? error.message : String(error));
  }
  try {
    return existsSync(place.reportFile)
      ? JSON.parse(readFileSync(place.reportFile, 'utf8'))
      : noReport('VS Code ended without a report');
  } finally {
    place.remove();
  }
}

/** A temporary folder with a copy of the example, and what tells the suite about it. */
function makePlace() {
  const folder = mkdtempSync(join(tmpdir(), 'logicapps-host-'));
  const workspace = join(folder, 'order-processing');
  const reportFile = join(folder, 'report.json');
  mkdirSync(join(folder, 'data', 'User'), { recursive: true });
  writeFileSync(join(folder, 'data', 'User', 'settings.json'), JSON.stringify(userSettings));
  cpSync(exampleFolder, workspace, { recursive: true });
  return {
    folder,
    workspace,
    reportFile,
    env: { LOGICAPPS_WORKBENCH_TEST: reportFile },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}

/**
 * @param {string} message
 * @returns {Report}
 */
function noReport(message) {
  return {
    passed: 0,
    failed: 1,
    skipped: 0,
    tests: [{ title: 'in-host suite', state: 'failed', message }],
    figures: {},
  };
}
