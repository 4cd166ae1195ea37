/**
 * The first steps of every script: works on any Node from 20 on, with nothing installed. Brings node_modules up to
 * date with package-lock.json, then goes on under the Node 24 that is among them, so that everybody builds and
 * tests on the same version.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectNode, root } from './paths.mjs';
import { npm } from './run.mjs';

/**
 * Returns when dependencies are there and this process runs on the project's Node; until then the same script is
 * started again under it and this process ends with its exit code.
 * @param {string} script import.meta.url of the script
 */
export async function onProjectNode(script) {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) fail(`This needs Node 20 or newer; this is Node ${process.versions.node}.`);
  if (dependenciesAreOutdated()) await installDependencies();
  const node = projectNode();
  if (node === undefined) fail('The npm package "node" has no binary for this machine. Install Node 24 and try again.');
  if (realpathSync(node) === realpathSync(process.execPath)) return;
  const child = spawn(node, [fileURLToPath(script), ...process.argv.slice(2)], { stdio: 'inherit' });
  // Ctrl-C reaches the child by itself, through the terminal; a signal sent to this process alone is passed on.
  process.on('SIGINT', () => undefined);
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  process.exit(await new Promise((resolve) => child.on('close', (code) => resolve(code ?? 130))));
}

/** Compares what npm installed (its hidden lock file) with what package-lock.json asks for. */
function dependenciesAreOutdated() {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden) || projectNode() === undefined) return true;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(hidden);
  return Object.entries(wanted).some(
    ([place, { version, optional }]) => place !== '' && !optional && installed[place]?.version !== version,
  );
}

/**
 * @param {string} file
 * @returns {Record<string, {version?: string, optional?: boolean}>}
 */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}

async function installDependencies() {
  console.log('Installing the dependencies with npm ci (a minute or so) …');
  const { code, output } = await npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, quiet: true });
  if (code !== 0) fail(`${output.trim()}\nnpm ci failed with code ${code}.`);
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}
