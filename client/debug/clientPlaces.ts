/** Places in the client's own counting: editors count lines and columns from one, others from zero. */
import { basename, dirname } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { ShownBreakpoint } from './breakpoints';
import type { ShownFrame } from './frames';

export class ClientPlaces {
  #firstLine = 1;
  #firstColumn = 1;

  /** Takes over what the client says of itself. */
  initialize({ linesStartAt1, columnsStartAt1 }: DebugProtocol.InitializeRequestArguments): void {
    this.#firstLine = linesStartAt1 === false ? 0 : 1;
    this.#firstColumn = columnsStartAt1 === false ? 0 : 1;
  }

  toLine(line: number): number {
    return line + this.#firstLine;
  }

  fromLine(line: number): number {
    return line - this.#firstLine;
  }

  fromColumn(column: number): number {
    return column - this.#firstColumn;
  }

  breakpoint({ id, file, line, verified, message }: ShownBreakpoint): DebugProtocol.Breakpoint {
    return {
      id,
      verified,
      ...(message === undefined ? {} : { message }),
      ...(line === undefined ? {} : { line: this.toLine(line) }),
      ...(file === undefined ? {} : { source: sourceOf(file) }),
    };
  }

  stackFrame(id: number, { name, place }: ShownFrame): DebugProtocol.StackFrame {
    if (place === undefined) return { id, name, line: 0, column: 0 };
    return {
      id,
      name,
      source: sourceOf(place.file),
      line: this.toLine(place.line),
      column: place.column + this.#firstColumn,
      endLine: this.toLine(place.endLine),
      endColumn: place.endColumn + this.#firstColumn,
    };
  }
}

/** Every workflow file has the same name: its folder tells them apart. */
export function sourceOf(file: string): DebugProtocol.Source {
  return { name: `${basename(dirname(file))}/${basename(file)}`, path: file };
}
