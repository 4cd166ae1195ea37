/**
 * A tolerant JSON tree: every node knows its place in the text, half-typed text yields a tree with holes,
 * and comments, trailing commas and a byte-order mark are accepted. Built on jsonc-parser's scanner, because its own
 * parser recurses without a bound.
 */
import { createScanner } from 'jsonc-parser';
import type { JSONScanner } from 'jsonc-parser';
import type { TextRange } from '../text/range';
import { scanMessages, Token } from './tokens';

export interface ObjectNode extends TextRange {
  readonly kind: 'object';
  readonly properties: readonly PropertyNode[];
}

export interface PropertyNode extends TextRange {
  readonly key: StringNode;
  /** Missing in half-typed text. */
  readonly value: JsonNode | undefined;
}

export interface ArrayNode extends TextRange {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
}

export interface StringNode extends TextRange {
  readonly kind: 'string';
  /** Decoded. The range includes the quotes. */
  readonly value: string;
}

export interface NumberNode extends TextRange {
  readonly kind: 'number';
  /** As written, so that 64-bit integers stay exact. */
  readonly text: string;
}

export interface LiteralNode extends TextRange {
  readonly kind: 'literal';
  readonly value: null | boolean;
}

export type JsonNode = ObjectNode | ArrayNode | StringNode | NumberNode | LiteralNode;

export interface JsonProblem extends TextRange {
  readonly message: string;
}

export interface JsonTree {
  readonly text: string;
  /** Missing for an empty document. */
  readonly root: JsonNode | undefined;
  readonly problems: readonly JsonProblem[];
}

/** Deeper documents are cut off with a problem: recursion over a tree must not exhaust the stack. */
export const MAX_DEPTH = 512;

/** Enough to see what is wrong; a binary file must not become a million messages. */
const MAX_PROBLEMS = 100;
const BYTE_ORDER_MARK = 0xfeff;

/** Reads a JSON text. Never throws; what cannot be read becomes a problem with its place. */
export function parseTree(text: string): JsonTree {
  const parser = new Parser(text);
  const root = parser.document();
  return { text, root, problems: parser.problems };
}

/**
 * Reads the value that begins at an offset, as the part of a text that it is; undefined when something is wrong in it. `depth`: levels
 * around it.
 */
export function parseFragment(text: string, start: number, depth: number): JsonNode | undefined {
  const parser = new Parser(text, start, depth);
  const value = parser.value();
  return parser.problems.length === 0 ? value : undefined;
}

/** Recursive descent over jsonc-parser's scanner, bounded by MAX_DEPTH. */
class Parser {
  readonly problems: JsonProblem[] = [];
  readonly #scanner: JSONScanner;
  readonly #text: string;
  #token: number = Token.End;
  /** End of the last token that was taken. */
  #end = 0;
  #depth = 0;

  constructor(text: string, start = text.charCodeAt(0) === BYTE_ORDER_MARK ? 1 : 0, depth = 0) {
    this.#text = text;
    this.#depth = depth;
    this.#scanner = createScanner(text, false);
    this.#scanner.setPosition(start);
    this.#next();
  }

  value(): JsonNode | undefined {
    return this.#value();
  }

