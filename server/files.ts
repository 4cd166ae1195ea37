/** Files of this machine for the project model, and the translation between URIs and paths with forward slashes. */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FileReader } from '../language/project/load';

export const nodeFiles: FileReader = {
  async list(folder) {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.map((each) => ({ name: each.name, isFolder: each.isDirectory() }));
    } catch {
      return [];
    }
  },
  async read(file) {
    try {
      return await readFile(file, 'utf8');
    } catch {
      return undefined;
    }
  },
};

/** The path of a file URI, or undefined for other schemes. Drive letters are lower case, so that equal files have equal paths. */
export function pathOfUri(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return normalized(fileURLToPath(uri));
  } catch {
    return undefined;
  }
}

export function uriOfPath(path: string): string {
  return pathToFileURL(path).href;
}

function normalized(path: string): string {
  const slashes = path.replaceAll('\\', '/');
  return /^[A-Z]:/.test(slashes) ? slashes.charAt(0).toLowerCase() + slashes.slice(1) : slashes;
}
