/**
 * VS Code in the browser, from the npm package code-server: installed once per version into the user's cache, and
 * started bound to loopback. Used by `npm start` where no desktop VS Code is found, and by the tests.
 */
import { spawn } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { cacheFolder, projectNode, root } from './paths.mjs';
import { npm, run } from './run.mjs';

/** code-server 4.x carries VS Code 1.x: this one is VS Code 1.139.1 on Node 24. */
export const codeServerVersion = '4.139.1';

const nativeModules = { '@vscode/spdlog': 'spdlog.cjs', '@vscode/native-watchdog': 'watchdog.cjs' };

/**
 * Installs code-server unless the cache has it. None of its install scripts is run: of what they would compile,
 * Kerberos is not needed and logs and the watchdog are replaced from native/; terminal, file watching and search
 * bring prebuilt binaries. So no compiler or library is needed. The folder is filled under another name and renamed
 * when complete: an interrupted install leaves nothing half done, and npm's own cache makes the next one quick.
 * @param {(message: string) => void} report tells the user what takes time
 * @returns {Promise<string>} the file to start with Node 24
 * @throws Error with npm's output when the install fails
 */
export async function installCodeServer(report) {
  const home = join(cacheFolder(), `code-server-${codeServerVersion}`);
  const entry = join(home, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
  if (existsSync(entry)) return entry;
  removeLeftovers();
  const staging = `${home}.partial-${process.pid}`;
  mkdirSync(staging, { recursive: true });
  writeFileSync(join(staging, 'package.json'), '{"private":true}\n');
  const server = join(staging, 'node_modules', 'code-server', 'lib', 'vscode');
  try {
    report(`Installing VS Code for the browser (code-server ${codeServerVersion}), once, about 300 MB:`);
    await step('1 of 3: code-server', staging, [`code-server@${codeServerVersion}`]);
    await step('2 of 3: what VS Code needs', server, ['--omit=dev']);
    await step('3 of 3: what its built-in extensions need', join(server, 'extensions'), ['--omit=dev']);
    for (const [module, replacement] of Object.entries(nativeModules)) {
      const source = join(root, 'scripts', 'toolchain', 'native', replacement);
      copyFileSync(source, join(server, 'node_modules', module, 'index.js'));
    }
    renameSync(staging, home);
  } catch (error) {
    rmSync(staging, { recursive: true, force: true });
    // Another process may have been quicker.
    if (!existsSync(entry)) throw error;
  }
  return entry;

  /**
   * @param {string} title
   * @param {string} cwd
   * @param {readonly string[]} packages
   */
  async function step(title, cwd, packages) {
    const started = Date.now();
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    const { code, output } = await npm(['install', ...packages, ...options], { cwd, quiet: true, node: requireNode() });
    if (code !== 0) throw new Error(`code-server could not be installed (npm ended with ${code}):\n${output.trim()}`);
    report(`  ${title} (${((Date.now() - started) / 1000).toFixed(0)} s)`);
  }
}

/** Removes what installs left behind that were killed: their process is gone. */
function removeLeftovers() {
  if (!existsSync(cacheFolder())) return;
  for (const name of readdirSync(cacheFolder())) {
    const pid = /\.partial-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) {
      rmSync(join(cacheFolder(), name), { recursive: true, force: true });
    }
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * @typedef {object} CodeServerOptions
 * @property {string} entry what installCodeServer returned
 * @property {string} dataFolder keeps user settings and state; made when missing
 * @property {string} extensionsFolder
 * @property {string} logFile
 * @property {number} [port] a free one when left out
 * @property {Record<string, unknown>} [settings] user settings, written when there are none yet
 * @property {Record<string, string>} [env] reaches the extension host
 * @property {boolean} [workspaceTrust] ask whether folders are trusted, as the desktop does; otherwise they are
 */

/**
 * Starts code-server and resolves when it answers.
 * @param {CodeServerOptions} options
 * @returns {Promise<{address: string, pid: number, stop(): Promise<void>, exited: Promise<number>}>}
 * @throws Error when it ends or stays silent for a minute
 */
export async function startCodeServer(options) {
  const { entry, dataFolder, extensionsFolder, logFile, settings = {}, env = {}, workspaceTrust = false } = options;
  const port = options.port ?? (await freePort());
  for (const folder of [join(dataFolder, 'User'), extensionsFolder]) mkdirSync(folder, { recursive: true });
  const settingsFile = join(dataFolder, 'User', 'settings.json');
  if (!existsSync(settingsFile)) writeFileSync(settingsFile, JSON.stringify(settings, undefined, 2) + '\n');

  const log = openSync(logFile, 'w');
  const child = spawn(
    requireNode(),
    [
      entry,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--config', join(dataFolder, 'config.yaml')],
      ...['--user-data-dir', dataFolder, '--extensions-dir', extensionsFolder],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
    ],
    // A group of its own, so that extension hosts and language servers end with it.
    { stdio: ['ignore', log, log], env: { ...cleanEnvironment(), ...env }, detached: process.platform !== 'win32' },
  );
  closeSync(log);
  /** @type {Promise<number>} */
  const exited = new Promise((resolve) => child.on('close', (code) => resolve(code ?? 0)));
  const address = `http://127.0.0.1:${port}/`;
  await untilItAnswers(address, exited, logFile);
  return { address, pid: child.pid ?? 0, exited, stop };

  async function stop() {
    kill('SIGTERM');
    const hard = setTimeout(() => kill('SIGKILL'), 3000);
    await exited;
    clearTimeout(hard);
    kill('SIGKILL');
  }

  /** @param {NodeJS.Signals} signal */
  function kill(signal) {
    if (child.pid === undefined) return;
    try {
      if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore' });
      else process.kill(-child.pid, signal);
    } catch {
      // The group has ended already.
    }
  }
}

/**
 * Installs a .vsix into a folder for extensions.
 * @param {{entry: string, extensionsFolder: string, dataFolder: string}} places
 * @param {string} vsix
 * @throws Error with what code-server printed
 */
export async function installExtension({ entry, extensionsFolder, dataFolder }, vsix) {
  const { code, output } = await run(
    requireNode(),
    [
      entry,
      ...['--install-extension', vsix, '--extensions-dir', extensionsFolder],
      ...['--user-data-dir', dataFolder, '--config', join(dataFolder, 'config.yaml')],
    ],
    { quiet: true, env: cleanEnvironment() },
  );
  if (code !== 0) throw new Error(`${vsix} could not be installed:\n${output.trim()}`);
}

/**
 * @param {string} address
 * @param {Promise<number>} exited
 * @param {string} logFile
 */
async function untilItAnswers(address, exited, logFile) {
  let ended = false;
  void exited.then(() => (ended = true));
  const deadline = Date.now() + 60_000;
  while (!ended && Date.now() < deadline) {
    const answer = await fetch(`${address}healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`code-server ${ended ? 'ended' : 'did not answer'} at ${address}. Its log: ${logFile}`);
}

/** Started from a terminal of VS Code, code-server would hand over to that VS Code; PORT and PASSWORD it would obey. */
function cleanEnvironment() {
  const unwanted = /^(VSCODE_|ELECTRON_|CODE_SERVER_|CS_DISABLE_|PORT$|PASSWORD$|HASHED_PASSWORD$|npm_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !unwanted.test(name)));
}

function requireNode() {
  const node = projectNode();
  if (node === undefined) throw new Error('Node 24 is missing from node_modules: run npm ci.');
  return node;
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
