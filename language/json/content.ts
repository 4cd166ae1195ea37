/**
 * Content objects: `{"$content-type": …, "$content": base64}`, the form in which the platform holds what is not JSON.
 * The rules of conversion follow Microsoft's page "Content types in Azure Logic Apps" and results observed on the host.
 */
import { base64Decode, base64Encode, utf8Decode, utf8Encode } from './base64';
import { isObject } from './value';
import type { ObjectValue, Value } from './value';
import { XmlValue } from './xmlValue';

export const OCTET_STREAM = 'application/octet-stream';
export const XML_CONTENT = 'application/xml;charset=utf-8';
export const TEXT_CONTENT = 'text/plain;charset=utf-8';
export const JSON_CONTENT = 'application/json;charset=utf-8';

export interface Content {
  readonly type: string;
  /** As it stands in `$content`. */
  readonly base64: string;
}

/** The object form of a content. */
export function contentObject(type: string, base64: string): ObjectValue {
  return new Map([
    ['$content-type', type],
    ['$content', base64],
  ]);
}

/** Content of bytes. */
export function binaryContent(bytes: Uint8Array, type = OCTET_STREAM): ObjectValue {
  return contentObject(type, base64Encode(bytes));
}

/** The object an XML value is for everything that does not know XML. */
export function contentOf(value: XmlValue): ObjectValue {
  return binaryContent(utf8Encode(value.text), XML_CONTENT);
}

/** Reads a content object; undefined when the value is none. */
export function asContent(value: Value | undefined): Content | undefined {
  if (!isObject(value)) return undefined;
  const type: unknown = value.get('$content-type');
  const base64: unknown = value.get('$content');
  return typeof type === 'string' && typeof base64 === 'string' ? { type, base64 } : undefined;
}

/** The bytes of a content object or XML value; undefined when the value is none or its base64 is broken. */
export function contentBytes(value: Value | undefined): Uint8Array | undefined {
  if (value instanceof XmlValue) return utf8Encode(value.text);
  const content = asContent(value);
  return content === undefined ? undefined : base64Decode(content.base64);
}

/** `text/xml` of `text/xml; charset=utf-8`, in lower case. */
export function mediaType(type: string): string {
  return (type.split(';', 1)[0] ?? '').trim().toLowerCase();
}

export function isXmlType(type: string): boolean {
  const media = mediaType(type);
  return media === 'application/xml' || media === 'text/xml' || media.endsWith('+xml');
}

export function isJsonType(type: string): boolean {
  const media = mediaType(type);
  return media === 'application/json' || media === 'text/json' || media.endsWith('+json');
}

/** The charset of a content type, undefined when it names none. */
export function charsetOf(type: string): string | undefined {
  for (const segment of type.split(';').slice(1)) {
    const match = /^\s*charset\s*=\s*"?([^"]*?)"?\s*$/i.exec(segment);
    if (match?.[1] !== undefined) return match[1].toLowerCase();
  }
  return undefined;
}

const latin: readonly string[] = ['iso-8859-1', 'latin1', 'l1', 'iso_8859-1'];
const windows: readonly string[] = ['windows-1252', 'cp1252'];
/** What windows-1252 has at 0x80 to 0x9f, where ISO 8859-1 has control characters. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const sixteen: Readonly<Record<string, 'little' | 'big'>> = {
  'utf-16': 'little',
  'utf-16le': 'little',
  unicode: 'little',
  'ucs-2': 'little',
  'utf-16be': 'big',
  unicodefffe: 'big',
};

/** True for a charset whose bytes can be read here. */
export function isKnownCharset(charset: string): boolean {
  const name = charset.toLowerCase();
  return ['utf-8', 'utf8', 'us-ascii', 'ascii', ...latin, ...windows].includes(name) || Object.hasOwn(sixteen, name);
}

/** Bytes as text by the charset of the content type; UTF-8 when it names none. Undefined when the charset is not known. */
export function decodeText(bytes: Uint8Array, type: string): string | undefined {
  const charset = charsetOf(type) ?? 'utf-8';
  if (charset === 'utf-8' || charset === 'utf8') return utf8Decode(bytes);
  if (charset === 'us-ascii' || charset === 'ascii') {
    return Array.from(bytes, (byte) => (byte < 0x80 ? String.fromCharCode(byte) : '?')).join('');
  }
  if (latin.includes(charset)) return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  if (windows.includes(charset)) {
    return Array.from(bytes, (byte) =>
      byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252.charAt(byte - 0x80) : String.fromCharCode(byte),
    ).join('');
  }
  const order = Object.hasOwn(sixteen, charset) ? sixteen[charset] : undefined;
  if (order === undefined) return undefined;
  const units: string[] = [];
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const first = bytes[i] ?? 0;
    const second = bytes[i + 1] ?? 0;
    units.push(String.fromCharCode(order === 'little' ? first | (second << 8) : (first << 8) | second));
  }
  return units.join('');
}
