/** Where things are: the repository, the Node that npm installed for it, and the per-user cache of downloaded tools. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

export const exampleFolder = join(root, 'examples', 'order-processing');

/**
 * The Node 24 that the npm package `node` puts into node_modules, or undefined while it isn't installed.
 * @returns {string | undefined}
 */
export function projectNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  return [join(root, 'node_modules', 'node', 'bin', name), join(root, 'node_modules', '.bin', name)].find((file) =>
    existsSync(file),
  );
}

/**
 * The folder for tools that are installed once per user and shared by all clones.
 * LOGICAPPS_WORKBENCH_CACHE names another one.
 * @returns {string}
 */
export function cacheFolder() {
  const { env, platform } = process;
  if (env.LOGICAPPS_WORKBENCH_CACHE) return env.LOGICAPPS_WORKBENCH_CACHE;
  if (platform === 'win32') {
    return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'logicapps-workbench', 'Cache');
  }
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'logicapps-workbench');
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'logicapps-workbench');
}
