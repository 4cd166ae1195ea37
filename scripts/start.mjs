/** `npm start`: builds, and opens VS Code on the example (or another folder) with the extension loaded. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { onProjectNode } from './toolchain/bootstrap.mjs';
import { installCodeServer, startCodeServer } from './toolchain/codeServer.mjs';
import { findDesktopCode, minimumVersion, openDesktopCode } from './toolchain/desktopCode.mjs';
import { cacheFolder, exampleFolder, root } from './toolchain/paths.mjs';
import { onPath, run } from './toolchain/run.mjs';

const help = `npm start -- [options] [folder]

Builds the extension and opens VS Code with it, on examples/order-processing or the given folder.

  --desktop     in the desktop VS Code; the default when \`code\` is on the PATH
  --browser     in the browser, with the VS Code of the npm package code-server; the default otherwise
  --port N      port of the browser's VS Code; a free one when left out
  --no-open     only print the address, do not open a browser
  --no-build    use dist/ as it is
  --help        this text
`;

/** @type {Record<string, unknown>} The user's first settings in the browser's VS Code; changes to them are kept. */
const firstSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'remote.autoForwardPorts': false,
  'git.openRepositoryInParentFolders': 'never',
};

const { values: options, positionals } = readArguments();
if (options.help) {
  console.log(help);
  process.exit(0);
}
const folder = positionals[0] === undefined ? exampleFolder : resolve(positionals[0]);
if (!existsSync(folder)) fail(`There is no folder ${folder}.`);
await onProjectNode(import.meta.url);

if (!options['no-build']) {
  const { code } = await run(process.execPath, [join(root, 'scripts', 'build.mjs')], { cwd: root });
  if (code !== 0) fail('The build failed.');
}
const workflow = join(folder, 'process-order', 'workflow.json');
const files = existsSync(workflow) ? [workflow] : [];
const desktop = options.browser ? undefined : await findDesktopCode();
if (desktop?.recentEnough) await startDesktop(desktop.command);
else {
  if (options.desktop) {
    fail(
      desktop === undefined
        ? 'No `code` on the PATH: in VS Code, run "Shell Command: Install \'code\' command in PATH", or leave out --desktop.'
        : `VS Code ${desktop.version} is too old: ${minimumVersion()} or newer is needed.`,
    );
  }
  if (desktop)
    console.log(`The desktop VS Code ${desktop.version} is older than ${minimumVersion()}; using the browser.`);
  await startInBrowser();
}

/** @param {string} command */
async function startDesktop(command) {
  const { code } = await openDesktopCode(command, folder, files);
  if (code !== 0) fail('VS Code could not be opened.');
  console.log(
    `Opened ${folder} in VS Code. Change the sources, \`npm run build\`, and run "Developer: Reload Window".`,
  );
}

async function startInBrowser() {
  const entry = await installCodeServer((message) => console.log(message));
  const home = join(cacheFolder(), 'start');
  const extensionsFolder = join(home, 'extensions');
  linkExtension(extensionsFolder);
  const server = await startCodeServer({
    entry,
    dataFolder: join(home, 'data'),
    extensionsFolder,
    logFile: join(cacheFolder(), 'start.log'),
    settings: firstSettings,
    ...(options.port === undefined ? {} : { port: portNumber(options.port) }),
  });
  const address = addressOf(server.address);
  console.log(`\nVS Code with Logic Apps Workbench: ${address}\nOnly this machine can reach it. Ctrl-C ends it.`);
  if (!options['no-open']) openBrowser(address + opening(server.address));

  let asked = false;
  const end = () => {
    if (asked) return;
    asked = true;
    void server.stop();
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, end);
  await server.exited;
  if (!asked) fail(`VS Code ended by itself. Its log: ${join(cacheFolder(), 'start.log')}`);
  process.exit(0);
}

/**
 * Makes this repository an installed extension. VS Code notes what is installed in extensions.json, and looks into
 * the folder only when that file is missing.
 * @param {string} extensionsFolder
 */
function linkExtension(extensionsFolder) {
  /** @type {{publisher: string, name: string, version: string}} */
  const { publisher, name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  rmSync(extensionsFolder, { recursive: true, force: true });
  mkdirSync(extensionsFolder, { recursive: true });
  symlinkSync(root, join(extensionsFolder, `${publisher}.${name}-${version}`), 'junction');
}

/** @param {string} base */
function addressOf(base) {
  return `${base}?folder=${encodeURIComponent(slashed(folder)).replaceAll('%2F', '/')}`;
}

/**
 * The part of the address that makes VS Code open the files; too long to be printed.
 * @param {string} base
 */
function opening(base) {
  const payload = files.map((file) => ['openFile', `vscode-remote://${new URL(base).host}${slashed(file)}`]);
  return `&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/**
 * A path as VS Code writes it in addresses: `/c:/folder` on Windows.
 * @param {string} path
 */
function slashed(path) {
  const slashes = path.replaceAll('\\', '/');
  return slashes.startsWith('/') ? slashes : `/${slashes}`;
}

/** @param {string} address */
function openBrowser(address) {
  const { platform, env } = process;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return;
  const command = platform === 'darwin' ? 'open' : platform === 'win32' ? 'explorer.exe' : 'xdg-open';
  if (platform === 'linux' && onPath(command) === undefined) return;
  spawn(command, [address], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

/** @param {string} text */
function portNumber(text) {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) fail(`--port needs a number from 1 to 65535, not ${text}.`);
  return port;
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        desktop: { type: 'boolean', default: false },
        browser: { type: 'boolean', default: false },
        port: { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        'no-build': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
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
