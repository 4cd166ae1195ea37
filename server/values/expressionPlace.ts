/** Where in an expression the cursor is, on text that may be half-typed. All offsets are in the value of the string. */
import type { Access, Call, Expression, Literal, ParsedTemplate } from '../../language/expressions/ast';
import { touches } from '../../language/text/range';
import type { TextRange } from '../../language/text/range';

export type ExpressionPlace =
  /** In the name of a function, or where one may begin: replace `range`. */
  | {
      readonly kind: 'function';
      readonly range: TextRange;
      readonly called: boolean;
      readonly around: Argument | undefined;
    }
  /** In a text in quotes that is an argument. `closed` is false when its closing quote is missing or belongs to something else. */
  | { readonly kind: 'text'; readonly range: TextRange; readonly closed: boolean; readonly around: Argument }
  /** In the name of a property: `?['…` or `.…`. */
  | { readonly kind: 'property'; readonly range: TextRange; readonly closed: boolean; readonly access: Access }
  /** After an `@` that begins nothing yet. */
  | { readonly kind: 'start'; readonly at: number; readonly whole: boolean };

/** A call and which of its arguments. */
export interface Argument {
  readonly call: Call;
  readonly index: number;
}

/** Undefined in plain text, numbers and other places where nothing can be offered. */
export function placeAt(parsed: ParsedTemplate, offset: number): ExpressionPlace | undefined {
  const { template, text } = parsed;
  switch (template.kind) {
    case 'text':
      return startAt(text, offset);
    case 'expression':
      return offset < 1 ? undefined : inExpression(template.expression, text, offset);
    case 'interpolation': {
      for (const part of template.parts) {
        if (part.kind !== 'expression') continue;
        const isClosed = text[part.end - 1] === '}';
        if (offset >= part.start + 2 && offset <= (isClosed ? part.end - 1 : part.end)) {
          return inExpression(part.expression, text, offset);
        }
      }
      return startAt(text, offset);
    }
  }
}

function startAt(text: string, offset: number): ExpressionPlace | undefined {
  if (text[offset - 1] !== '@' || text[offset - 2] === '@') return undefined;
  return { kind: 'start', at: offset, whole: text.length === 1 };
}

function inExpression(root: Expression, text: string, offset: number): ExpressionPlace | undefined {
  let node = root;
  let around: Argument | undefined;
  for (;;) {
    switch (node.kind) {
      case 'hole':
        return functionPlace(text, offset, around);
      case 'literal':
        return literalPlace(node, text, offset, around);
      case 'call': {
        const call = node;
        const nameEnd = call.start + call.name.length;
        if (offset <= nameEnd)
          return { kind: 'function', range: { start: call.start, end: nameEnd }, called: call.open < call.end, around };
        if (offset <= call.open || (call.closed && offset >= call.end)) return undefined;
        const index = argumentIndex(call, text, offset);
        around = { call, index };
        const argument = call.args[index];
        if (argument === undefined || !touches(argument, offset)) return functionPlace(text, offset, around);
        node = argument;
        continue;
      }
      case 'access': {
        if (offset < node.operator || (offset === node.operator && touches(node.target, offset))) {
          node = node.target;
          continue;
        }
        const { key } = node;
        if (node.dotted) {
          if (key.kind === 'literal' || offset >= key.start) {
            const range = key.kind === 'literal' ? key : { start: offset, end: offset };
            return touches(range, offset) ? { kind: 'property', range, closed: true, access: node } : undefined;
          }
          return undefined;
        }
        if (key.kind === 'literal' && typeof key.value === 'string' && touches(key, offset)) {
          if (offset <= key.start) return undefined;
          const { range, closed } = textRange(key, text, offset);
          return { kind: 'property', range, closed, access: node };
        }
        if (touches(key, offset) && key.kind !== 'literal') {
          if (key.kind === 'hole')
            return { kind: 'property', range: { start: offset, end: offset }, closed: false, access: node };
          around = undefined;
          node = key;
          continue;
        }
        return undefined;
      }
    }
  }
}

/** The name being typed at the cursor, which may be empty. */
function functionPlace(text: string, offset: number, around: Argument | undefined): ExpressionPlace {
  let start = offset;
  while (start > 0 && /\w/.test(text[start - 1] ?? '')) start--;
  return { kind: 'function', range: { start, end: offset }, called: false, around };
}

function literalPlace(
  literal: Literal,
  text: string,
  offset: number,
  around: Argument | undefined,
): ExpressionPlace | undefined {
  // `true`, `null` and numbers may be the beginning of a function's name.
  if (typeof literal.value !== 'string') {
    return /^[a-z]/i.test(text[literal.start] ?? '') ? functionPlace(text, offset, around) : undefined;
  }
  if (around === undefined || offset <= literal.start) return undefined;
  if (offset >= literal.end && literal.end - literal.start >= 2 && text[literal.end - 1] === "'") return undefined;
  return { kind: 'text', ...textRange(literal, text, offset), around };
}

/**
 * What to replace in a text in quotes. Before its closing quote is typed, a text runs into whatever follows, up to the next quote or
 * the end: then only what stands before the cursor belongs to it.
 */
function textRange(
  literal: Literal,
  text: string,
  offset: number,
): { readonly range: TextRange; readonly closed: boolean } {
  const start = literal.start + 1;
  const hasQuote = literal.end - literal.start >= 2 && text[literal.end - 1] === "'";
  const end = hasQuote ? literal.end - 1 : literal.end;
  const rest = text.slice(offset, end);
  const runsOn = !hasQuote || /[()[\],?@{}]/.test(rest);
  return runsOn ? { range: { start, end: offset }, closed: false } : { range: { start, end }, closed: true };
}

/** Which argument the cursor is in: the number of arguments that end before it. */
export function argumentIndex(call: Call, text: string, offset: number): number {
  let index = 0;
  for (const argument of call.args) {
    if (offset <= argument.end && (offset >= argument.start || index === 0)) return index;
    const comma = text.indexOf(',', argument.end);
    if (comma < 0 || comma >= offset) return index;
    index++;
  }
  return index;
}

/** The innermost call whose parentheses hold the cursor. */
export function callAt(parsed: ParsedTemplate, offset: number): Argument | undefined {
  const { template, text } = parsed;
  const roots =
    template.kind === 'expression'
      ? [template.expression]
      : template.kind === 'interpolation'
        ? template.parts.flatMap((part) => (part.kind === 'expression' ? [part.expression] : []))
        : [];
  let found: Argument | undefined;
  const search = (node: Expression): void => {
    if (!touches(node, offset)) return;
    if (node.kind === 'access') {
      search(node.target);
      search(node.key);
    } else if (node.kind === 'call') {
      const inside = offset > node.open && (!node.closed || offset < node.end);
      if (inside && node.open < node.end) found = { call: node, index: argumentIndex(node, text, offset) };
      for (const argument of node.args) search(argument);
    }
  };
  for (const root of roots) search(root);
  return found;
}
