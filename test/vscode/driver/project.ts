/** A temporary copy of a project folder, for a window to open and a test to change. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

export const repository = join(import.meta.dirname, '..', '..', '..');

export interface Position {
  /** One-based, as VS Code shows them. */
  readonly line: number;
  readonly column: number;
}

export class Project {
  readonly folder: string;
  readonly #temporary = realpathSync(mkdtempSync(join(tmpdir(), 'logicapps-project-')));

  /** @param source path from the repository's root, such as examples/order-processing */
  constructor(source: string) {
    this.folder = join(this.#temporary, basename(source));
    cpSync(join(repository, source), this.folder, { recursive: true });
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.folder, file)), { recursive: true });
    writeFileSync(join(this.folder, file), text);
  }

  /** Replaces the only occurrence of a text. */
  replace(file: string, text: string, replacement: string): void {
    const old = this.read(file);
    if (old.split(text).length !== 2) throw new Error(`${file} does not have exactly one "${text}".`);
    this.write(
      file,
      old.replace(text, () => replacement),
    );
  }

  /** Where `|` of a text such as `outputs('|Line_amount')` is; the first occurrence counts. */
  position(file: string, marked: string): Position {
    const bar = marked.indexOf('|');
    const plain = bar < 0 ? marked : marked.slice(0, bar) + marked.slice(bar + 1);
    const found = this.read(file).indexOf(plain);
    if (found < 0) throw new Error(`${file} has no "${plain}".`);
    const before = this.read(file)
      .slice(0, found + Math.max(bar, 0))
      .split('\n');
    return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
  }

  remove(): void {
    rmSync(this.#temporary, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
