/**
 * JSON text to values, read as the platform's Newtonsoft.Json reads it: comments, single quotes, names without quotes, trailing commas,
 * `NaN` and `Infinity` are accepted; the last of two equal names wins and stands last. Integers stay exact, doubles stay doubles.
 */
import { pathAt } from './textPath';
import { double, integer } from './value';
import type { Value } from './value';

/** Deeper texts are refused, so that nothing that walks the value runs out of stack. */
export const MAX_VALUE_DEPTH = 512;

export type ParseResult =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: string; readonly offset: number };

/** Reads a whole JSON text. */
export function parseValue(text: string): ParseResult {
  const reader = new Reader(text);
  try {
    return { ok: true, value: reader.document() };
  } catch (error) {
    if (error instanceof JsonTextError) return { ok: false, message: error.message, offset: error.offset };
    throw error;
  }
}

class JsonTextError extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

const NUMBER = /-?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/y;
const NAME = /[\p{L}\p{N}_$]+/uy;
const words: Readonly<Record<string, Value>> = {
  true: true,
  false: false,
  null: null,
  undefined: null,
  NaN: NaN,
  Infinity: Infinity,
};
/** The words by their first letter, and what messages call their values. */
const wordsByLetter: Readonly<Record<string, readonly [word: string, value: string]>> = {
  t: ['true', 'boolean'],
  f: ['false', 'boolean'],
  n: ['null', 'null'],
  u: ['undefined', 'undefined'],
  N: ['NaN', 'NaN'],
  I: ['Infinity', 'Infinity'],
};
const escapes: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
};

const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const BACKSLASH = 0x5c;

function hasBackslash(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (text.charCodeAt(i) === BACKSLASH) return true;
  return false;
}

