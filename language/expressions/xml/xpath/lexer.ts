/** The tokens of an XPath 1.0 expression, told apart by what stands before them. Source: XPath 1.0, section 3.7. */
import { XPathError } from './ast';

export type Token =
  | { readonly kind: 'literal'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'operator'; readonly text: string }
  /** A name, `p:name`, `*` or `p:*`. */
  | { readonly kind: 'name'; readonly text: string }
  /** A name before a parenthesis. */
  | { readonly kind: 'function'; readonly text: string }
  | { readonly kind: 'axis'; readonly text: string }
  | { readonly kind: 'variable'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: string };

const start = String.raw`[A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C\u200D\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD]`;
const ncName = `${start}(?:${start}|[-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040])*`;
const pattern = new RegExp(
  String.raw`[ \t\r\n]*(?:("[^"]*"|'[^']*')|(\d+(?:\.\d*)?|\.\d+)|\$[ \t\r\n]*(${ncName}(?::${ncName})?)|(${ncName}(?::(?:${ncName}|\*))?|\*)|(\.\.|::|//|!=|<=|>=|[()\[\].@,/|+\-=<>]))`,
  'y',
);
const namedOperators = new Set(['and', 'or', 'div', 'mod']);
const operatorMarks = new Set(['/', '//', '|', '+', '-', '=', '!=', '<', '<=', '>', '>=']);

/** Throws `XPathError` for text that is no expression. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (text.slice(at).trim() !== '') {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null) throw new XPathError(`'${text.slice(at).trim().slice(0, 20)}' is not expected in '${text}'.`);
    at = pattern.lastIndex;
    tokens.push(tokenOf(match, tokens.at(-1), text.slice(at)));
  }
  return tokens;
}

function tokenOf(match: RegExpExecArray, before: Token | undefined, rest: string): Token {
  const [, literal, number, variable, name, mark = ''] = match;
  if (literal !== undefined) return { kind: 'literal', value: literal.slice(1, -1) };
  if (number !== undefined) return { kind: 'number', value: Number(number) };
  if (variable !== undefined) return { kind: 'variable', text: variable };
  if (name !== undefined) return nameToken(name, before, rest.trimStart());
  return { kind: operatorMarks.has(mark) ? 'operator' : 'mark', text: mark };
}

function nameToken(name: string, before: Token | undefined, rest: string): Token {
  // After an operand, `*` multiplies and `div` divides.
  if (isOperand(before) && (name === '*' || namedOperators.has(name))) return { kind: 'operator', text: name };
  if (rest.startsWith('(')) return { kind: 'function', text: name };
  if (rest.startsWith('::')) return { kind: 'axis', text: name };
  return { kind: 'name', text: name };
}

function isOperand(token: Token | undefined): boolean {
  if (token === undefined || token.kind === 'operator') return false;
  return token.kind !== 'mark' || !['(', '[', '@', ',', '::'].includes(token.text);
}
