/**
 * Bodies of HTTP messages as values, and values as bodies. JSON becomes a value, text a string, forms `$formdata` and `$multipart`;
 * everything else keeps its bytes as `$content-type` and `$content` and goes out again byte by byte.
 * Source: "Handle content types in workflows".
 */
import {
  asContent,
  binaryContent,
  charsetOf,
  contentBytes,
  decodeText,
  isJsonType,
  isXmlType,
  mediaType,
} from '../../language/json/content';
import { parseValue } from '../../language/json/parse';
import { stringify } from '../../language/json/stringify';
import { isArray, isObject, objectOf } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import { XmlValue } from '../../language/json/xmlValue';
import { numberText } from '../../language/json/numberText';
import { isNumber } from '../engine/variables';
import { readMultipart, writeMultipart } from './multipart';

export type DecodedBody =
  { readonly ok: true; readonly value: Value | undefined } | { readonly ok: false; readonly message: string };

export interface EncodedBody {
  readonly bytes: Uint8Array;
  /** What Content-Type says when the author has not said otherwise. */
  readonly contentType: string | undefined;
}

/** The value of a message's body; undefined when it has none. JSON that cannot be read is an error. */
export function decodeBody(bytes: Uint8Array | undefined, contentType: string | undefined): DecodedBody {
  if (bytes === undefined || bytes.length === 0) return { ok: true, value: undefined };
  const type = contentType ?? 'application/octet-stream';
  const media = mediaType(type);
  if (isJsonType(type)) {
    const text = decodeText(bytes, type) ?? Buffer.from(bytes).toString('utf8');
    if (text.trim() === '') return { ok: true, value: undefined };
    const parsed = parseValue(text);
    return parsed.ok ? { ok: true, value: parsed.value } : { ok: false, message: parsed.message };
  }
  if (media === 'application/x-www-form-urlencoded') {
    return { ok: true, value: formContent(type, bytes) };
  }
  if (media.startsWith('multipart/')) {
    const parts = readMultipart(bytes, type);
    if (parts !== undefined) {
      return {
        ok: true,
        value: objectOf({ '$content-type': type, $content: Buffer.from(bytes).toString('base64'), $multipart: parts }),
      };
    }
  }
  if (media.startsWith('text/') && !isXmlType(type)) {
    const text = decodeText(bytes, type);
    if (text !== undefined) return { ok: true, value: text };
  }
  return { ok: true, value: binaryContent(bytes, type) };
}

function formContent(type: string, bytes: Uint8Array): ObjectValue {
  const fields = new URLSearchParams(Buffer.from(bytes).toString('utf8'));
  return objectOf({
    '$content-type': type,
    $content: Buffer.from(bytes).toString('base64'),
    $formdata: [...fields].map(([key, value]) => objectOf({ key, value })),
  });
}

/** The bytes of a value that goes out; undefined when there is nothing to send. `declared` is the author's Content-Type. */
export function encodeBody(value: Value | undefined, declared: string | undefined): EncodedBody | undefined {
  if (value === undefined) return undefined;
  if (value instanceof XmlValue) return { bytes: utf8(value.text), contentType: 'application/xml; charset=utf-8' };
  if (isObject(value)) {
    const parts = value.get('$multipart');
    if (isArray(parts) && (value.get('$content') === undefined || declared !== undefined)) {
      return writeMultipart(parts, declared ?? text(value.get('$content-type')), encodeBody);
    }
    const content = asContent(value);
    const bytes = content && contentBytes(value);
    if (content !== undefined && bytes !== undefined) return { bytes, contentType: content.type };
    const fields = value.get('$formdata');
    if (isArray(fields)) return formBody(fields);
  }
  if (typeof value === 'string') return { bytes: textBytes(value, declared), contentType: 'text/plain; charset=utf-8' };
  if (declared !== undefined && mediaType(declared) === 'application/x-www-form-urlencoded' && isObject(value)) {
    return {
      bytes: utf8(
        new URLSearchParams([...value].map(([key, each]): [string, string] => [key, plainText(each)])).toString(),
      ),
      contentType: declared,
    };
  }
  return { bytes: textBytes(stringify(value), declared), contentType: 'application/json; charset=utf-8' };
}

function formBody(fields: readonly Value[]): EncodedBody {
  const params = new URLSearchParams();
  for (const field of fields) {
    const key = isObject(field) ? field.get('key') : undefined;
    if (typeof key === 'string' && isObject(field)) params.append(key, plainText(field.get('value') ?? ''));
  }
  return { bytes: utf8(params.toString()), contentType: 'application/x-www-form-urlencoded' };
}

function text(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function plainText(value: Value): string {
  if (typeof value === 'string') return value;
  return isNumber(value) ? numberText(value) : stringify(value);
}

function utf8(value: string): Uint8Array {
  return Buffer.from(value, 'utf8');
}

/** Text in the charset its Content-Type names, where that is one that can be written; UTF-8 otherwise. */
function textBytes(value: string, declared: string | undefined): Uint8Array {
  switch (declared === undefined ? undefined : charsetOf(declared)) {
    case 'iso-8859-1':
    case 'latin1':
    case 'windows-1252':
      return Buffer.from(value, 'latin1');
    case 'utf-16':
    case 'utf-16le':
      return Buffer.from(value, 'utf16le');
    default:
      return utf8(value);
  }
}
