/** The VS Code on the user's desktop: found on the PATH, opened with the extension loaded from this repository. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { onPath, run } from './run.mjs';

/**
 * The `code` command and its version; undefined when there is none.
 * @returns {Promise<{command: string, version: string, recentEnough: boolean} | undefined>}
 */
export async function findDesktopCode() {
  const command = onPath('code') ?? onPath('code-insiders');
  if (command === undefined) return undefined;
  const { code, output } = await run(command, ['--version'], { quiet: true });
  const version = /^(\d+\.\d+\.\d+)/m.exec(output)?.[1];
  if (code !== 0 || version === undefined) return undefined;
  return { command, version, recentEnough: compare(version, minimumVersion()) >= 0 };
}

/** The oldest VS Code the extension runs in, from its manifest. */
export function minimumVersion() {
  /** @type {{engines: {vscode: string}}} */
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return manifest.engines.vscode.replace(/^[^\d]*/, '');
}

/**
 * @param {string} command
 * @param {string} folder
 * @param {readonly string[]} files opened beside the folder
 */
export function openDesktopCode(command, folder, files) {
  return run(command, ['--new-window', `--extensionDevelopmentPath=${root}`, folder, ...files]);
}

/**
 * @param {string} left
 * @param {string} right
 */
function compare(left, right) {
  const parts = right.split('.').map(Number);
  for (const [index, part] of left.split('.').map(Number).entries()) {
    const difference = part - (parts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
