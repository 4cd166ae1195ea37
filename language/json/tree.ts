/**
 * A tolerant JSON tree: every node knows its place in the text, half-typed text yields a tree with holes,
 * and comments, trailing commas and a byte-order mark are accepted. Built on jsonc-parser's scanner events.
 */
import { visit, printParseErrorCode } from 'jsonc-parser';
import type { TextRange } from '../text/range';

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

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
interface OpenProperty {
  readonly property: Mutable<PropertyNode>;
}
type Open =
  | { readonly node: Mutable<ObjectNode>; readonly properties: PropertyNode[]; pending: OpenProperty | undefined }
  | { readonly node: Mutable<ArrayNode>; readonly items: JsonNode[] };

/** Reads a JSON text. Never throws; what cannot be read becomes a problem with its place. */
export function parseTree(text: string): JsonTree {
  const problems: JsonProblem[] = [];
  const stack: Open[] = [];
  let root: JsonNode | undefined;
  let tooDeep = 0;

  const attach = (node: JsonNode): void => {
    const parent = stack.at(-1);
    if (parent === undefined) {
      root ??= node;
    } else if ('items' in parent) {
      parent.items.push(node);
    } else if (parent.pending !== undefined) {
      parent.pending.property.value = node;
      parent.pending.property.end = node.end;
    }
  };
  const close = (offset: number, length: number): void => {
    if (tooDeep > 0) {
      tooDeep--;
      return;
    }
    const open = stack.pop();
    if (open === undefined) return;
    open.node.end = offset + length;
    const parent = stack.at(-1);
    if (parent !== undefined && 'properties' in parent && parent.pending !== undefined) {
      parent.pending.property.end = open.node.end;
    }
  };
  const begin = (offset: number, length: number, make: () => Open): void => {
    if (tooDeep > 0 || stack.length >= MAX_DEPTH) {
      if (tooDeep === 0) {
        problems.push({ start: offset, end: offset + length, message: `Nested deeper than ${MAX_DEPTH} levels` });
      }
      tooDeep++;
      return;
    }
    const open = make();
    attach(open.node);
    stack.push(open);
  };

  const body = text.charCodeAt(0) === 0xfeff ? ` ${text.slice(1)}` : text;
  visit(
    body,
    {
      onObjectBegin: (offset, length) =>
        begin(offset, length, () => {
          const properties: PropertyNode[] = [];
          return {
            node: { kind: 'object', properties, start: offset, end: body.length },
            properties,
            pending: undefined,
          };
        }),
      onObjectProperty: (name, offset, length) => {
        const parent = stack.at(-1);
        if (tooDeep > 0 || parent === undefined || 'items' in parent) return;
        const key: StringNode = { kind: 'string', value: name, start: offset, end: offset + length };
        const property: Mutable<PropertyNode> = { key, value: undefined, start: offset, end: offset + length };
        parent.properties.push(property);
        parent.pending = { property };
      },
      onObjectEnd: close,
      onArrayBegin: (offset, length) =>
        begin(offset, length, () => {
          const items: JsonNode[] = [];
          return { node: { kind: 'array', items, start: offset, end: body.length }, items };
        }),
      onArrayEnd: close,
      onLiteralValue: (value: unknown, offset, length) => {
        if (tooDeep > 0) return;
        const range = { start: offset, end: offset + length };
        if (typeof value === 'string') attach({ kind: 'string', value, ...range });
        else if (typeof value === 'number') attach({ kind: 'number', text: body.slice(offset, offset + length), ...range });
        else if (typeof value === 'boolean' || value === null) attach({ kind: 'literal', value, ...range });
      },
      onError: (error, offset, length) => {
        problems.push({ start: offset, end: offset + length, message: describe(printParseErrorCode(error)) });
      },
    },
    { allowTrailingComma: true, disallowComments: false },
  );
  return { text, root, problems };
}

const descriptions: Readonly<Record<string, string>> = {
  InvalidSymbol: 'This is no JSON value',
  InvalidNumberFormat: 'This is no valid JSON number',
  PropertyNameExpected: 'A property name in double quotes is expected here',
  ValueExpected: 'A value is expected here',
  ColonExpected: 'A colon is expected here',
  CommaExpected: 'A comma is expected here',
  CloseBraceExpected: 'A closing brace } is missing',
  CloseBracketExpected: 'A closing bracket ] is missing',
  EndOfFileExpected: 'The document has ended; nothing may follow',
  InvalidCommentToken: 'Comments are not allowed here',
  UnexpectedEndOfComment: 'A comment is not closed',
  UnexpectedEndOfString: 'A string is not closed',
  UnexpectedEndOfNumber: 'A number is cut off',
  InvalidUnicode: 'This unicode escape is not valid',
  InvalidEscapeCharacter: 'This escape is not valid in a JSON string',
  InvalidCharacter: 'A control character must be escaped in a JSON string',
};

function describe(code: string): string {
  return descriptions[code] ?? code;
}

/** The value of a member, the last one of several alike as the platform reads it; names are matched exactly. */
export function member(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return property(node, name)?.value;
}

/** The property itself, for its key's place. */
export function property(node: JsonNode | undefined, name: string): PropertyNode | undefined {
  return node?.kind === 'object' ? node.properties.findLast((candidate) => candidate.key.value === name) : undefined;
}

/** The text of a string node, else undefined. */
export function stringOf(node: JsonNode | undefined): string | undefined {
  return node?.kind === 'string' ? node.value : undefined;
}
