/** The licences of the packages that are bundled into dist/, which ask to be passed on with copies. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * @param {readonly string[]} inputs files that went into a bundle, as esbuild names them
 * @returns {string} one part a package, in the order of their names
 * @throws Error when a bundled package has no licence
 */
export function thirdPartyNotices(inputs) {
  const folders = new Set(inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  /** @type {Map<string, string>} */
  const parts = new Map();
  for (const folder of folders) {
    /** @type {{name: string, version: string, license?: string}} */
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const text = licenceText(folder);
    if (license === undefined && text === undefined) throw new Error(`The bundled package ${name} has no licence.`);
    parts.set(`${name} ${version}`, text ?? `Licence: ${license}`);
  }
  return [...parts]
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([title, text]) => `${title}\n${'-'.repeat(title.length)}\n\n${text.trim()}\n`)
    .join('\n\n');
}

/** @param {string} folder */
function licenceText(folder) {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const files = names.filter((name) => /^(licen[cs]e|copying|notice)/i.test(name) && !/\.(js|ts|json)$/.test(name));
  return files.length === 0
    ? undefined
    : files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n');
}
