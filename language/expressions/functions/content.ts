/** Conversion between text, base64, data URIs and binary content. */
import { base64Decode, base64Encode, utf8Decode, utf8Encode } from '../../json/base64';
import {
  asContent,
  binaryContent,
  charsetOf,
  contentBytes,
  contentObject,
  isKnownCharset,
  JSON_CONTENT,
  OCTET_STREAM,
  TEXT_CONTENT,
} from '../../json/content';
import { isObject, isArray } from '../../json/value';
import type { Value } from '../../json/value';
import { XmlValue } from '../../json/xmlValue';
import { XML_CONTENT } from '../../json/content';
import { parseDataUri } from '../dataUri';
import type { DataUri } from '../dataUri';
import { ArgumentError, FunctionError } from '../failure';
import { limited, stringOfValue } from '../text';
import { escapeUriComponent, unescapeUriComponent } from '../uri';
import { anyAt, stringAt } from './arguments';
import type { Arguments } from './arguments';
import type { FunctionDefinition, Parameter } from './definition';

const text: Parameter = { name: 'value', type: 'string', description: 'The string to convert' };

/** The bytes a value has: those of binary content, else its text in UTF-8. Null is refused. */
function bytesAt(args: Arguments, index: number): Uint8Array {
  const value = anyAt(args, index);
  if (value === null) throw new ArgumentError(index, 'to be a value other than null', value);
  return contentBytes(value) ?? utf8Encode(stringOfValue(value));
}

function base64At(args: Arguments, index: number): Uint8Array {
  const value = stringAt(args, index);
  const bytes = base64Decode(value);
  if (bytes !== undefined) return bytes;
  throw new ArgumentError(index, 'to be a valid base64 encoded string', value);
}

const base64: FunctionDefinition = {
  name: 'base64',
  category: 'conversion',
  summary: 'Returns a string in base64.',
  details:
    'The platform encodes and decodes content by itself; this function is needed only where base64 text is wanted.',
  parameters: [{ ...text, type: ['string', 'binary', 'object', 'array', 'number', 'boolean'] }],
  returns: 'string',
  examples: [{ expression: "base64('hello')", result: '"aGVsbG8="' }],
  evaluate: (args) => limited(base64Encode(bytesAt(args, 0))),
};

const base64ToBinary: FunctionDefinition = {
  name: 'base64ToBinary',
  category: 'conversion',
  summary: 'Returns the binary content a base64 string stands for.',
  parameters: [text],
  returns: 'binary',
  examples: [
    {
      expression: "base64ToBinary('aGVsbG8=')",
      result: '{"$content-type":"application/octet-stream","$content":"aGVsbG8="}',
    },
  ],
  evaluate: (args) => {
    base64At(args, 0);
    return contentObject(OCTET_STREAM, stringAt(args, 0));
  },
};

function base64ToText(name: string, deprecated?: string): FunctionDefinition {
  return {
    name,
    category: 'conversion',
    summary: 'Returns the text a base64 string stands for.',
    parameters: [text],
    returns: 'string',
    examples: [{ expression: `${name}('aGVsbG8=')`, result: '"hello"' }],
    ...(deprecated === undefined ? undefined : { deprecated }),
    evaluate: (args) => utf8Decode(base64At(args, 0)),
  };
}

const binary: FunctionDefinition = {
  name: 'binary',
  category: 'conversion',
  summary: 'Returns a value as binary content.',
  parameters: [{ name: 'value', type: 'any', description: 'The value to convert; not null' }],
  returns: 'binary',
  examples: [
    { expression: "binary('hello')", result: '{"$content-type":"application/octet-stream","$content":"aGVsbG8="}' },
  ],
  evaluate: (args) => binaryContent(bytesAt(args, 0)),
};

const dataUri: FunctionDefinition = {
  name: 'dataUri',
  category: 'conversion',
  summary: 'Returns a value as a data URI.',
  parameters: [{ name: 'value', type: 'any', description: 'The value to convert; not null' }],
  returns: 'string',
  examples: [{ expression: "dataUri('hello')", result: '"data:text/plain;charset=utf-8;base64,aGVsbG8="' }],
  evaluate: (args) => limited(`data:${contentTypeOf(anyAt(args, 0))};base64,${base64Encode(bytesAt(args, 0))}`),
};

function contentTypeOf(value: Value): string {
  if (typeof value === 'string') return TEXT_CONTENT;
  return value instanceof XmlValue ? XML_CONTENT : (asContent(value)?.type ?? JSON_CONTENT);
}

function dataUriAt(args: Arguments, index: number): DataUri {
  const value = stringAt(args, index);
  const parsed = parseDataUri(value);
  if (parsed !== undefined) return parsed;
  throw new ArgumentError(index, "to be a data URI such as 'data:text/plain;base64,aGVsbG8='", value);
}

