/** Values as JSON text, as Newtonsoft.Json writes it. */
import { jsonNumberText } from './numberText';
import { Decimal, Double, isObject, isArray } from './value';
import type { Value } from './value';
import { XmlValue } from './xmlValue';
import { contentOf } from './content';

// Newtonsoft also escapes the three line separators that JavaScript once refused in strings.

const NEEDS_ESCAPE = /["\\\u0000-\u001f\u0085\u2028\u2029]/;

const ESCAPES = /["\\\u0000-\u001f\u0085\u2028\u2029]/g;

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** A string with its quotes. */
export function quote(text: string): string {
  if (!NEEDS_ESCAPE.test(text)) return `"${text}"`;
  const escaped = text.replace(
    ESCAPES,
    (character) => shortEscapes[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}

/** Compact JSON. XML values become objects with `$content-type` and `$content`. */
export function stringify(value: Value): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
    case 'bigint':
      return jsonNumberText(value);
    default:
  }
  if (value instanceof Double || value instanceof Decimal) return jsonNumberText(value);
  if (value instanceof XmlValue) return stringify(contentOf(value));
  if (isObject(value)) {
    let text = '';
    for (const [key, member] of value) text += `${text === '' ? '{' : ','}${quote(key)}:${stringify(member)}`;
    return text === '' ? '{}' : `${text}}`;
  }
  return `[${itemsText(value)}]`;
}

/** Items whose texts are put together at once. */
const CHUNK = 64;

/** A long list is put together in pieces, so that the engine does not keep a tree of its tens of thousands of small strings. */
function itemsText(items: readonly Value[]): string {
  if (items.length <= CHUNK) return items.map(stringify).join(',');
  const chunks: string[] = [];
  for (let start = 0; start < items.length; start += CHUNK) {
    chunks.push(
      items
        .slice(start, start + CHUNK)
        .map(stringify)
        .join(','),
    );
  }
  return chunks.join(',');
}

/** JSON with two blanks of indentation. */
export function stringifyIndented(value: Value, indentation = ''): string {
  const inner = `${indentation}  `;
  if (value instanceof XmlValue) return stringifyIndented(contentOf(value), indentation);
  if (isArray(value) && value.length > 0) {
    const items = value.map((item: Value) => inner + stringifyIndented(item, inner));
    return `[\n${items.join(',\n')}\n${indentation}]`;
  }
  if (isObject(value) && value.size > 0) {
    const members: string[] = [];
    for (const [key, member] of value) {
      members.push(`${inner}${quote(key)}: ${stringifyIndented(member, inner)}`);
    }
    return `{\n${members.join(',\n')}\n${indentation}}`;
  }
  return stringify(value);
}
