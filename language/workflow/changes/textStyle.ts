/** How a document is laid out: its indentation and line endings, for texts that are put into it. */

/** Any JSON value; members keep their order. */
export type PlainJson =
  null | boolean | number | string | readonly PlainJson[] | { readonly [name: string]: PlainJson };

export interface TextStyle {
  /** One level of indentation. */
  readonly unit: string;
  readonly newline: string;
  /** True when lists of simple values stand on one line: `["Succeeded"]`. */
  readonly inlineLists: boolean;
}

/** Reads the style from the first indented line; two blanks and LF when there is none. */
export function textStyle(text: string): TextStyle {
  const unit = /^[^\S\r\n]+(?=[^\s])/m.exec(text)?.[0] ?? '  ';
  return {
    unit: unit.includes('\t') ? '\t' : unit,
    newline: text.includes('\r\n') ? '\r\n' : '\n',
    inlineLists: /\[ ?"/.test(text),
  };
}

/** The blanks the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, offset))?.[0] ?? '';
}

/** JSON over several lines; the first is not indented, the others by `indent` at least. */
export function layOutJson(value: PlainJson, style: TextStyle, indent: string): string {
  const { unit, newline, inlineLists } = style;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const inner = indent + unit;
  const wrap = (open: string, parts: readonly string[], close: string): string =>
    `${open}${newline}${parts.map((part) => inner + part).join(`,${newline}`)}${newline}${indent}${close}`;
  if (isList(value)) {
    if (value.length === 0) return '[]';
    if (inlineLists && value.every((item) => item === null || typeof item !== 'object')) return inlineJson(value);
    return wrap(
      '[',
      value.map((item) => layOutJson(item, style, inner)),
      ']',
    );
  }
  const members = Object.entries(value);
  if (members.length === 0) return '{}';
  return wrap(
    '{',
    members.map(([name, item]) => `${JSON.stringify(name)}: ${layOutJson(item, style, inner)}`),
    '}',
  );
}

/** JSON on one line, with blanks as people write them: `{ "A": ["Succeeded"] }`. */
export function inlineJson(value: PlainJson): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(inlineJson).join(', ')}]`;
  const members = Object.entries(value).map(([name, item]) => `${JSON.stringify(name)}: ${inlineJson(item)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function isList(value: PlainJson): value is readonly PlainJson[] {
  return Array.isArray(value);
}
