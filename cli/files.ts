/** Files of this machine for the project model. */
import { readdir, readFile } from 'node:fs/promises';
import type { FileReader } from '../language/project/load';

export const nodeFiles: FileReader = {
  async list(folder) {
    try {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries
        .map((each) => ({ name: each.name, isFolder: each.isDirectory() }))
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
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