  document(): JsonNode | undefined {
    if (this.#token === Token.End) return undefined;
    const root = this.#value();
    if (this.#token !== Token.End) this.#problem('The document has ended here; nothing may follow.');
    return root;
  }

  get #start(): number {
    return this.#scanner.getTokenOffset();
  }

  /** Moves to the next token that is no blank and no comment. */
  #next(): void {
    this.#end = this.#scanner.getPosition();
    for (;;) {
      this.#token = this.#scanner.scan();
      const message = scanMessages[this.#scanner.getTokenError()];
      if (message !== undefined) this.#problem(message);
      switch (this.#token) {
        case Token.Blank:
        case Token.LineBreak:
        case Token.LineComment:
        case Token.BlockComment:
          continue;
        default:
          return;
      }
    }
  }

  #problem(message: string, start = this.#start, end = this.#scanner.getPosition()): void {
    const last = this.problems.at(-1);
    // One place, one message: a follow-up at the same offset says nothing new.
    if (last?.start === start || this.problems.length >= MAX_PROBLEMS) return;
    this.problems.push({ message, start, end: Math.max(end, Math.min(start + 1, this.#text.length)) });
  }

  /** Reads a value; an unreadable one is reported and left where it is, unless nothing could follow it. */
  #value(): JsonNode | undefined {
    const start = this.#start;
    switch (this.#token) {
      case Token.OpenBrace:
        return this.#deeper(() => this.#object());
      case Token.OpenBracket:
        return this.#deeper(() => this.#array());
      case Token.String:
        return this.#string();
      case Token.Number: {
        const text = this.#scanner.getTokenValue();
        this.#next();
        return { kind: 'number', text, start, end: this.#end };
      }
      case Token.True:
      case Token.False:
      case Token.Null: {
        const value = this.#token === Token.Null ? null : this.#token === Token.True;
        this.#next();
        return { kind: 'literal', value, start, end: this.#end };
      }
      case Token.Unknown:
        this.#problem('This is no JSON value; text needs double quotes.');
        this.#next();
        return undefined;
      default:
        this.#problem('A value is expected here.');
        return undefined;
    }
  }

  #string(): StringNode {
    const start = this.#start;
    const value = this.#scanner.getTokenValue();
    this.#next();
    return { kind: 'string', value, start, end: this.#end };
  }

  #deeper(read: () => JsonNode): JsonNode | undefined {
    if (this.#depth < MAX_DEPTH) {
      this.#depth++;
      const node = read();
      this.#depth--;
      return node;
    }
    this.#problem(`This is nested deeper than ${MAX_DEPTH} levels.`);
    this.#skipGroup();
    return undefined;
  }

  /** Passes over a whole object or array without recursion. */
  #skipGroup(): void {
    let open = 0;
    do {
      if (this.#token === Token.OpenBrace || this.#token === Token.OpenBracket) open++;
      if (this.#token === Token.CloseBrace || this.#token === Token.CloseBracket) open--;
      this.#next();
    } while (open > 0 && this.#token !== Token.End);
  }

  #object(): ObjectNode {
    const start = this.#start;
    const properties: PropertyNode[] = [];
    this.#next();
    while (this.#token !== Token.CloseBrace && this.#token !== Token.End) {
      if (this.#token === Token.String) {
        properties.push(this.#property());
        this.#separator(Token.CloseBrace, Token.String);
      } else if (this.#token === Token.CloseBracket) {
        // The bracket closes something around this object: the brace is missing.
        break;
      } else {
        this.#problem('A property name in double quotes is expected here.');
        if (this.#token === Token.OpenBrace || this.#token === Token.OpenBracket) this.#skipGroup();
        else this.#next();
      }
    }
    this.#close(Token.CloseBrace, 'A closing brace } is missing.');
    return { kind: 'object', properties, start, end: this.#end };
  }

  #property(): PropertyNode {
    const key = this.#string();
    if (this.#token !== Token.Colon) {
      this.#problem(`A colon is expected after "${key.value}".`, key.start, key.end);
      return { key, value: undefined, start: key.start, end: key.end };
    }
    this.#next();
    const value = this.#value();
    return { key, value, start: key.start, end: this.#end };
  }

  #array(): ArrayNode {
    const start = this.#start;
    const items: JsonNode[] = [];
    this.#next();
    while (this.#token !== Token.CloseBracket && this.#token !== Token.End) {
      if (this.#token === Token.CloseBrace) break;
      const before = this.#start;
      const item = this.#value();
      if (item !== undefined) items.push(item);
      else if (this.#start === before && this.#token !== Token.Comma) this.#next();
      this.#separator(Token.CloseBracket, undefined);
    }
    this.#close(Token.CloseBracket, 'A closing bracket ] is missing.');
    return { kind: 'array', items, start, end: this.#end };
  }

  /** Takes a comma; one that is missing between members is reported and read over. */
  #separator(close: Token, follower: Token | undefined): void {
    if (this.#token === Token.Comma) {
      this.#next();
    } else if (this.#token !== close && this.#token !== Token.End) {
      if (follower === undefined || this.#token === follower) this.#problem('A comma is missing before this.');
    }
  }

  #close(token: Token, message: string): void {
    if (this.#token === token) this.#next();
    else this.#problem(message, Math.max(0, this.#end - 1), this.#end);
  }
}

/** The value of a member, the last one of several alike as the platform reads it; names are matched exactly. */
export function member(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return property(node, name)?.value;
}

/** The property itself, for its key's place. */
export function property(node: JsonNode | undefined, name: string): PropertyNode | undefined {
  if (node?.kind !== 'object') return undefined;
  const { properties } = node;
  // Asked thousands of times per keystroke: no callback.
  for (let index = properties.length - 1; index >= 0; index--) {
    const candidate = properties[index];
    if (candidate?.key.value === name) return candidate;
  }
  return undefined;
}

/** The text of a string node, else undefined. */
export function stringOf(node: JsonNode | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : undefined;
}
