/**
 * Colours for a string as the expression language sees it: plain text, and the tokens of the expressions in it. For the eye only:
 * whether an expression is right is the language's business.
 */
export type TokenKind = 'text' | 'mark' | 'function' | 'string' | 'number' | 'punctuation' | 'name';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** All of the string, in order. */
export function highlight(value: string): Token[] {
  if (value.startsWith('@') && !value.startsWith('@@') && !value.startsWith('@{')) {
    return [{ kind: 'mark', text: '@' }, ...expressionTokens(value.slice(1))];
  }
  const tokens: Token[] = [];
  let plain = 0;
  for (let at = value.indexOf('@{'); at >= 0; at = value.indexOf('@{', plain)) {
    if (value[at - 1] === '@') {
      tokens.push({ kind: 'text', text: value.slice(plain, at + 2) });
      plain = at + 2;
      continue;
    }
    const end = endOfExpression(value, at + 2);
    if (at > plain) tokens.push({ kind: 'text', text: value.slice(plain, at) });
    tokens.push({ kind: 'mark', text: '@{' }, ...expressionTokens(value.slice(at + 2, end)));
    if (end < value.length) tokens.push({ kind: 'mark', text: '}' });
    plain = Math.min(end + 1, value.length);
  }
  if (plain < value.length) tokens.push({ kind: 'text', text: value.slice(plain) });
  return tokens;
}

/** The offset of the brace that ends an interpolation; braces in quoted strings do not count. */
function endOfExpression(value: string, start: number): number {
  let quoted = false;
  for (let at = start; at < value.length; at++) {
    if (value[at] === "'") quoted = !quoted;
    else if (value[at] === '}' && !quoted) return at;
  }
  return value.length;
}

const pattern = /'(?:[^']|'')*'?|[0-9]+(?:\.[0-9]+)?|[A-Za-z_][\w]*|\s+|[^\s\w']+|./g;

function expressionTokens(expression: string): Token[] {
  return Array.from(expression.matchAll(pattern), ({ 0: text, index }): Token => {
    if (text.startsWith("'")) return { kind: 'string', text };
    if (/^[0-9]/.test(text)) return { kind: 'number', text };
    if (/^[A-Za-z_]/.test(text)) {
      const called = /^\s*\(/.test(expression.slice(index + text.length));
      return { kind: called ? 'function' : 'name', text };
    }
    return { kind: 'punctuation', text };
  });
}