class Reader {
  readonly #text: string;
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1;
  }

  document(): Value {
    this.#blanks();
    if (this.#at >= this.#text.length) this.#fail('The text is empty where a JSON value is expected.');
    const value = this.#value();
    this.#blanks();
    if (this.#at < this.#text.length) {
      this.#fail(`Additional text encountered after finished reading JSON content: ${this.#here()}.`);
    }
    return value;
  }

  #here(): string {
    return this.#text.charAt(this.#at);
  }

  /** Messages of Newtonsoft's JsonReaderException: `… Path 'lines[0].sku', line 1, position 31.`; before anything was read, line 0. `token`: where what cannot be read begins. */
  #fail(message: string, token = this.#at): never {
    const before = this.#text.slice(0, this.#at);
    const lines = before.split(/\r\n|\r|\n/);
    const position = lines.at(-1)?.length ?? 0;
    const line = position === 0 && before.trim() === '' ? 0 : lines.length;
    const path = pathAt(this.#text, token);
    throw new JsonTextError(`${message} Path '${path}', line ${line}, position ${position}.`, this.#at);
  }

  /** Passes over white space and comments. */
  #blanks(): void {
    const text = this.#text;
    for (;;) {
      const code = text.charCodeAt(this.#at);
      if (code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0) {
        this.#at++;
      } else if (code === 0x2f && text.charAt(this.#at + 1) === '*') {
        const end = text.indexOf('*/', this.#at + 2);
        if (end < 0) this.#fail('Unexpected end while parsing comment.');
        this.#at = end + 2;
      } else if (code === 0x2f && text.charAt(this.#at + 1) === '/') {
        const end = text.indexOf('\n', this.#at);
        this.#at = end < 0 ? text.length : end;
      } else {
        return;
      }
    }
  }

  #value(): Value {
    const code = this.#text.charCodeAt(this.#at);
    switch (code) {
      case 0x7b:
        return this.#object();
      case 0x5b:
        return this.#array();
      case QUOTE:
      case APOSTROPHE:
        return this.#string(code);
      default:
    }
    if ((code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e) return this.#number();
    return this.#word();
  }

  #object(): Value {
    this.#enter();
    const members = new Map<string, Value>();
    for (;;) {
      this.#blanks();
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x7d) break;
      const name = this.#name(code);
      this.#blanks();
      if (this.#here() !== ':') {
        this.#fail(`Invalid character after parsing property name. Expected ':' but got: ${this.#here()}.`);
      }
      this.#at++;
      this.#blanks();
      const value = this.#value();
      // The host's dictionary drops the earlier one, so that the later also stands later.
      if (members.has(name)) members.delete(name);
      members.set(name, value);
      if (!this.#separator('}')) break;
    }
    this.#leave();
    return members;
  }

  #name(code: number): string {
    if (code === QUOTE || code === APOSTROPHE) return this.#string(code);
    NAME.lastIndex = this.#at;
    const match = NAME.exec(this.#text);
    if (match === null) this.#unexpected('Invalid property identifier character');
    this.#at = NAME.lastIndex;
    return match[0];
  }

  #array(): Value {
    this.#enter();
    const items: Value[] = [];
    for (;;) {
      this.#blanks();
      if (this.#here() === ']') break;
      items.push(this.#value());
      if (!this.#separator(']')) break;
    }
    this.#leave();
    return items;
  }

  #enter(): void {
    if (++this.#depth > MAX_VALUE_DEPTH) {
      this.#fail(`The reader's MaxDepth of ${MAX_VALUE_DEPTH} has been exceeded.`);
    }
    this.#at++;
  }

  #leave(): void {
    this.#depth--;
    this.#at++;
  }

  /** True after a comma, false before the closing bracket. */
  #separator(close: string): boolean {
    this.#blanks();
    if (this.#here() === ',') {
      this.#at++;
      return true;
    }
    if (this.#here() === close) return false;
    return this.#unexpected('After parsing a value an unexpected character was encountered');
  }

  /** The character here should not be here, or the text ends too early. */
  #unexpected(what = 'Unexpected character encountered while parsing value'): never {
    if (this.#at < this.#text.length) return this.#fail(`${what}: ${this.#here()}.`);
    const loaded = this.#text.trimStart().startsWith('[') ? 'JArray' : 'JObject';
    return this.#fail(`Unexpected end of content while loading ${loaded}.`);
  }

  #string(quote: number): string {
    const text = this.#text;
    const start = ++this.#at;
    const end = text.indexOf(quote === QUOTE ? '"' : "'", start);
    if (end >= 0 && !hasBackslash(text, start, end)) {
      this.#at = end + 1;
      return text.slice(start, end);
    }
    let from = start;
    let result = '';
    for (let i = start; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === quote) {
        this.#at = i + 1;
        return result + text.slice(from, i);
      }
      if (code === BACKSLASH) {
        result += text.slice(from, i) + this.#escape(i);
        i = this.#at - 1;
        from = this.#at;
      }
    }
    this.#at = text.length;
    return this.#fail(`Unterminated string. Expected delimiter: ${String.fromCharCode(quote)}.`);
  }

  /** The character an escape at `at` stands for; moves behind it. */
  #escape(at: number): string {
    const letter = this.#text.charAt(at + 1);
    if (letter === 'u') {
      const digits = this.#text.slice(at + 2, at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.#fail(`Invalid Unicode escape sequence: \\u${digits}.`);
      this.#at = at + 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const character = escapes[letter];
    if (character === undefined) {
      this.#at = at;
      return this.#fail(`Bad JSON escape sequence: \\${letter}.`);
    }
    this.#at = at + 2;
    return character;
  }

  #number(): Value {
    return this.#shortInteger() ?? this.#anyNumber();
  }

  /** The common case without a regular expression: up to 15 digits, no leading zero, followed by punctuation or a blank. */
  #shortInteger(): number | undefined {
    const text = this.#text;
    const start = this.#at;
    const negative = text.charCodeAt(start) === 0x2d;
    let at = negative ? start + 1 : start;
    const first = at;
    let value = 0;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code < 0x30 || code > 0x39) break;
      value = value * 10 + (code - 0x30);
    }
    const digits = at - first;
    const zero = text.charCodeAt(first) === 0x30;
    if (digits === 0 || digits > 15 || (zero && digits > 1)) return undefined;
    const next = text.charCodeAt(at);
    const ends = next === 0x2c || next === 0x5d || next === 0x7d || next <= 0x20 || at === text.length;
    if (!ends) return undefined;
    this.#at = at;
    return negative && value !== 0 ? -value : value;
  }

  #anyNumber(): Value {
    NUMBER.lastIndex = this.#at;
    const match = NUMBER.exec(this.#text);
    if (match === null) {
      if (this.#text.startsWith('-Infinity', this.#at)) {
        this.#at += '-Infinity'.length;
        return -Infinity;
      }
      return this.#unexpected();
    }
    const text = match[0];
    const start = this.#at;
    this.#at = NUMBER.lastIndex;
    NAME.lastIndex = this.#at;
    if (NAME.test(this.#text)) this.#fail(`Input string '${text}${this.#here()}' is not a valid number.`, start);
    // A leading zero makes a number octal, as in the JavaScript of old.
    if (/^0\d+$/.test(text)) {
      if (/[89]/.test(text)) this.#fail(`Input string '${text}' is not a valid number.`, start);
      return integer(BigInt(`0o${text}`));
    }
    return numberOf(text);
  }

  #word(): Value {
    NAME.lastIndex = this.#at;
    const match = NAME.exec(this.#text);
    const value = match === null || !Object.hasOwn(words, match[0]) ? undefined : words[match[0]];
    if (match === null || value === undefined) return this.#notAWord();
    this.#at = NAME.lastIndex;
    return value;
  }

  /** Something like a word: the reader has gone as far as it was one. */
  #notAWord(): never {
    const [word, kind] = wordsByLetter[this.#here()] ?? [];
    if (word === undefined) return this.#unexpected();
    const start = this.#at;
    while (this.#at < start + word.length && this.#here() === word.charAt(this.#at - start)) this.#at++;
    if (this.#at >= this.#text.length) return this.#fail('Unexpected end when reading JSON.', start);
    return this.#fail(`Error parsing ${kind} value.`, start);
  }
}

/** The value of a JSON number: an integer stays exact at any size, everything with a point or exponent is a double. */
export function numberOf(text: string): Value {
  if (/^[-+]?0[xX]/.test(text)) {
    const negative = text.startsWith('-');
    const magnitude = BigInt(text.replace(/^[-+]/, ''));
    return integer(negative ? -magnitude : magnitude);
  }
  if (/[.eE]/.test(text)) return double(Number(text));
  if (text.length < 16) {
    const value = Number(text);
    return value === 0 ? 0 : value;
  }
  return integer(BigInt(text.startsWith('+') ? text.slice(1) : text));
}
