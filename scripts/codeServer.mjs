/**
 * A real VS Code in the browser: npm's code-server on npm's Node 24, kept once per version in the user's cache folder. Nothing is
 * compiled: native modules that have no prebuilt file are left out, and VS Code does without them (its log files, Kerberos).
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from './bootstrap.mjs';

const VERSION = '4.139.1';
const windows = process.platform === 'win32';

function cacheFolder() {
  const base = process.env['XDG_CACHE_HOME'] ?? (windows ? process.env['LOCALAPPDATA'] : undefined);
  return join(base ?? join(homedir(), '.cache'), 'logicapps-workbench', `code-server-${VERSION}`);
}

/** Installs code-server unless the cache has it; returns its entry script. `say` gets a line for each step. */
export function installCodeServer(say) {
  const folder = cacheFolder();
  const entry = join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js');
  if (existsSync(entry)) return entry;
  const partial = `${folder}.${process.pid}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  writeFileSync(join(partial, 'package.json'), JSON.stringify({ private: true }));
  const code = join(partial, 'node_modules', 'code-server', 'lib', 'vscode');
  try {
    say(`Installing VS Code for the browser (code-server ${VERSION}, about 250 MB, once) …`);
    npm(partial, ['install', `code-server@${VERSION}`]);
    say('  its modules …');
    npm(code, ['install', '--omit=dev']);
    say('  its built-in extensions …');
    npm(join(code, 'extensions'), ['install', '--omit=dev']);
    rmSync(folder, { recursive: true, force: true });
    renameSync(partial, folder);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return entry;
}

function npm(cwd, args) {
  const all = [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status } = spawnSync(windows ? 'npm.cmd' : 'npm', all, {
    cwd,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: windows,
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} did not succeed in ${cwd}.`);
}

/** A port of the loopback interface that is free now. */
export async function freePort(preferred = 0) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error) => (preferred === 0 ? reject(error) : resolve(freePort())));
    probe.listen(preferred, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Puts the built extension where code-server looks for installed ones. */
export function installExtension(source, extensionsFolder, name) {
  const target = join(extensionsFolder, name);
  rmSync(target, { recursive: true, force: true });
  // A list written by an earlier start hides folders that were put there later.
  rmSync(join(extensionsFolder, 'extensions.json'), { force: true });
  mkdirSync(target, { recursive: true });
  for (const part of [
    'package.json',
    'README.md',
    'dist',
    'media',
    'icons',
    'schemas',
    'snippets',
    'main.js',
    'suite',
  ]) {
    if (existsSync(join(source, part))) cpSync(join(source, part), join(target, part), { recursive: true });
  }
}

const settings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.commandCenter.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'git.openRepositoryInParentFolders': 'never',
};

/**
 * Starts VS Code with the built extension, and further extensions given as [folder, name]; resolves when it answers.
 * `dataFolder` keeps its settings and state.
 */
export async function startCodeServer({ entry, dataFolder, port, env = {}, extensions = [], userSettings = {} }) {
  const extensionsFolder = join(dataFolder, 'extensions');
  mkdirSync(join(dataFolder, 'User'), { recursive: true });
  const settingsFile = join(dataFolder, 'User', 'settings.json');
  if (!existsSync(settingsFile)) writeFileSync(settingsFile, JSON.stringify({ ...settings, ...userSettings }, null, 2));
  installExtension(root, extensionsFolder, 'logicapps-workbench.logicapps-workbench-0.0.0');
  for (const [folder, name] of extensions) installExtension(folder, extensionsFolder, name);
  const child = spawn(
    process.execPath,
    [
      entry,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`, '--user-data-dir', dataFolder],
      ...['--extensions-dir', extensionsFolder, '--disable-telemetry', '--disable-update-check'],
      ...['--disable-workspace-trust', '--disable-getting-started-override'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } },
  );
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  const url = `http://127.0.0.1:${port}/`;
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`VS Code ended while starting:\n${errors.slice(-2000)}`);
    if (Date.now() > deadline) throw new Error(`VS Code does not answer at ${url}:\n${errors.slice(-2000)}`);
    const answers = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answers) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const stop = async () => {
    if (child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill();
    await ended;
  };
  return { url, child, stop };
}
