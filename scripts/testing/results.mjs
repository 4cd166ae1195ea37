/** What the end-to-end tests leave in test/vscode/.output beside their counts: measured figures and pictures. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../toolchain/paths.mjs';

/**
 * @param {string} output
 * @returns {Record<string, number>}
 */
export function readFigures(output) {
  const file = join(output, 'figures.jsonl');
  if (!existsSync(file)) return {};
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return Object.assign({}, ...lines.map((line) => JSON.parse(line)));
}

/**
 * Copies the pictures that the README shows to where it shows them.
 * @param {string} output
 */
export function publishScreenshots(output) {
  const from = join(output, 'images');
  const to = join(root, 'docs', 'images');
  if (!existsSync(from)) return;
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (readme.includes(`docs/images/${name}`)) copyFileSync(join(from, name), join(to, name));
  }
  console.log(`The pictures are in ${to}.`);
}
