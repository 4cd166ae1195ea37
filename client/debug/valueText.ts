/** Values as a debugger writes them: short in a row, whole when asked. */
import { asContent, contentBytes, decodeText, isJsonType, isXmlType, mediaType } from '../../language/json/content';
import { jsonNumberText } from '../../language/json/numberText';
import { quote, stringifyIndented } from '../../language/json/stringify';
import { Decimal, Double, isArray, isInteger, isObject } from '../../language/json/value';
import type { Value } from '../../language/json/value';
import { XmlValue } from '../../language/json/xmlValue';

/** What stands for a value that must not be seen. */
export const HIDDEN = '••••••';

const MAX_ROW = 200;
const MAX_PREVIEW = 80;
const MAX_MEMBERS = 5;
/** Bytes of binary content in a row. */
const MAX_BYTES = 16;

/** One line. */
export function rowText(value: Value): string {
  if (typeof value === 'string') return quote(shortened(value, MAX_ROW));
  const content = contentText(value);
  if (content !== undefined) return shortened(content.replaceAll(/\s+/g, ' '), MAX_ROW);
  const binary = binaryText(value, MAX_BYTES);
  if (binary !== undefined) return binary;
  if (isArray(value)) return `(${value.length}) ${preview(value, MAX_PREVIEW)}`;
  return preview(value, MAX_PREVIEW);
}

/** Everything, laid out for reading and copying. Strings stand for themselves. */
export function fullText(value: Value): string {
  return typeof value === 'string' ? value : (contentText(value) ?? stringifyIndented(value));
}

/** The platform's name of a value's type. */
export function typeName(value: Value): string {
  if (value === null) return 'null';
  if (isInteger(value)) return 'integer';
  if (typeof value === 'number' || value instanceof Double) return 'float';
  if (value instanceof Decimal) return 'decimal';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'string') return 'string';
  if (isArray(value)) return 'array';
  if (value instanceof XmlValue) return 'xml';
  const content = asContent(value);
  return content === undefined ? 'object' : mediaType(content.type);
}

/** The decoded text of a content object that holds text; undefined for anything else. */
export function contentText(value: Value): string | undefined {
  if (value instanceof XmlValue) return value.text;
  const content = asContent(value);
  if (content === undefined) return undefined;
  const isText = isXmlType(content.type) || isJsonType(content.type) || mediaType(content.type).startsWith('text/');
  const bytes = contentBytes(value);
  return isText && bytes !== undefined ? decodeText(bytes, content.type) : undefined;
}

/** The bytes of a content object that holds no text. */
export function binaryOf(value: Value): Uint8Array | undefined {
  return contentText(value) === undefined ? contentBytes(value) : undefined;
}

/** `image/png, 8 bytes: 89 50 4e 47 0d 0a 1a 0a`, shortened after so many bytes; undefined for what is no binary content. */
export function binaryText(value: Value, room: number): string | undefined {
  const bytes = binaryOf(value);
  if (bytes === undefined) return undefined;
  const shown = [...bytes.subarray(0, room)].map((byte) => byte.toString(16).padStart(2, '0'));
  const size = `${bytes.length} ${bytes.length === 1 ? 'byte' : 'bytes'}`;
  return `${typeName(value)}, ${size}: ${shown.join(' ')}${bytes.length > room ? ' …' : ''}`;
}

function preview(value: Value, room: number): string {
  if (typeof value === 'string') return quote(shortened(value, room));
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' || typeof value === 'bigint') return jsonNumberText(value);
  if (value instanceof Double || value instanceof Decimal) return jsonNumberText(value);
  if (value instanceof XmlValue) return shortened(value.text, room);
  if (isArray(value))
    return list('[', ']', value.length, value.slice(0, MAX_MEMBERS), room, (item) => preview(item, 30));
  if (isObject(value)) {
    const members = [...value].slice(0, MAX_MEMBERS);
    return list('{', '}', value.size, members, room, ([name, member]) => `${name}: ${preview(member, 30)}`);
  }
  return '';
}

function list<T>(
  open: string,
  close: string,
  size: number,
  shown: readonly T[],
  room: number,
  write: (item: T) => string,
): string {
  const parts: string[] = [];
  let used = 0;
  for (const item of shown) {
    const part = write(item);
    if (parts.length > 0 && used + part.length > room) break;
    parts.push(part);
    used += part.length + 2;
  }
  if (parts.length < size) parts.push('…');
  return open + parts.join(', ') + close;
}

function shortened(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, room - 1)}…`;
}
