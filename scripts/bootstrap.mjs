/**
 * What every script needs first: the dependencies, and the Node 24 that npm installed with them. Runs on Node 20 with nothing
 * installed, so it imports nothing but Node itself.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === 'win32';

/** The Node that runs the tools, a dependency of the project. */
export const node = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

/**
 * Installs what is missing, then makes sure that the calling script runs on Node 24: on an older Node it starts the script again
 * and ends this process with its result.
 */
export function bootstrap() {
  process.chdir(root);
  if (!installed()) {
    console.log('Installing dependencies with npm …');
    const { status } = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund'], {
      stdio: 'inherit',
      shell: windows,
    });
    if (status !== 0) fail('npm ci did not succeed; its output above says why.');
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return;
  if (!existsSync(node)) fail('The Node 24 that npm installs is missing: remove node_modules and try again.');
  const { status, signal } = spawnSync(node, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${dirname(node)}${windows ? ';' : ':'}${process.env['PATH'] ?? ''}` },
  });
  process.exit(signal === null ? (status ?? 1) : 1);
}

/** npm notes in `node_modules/.package-lock.json` what it has installed; an older note means the lock has moved on. */
function installed() {
  const note = join(root, 'node_modules', '.package-lock.json');
  return existsSync(note) && statSync(note).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs - 1000;
}

/** Ends the process with a message for the user. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Runs one of our scripts or a tool's JavaScript on the current Node; returns its exit status. */
export function runNode(args, options = {}) {
  return spawnSync(process.execPath, args, { stdio: 'inherit', ...options }).status ?? 1;
}
