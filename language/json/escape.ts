/** Text into JSON strings and back, with the offsets of both. */
import type { StringNode } from './tree';
import type { TextRange } from '../text/range';

/** A JSON string literal, quotes included. */
export function jsonText(value: string): string {
  return JSON.stringify(value);
}

/** The inside of a JSON string literal. */
export function escaped(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

/** Translates between offsets in the value of a string and offsets in the document, through the escapes in between. */
export class StringOffsets {
  readonly #start: number;
  readonly #length: number;
  /** Per character of the value, its offset in the document; undefined when nothing is escaped, so that they run in step. */
  readonly #offsets: readonly number[] | undefined;

  constructor(text: string, node: StringNode) {
    this.#start = node.start + 1;
    this.#length = node.value.length;
    const end = Math.min(node.end, text.length);
    const escapes = text.slice(node.start, end).includes('\\');
    this.#offsets = escapes ? offsetsIn(text, this.#start, end, node.value.length) : undefined;
  }

  /** Where a character of the value stands in the document. */
  inDocument(offset: number): number {
    if (this.#offsets === undefined) return this.#start + Math.min(offset, this.#length);
    return this.#offsets[Math.min(offset, this.#length)] ?? this.#start;
  }

  rangeInDocument(range: TextRange): TextRange {
    return { start: this.inDocument(range.start), end: this.inDocument(range.end) };
  }

  /** The character of the value that stands at, or was escaped around, a place in the document. */
  inValue(offset: number): number {
    if (this.#offsets === undefined) return Math.max(0, Math.min(offset - this.#start, this.#length));
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#offsets[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

/** One entry per character and one for the end. */
function offsetsIn(text: string, start: number, end: number, length: number): number[] {
  const offsets: number[] = [];
  let offset = start;
  while (offsets.length < length && offset < end) {
    offsets.push(offset);
    if (text[offset] !== '\\') offset += 1;
    else offset += text[offset + 1] === 'u' ? 6 : 2;
  }
  while (offsets.length <= length) offsets.push(Math.min(offset, end));
  return offsets;
}

/** A name as it stands between the quotes of an expression that stands in a JSON string. */
export function escapedName(name: string): string {
  return escaped(name.replaceAll("'", "''"));
}