function invalid(what: string): FunctionError {
  return new FunctionError(`The provided data URI is not valid: ${what}.`);
}

function dataUriToContent(name: string, deprecated?: string): FunctionDefinition {
  return {
    name,
    category: 'conversion',
    summary: 'Returns the binary content a data URI stands for.',
    parameters: [text],
    returns: 'binary',
    examples: [
      {
        expression: `${name}('data:text/plain;charset=utf-8;base64,aGVsbG8=')`,
        result: '{"$content-type":"text/plain;charset=utf-8","$content":"aGVsbG8="}',
      },
    ],
    ...(deprecated === undefined ? undefined : { deprecated }),
    evaluate: (args) => {
      const { type, segments, base64: data } = dataUriAt(args, 0);
      const [media = '', ...parameters] = segments;
      if (media.split('/').length !== 2) throw invalid(`'${media}' is no media type`);
      const malformed = parameters.find((parameter) => parameter === '' || parameter.split('=').length > 2);
      if (malformed !== undefined) throw invalid(`'${malformed}' is no parameter of the form name=value`);
      const charset = charsetOf(type);
      if (charset !== undefined && !isKnownCharset(charset)) throw invalid(`the charset '${charset}' is not known`);
      return contentObject(type, data);
    },
  };
}

const dataUriToString: FunctionDefinition = {
  name: 'dataUriToString',
  category: 'conversion',
  summary: 'Returns the text a data URI stands for. It must be in UTF-8.',
  parameters: [text],
  returns: 'string',
  examples: [{ expression: "dataUriToString('data:text/plain;charset=utf-8;base64,aGVsbG8=')", result: '"hello"' }],
  evaluate: (args) => {
    const { segments, base64: data } = dataUriAt(args, 0);
    if (segments[0] === '') throw invalid('the media type is empty');
    // Only a charset in the second place is looked at.
    const second = /^charset=(.*)$/i.exec(segments[1] ?? '')?.[1];
    if (second !== undefined && !/^utf-?8$/i.test(second)) throw invalid(`the charset '${second}' is not utf-8`);
    const bytes = base64Decode(data);
    if (bytes === undefined) throw invalid('the data is not base64');
    return utf8Decode(bytes);
  },
};

/** Strings and plain values (an id in a path is often a number). */
function plainText(args: Arguments, index: number): string {
  const value = anyAt(args, index);
  if (value === null || isArray(value) || (isObject(value) && asContent(value) === undefined)) {
    throw new ArgumentError(index, 'to be a string', value);
  }
  return stringOfValue(value);
}

function escaping(name: string, deprecated?: string): FunctionDefinition {
  return {
    name,
    category: 'conversion',
    summary: 'Replaces the characters of a string that are not safe in a URI by escapes.',
    parameters: [{ ...text, type: ['string', 'number', 'boolean'] }],
    returns: 'string',
    examples: [{ expression: `${name}('https://contoso.com')`, result: '"https%3A%2F%2Fcontoso.com"' }],
    ...(deprecated === undefined ? undefined : { deprecated }),
    evaluate: (args) => limited(escapeUriComponent(plainText(args, 0))),
  };
}

function unescaping(name: string, deprecated?: string): FunctionDefinition {
  return {
    name,
    category: 'conversion',
    summary: 'Replaces the escapes of a string by the characters they stand for.',
    parameters: [text],
    returns: 'string',
    examples: [{ expression: `${name}('https%3A%2F%2Fcontoso.com')`, result: '"https://contoso.com"' }],
    ...(deprecated === undefined ? undefined : { deprecated }),
    evaluate: (args) => unescapeUriComponent(stringAt(args, 0, 'to be a string')),
  };
}

const uriComponentToBinary: FunctionDefinition = {
  name: 'uriComponentToBinary',
  category: 'conversion',
  summary: 'Returns an escaped string as binary content.',
  parameters: [text],
  returns: 'binary',
  examples: [
    {
      expression: "uriComponentToBinary('https%3A%2F%2Fcontoso.com')",
      result: '{"$content-type":"application/octet-stream","$content":"aHR0cHM6Ly9jb250b3NvLmNvbQ=="}',
    },
  ],
  evaluate: (args) => binaryContent(utf8Encode(unescapeUriComponent(stringAt(args, 0, 'to be a string')))),
};

export const contentFunctions: readonly FunctionDefinition[] = [
  base64,
  base64ToBinary,
  base64ToText('base64ToString'),
  binary,
  dataUri,
  dataUriToContent('dataUriToBinary'),
  dataUriToString,
  base64ToText('decodeBase64', 'base64ToString'),
  dataUriToContent('decodeDataUri', 'dataUriToBinary'),
  unescaping('decodeUriComponent'),
  escaping('encodeUriComponent'),
  escaping('uriComponent'),
  uriComponentToBinary,
  unescaping('uriComponentToString'),
];
