/** The project folder of this machine, for reading. Paths that lead out of it are as good as missing. */
import { readdir, readFile, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { ProjectFiles } from '../../ports';

export class FolderFiles implements ProjectFiles {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    try {
      const file = await this.#inside(path);
      return file === undefined ? undefined : await readFile(file);
    } catch {
      return undefined;
    }
  }

  async list(folder: string): Promise<readonly string[]> {
    try {
      const path = await this.#inside(folder);
      return path === undefined ? [] : await readdir(path);
    } catch {
      return [];
    }
  }

  /** Links are followed first: `Artifacts/Maps/../../..` and a link to elsewhere are both outside. */
  async #inside(path: string): Promise<string | undefined> {
    const [root, file] = [await realpath(this.#root), await realpath(join(this.#root, path))];
    const way = relative(root, file);
    return way === '..' || way.startsWith(`..${sep}`) || way.startsWith(sep) || /^[A-Za-z]:/.test(way)
      ? undefined
      : file;
  }
}
