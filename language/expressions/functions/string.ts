/** String functions that build or cut text. */
import { Double, isArray } from '../../json/value';
import { ArgumentError, FunctionError } from '../failure';
import { lowerInvariant, upperInvariant } from '../names';
import { isBlank } from '../characters';
import { checkItems, limited, stringOfValue } from '../text';
import { anyAt, integerAt, optionalStringAt, stringAt } from './arguments';
import type { FunctionDefinition, Parameter } from './definition';

const text: Parameter = { name: 'text', type: 'string', description: 'The string to work on' };

const concat: FunctionDefinition = {
  name: 'concat',
  category: 'string',
  summary: 'Combines two or more strings into one.',
  details:
    'Values that are no strings are converted: true becomes True, null the empty string, objects and arrays become JSON. The result has at most 104,857,600 characters.',
  parameters: [{ name: 'text', type: 'any', description: 'A value to append', rest: true }],
  returns: 'string',
  examples: [
    { expression: "concat('Hello', 'World')", result: '"HelloWorld"' },
    { expression: "concat('Total: ', 5, null, true)", result: '"Total: 5True"' },
  ],
  evaluate: (args) => {
    let result = '';
    for (const arg of args) result += stringOfValue(arg);
    return limited(result);
  },
};

const replace: FunctionDefinition = {
  name: 'replace',
  category: 'string',
  summary: 'Replaces every occurrence of a substring. Upper and lower case differ.',
  parameters: [
    text,
    { name: 'oldText', type: 'string', description: 'The substring to replace; it must not be empty' },
    { name: 'newText', type: 'string', description: 'What stands in its place' },
  ],
  returns: 'string',
  examples: [{ expression: "replace('the old string', 'old', 'new')", result: '"the new string"' }],
  evaluate: (args) => {
    // The platform names the parameters of this function in its message, and of no other.
    const value = stringAt(args, 0, "'string' to be a string");
    const search = stringAt(args, 1);
    const replacement = stringAt(args, 2);
    if (search === '') {
      throw new FunctionError("String cannot be of zero length. (Parameter 'oldValue')", 'Give the text to replace.');
    }
    const pieces = value.split(search);
    const length = value.length + (pieces.length - 1) * (replacement.length - search.length);
    return length > value.length ? limitedJoin(pieces, replacement, length) : pieces.join(replacement);
  },
};

/** Joins once the length of the result is known to be allowed. */
function limitedJoin(pieces: readonly string[], separator: string, length: number): string {
  if (length > 0x1fff_ffff) throw new FunctionError('The result is too large for the size of a message.');
  return limited(pieces.join(separator));
}

const split: FunctionDefinition = {
  name: 'split',
  category: 'string',
  summary: 'Cuts a string at every occurrence of a separator and returns the parts as an array.',
  details: 'An empty separator cuts nowhere.',
  parameters: [text, { name: 'delimiter', type: 'string', description: 'The text between the parts' }],
  returns: 'array',
  examples: [
    { expression: "split('a_b_c', '_')", result: '["a","b","c"]' },
    { expression: "split('a_b_c', ' ')", result: '["a_b_c"]' },
  ],
  evaluate: (args) => {
    const value = stringAt(args, 0);
    const delimiter = stringAt(args, 1);
    if (delimiter === '') return [value];
    if (value.length > 1_000_000) checkItems(occurrences(value, delimiter) + 1, value.length);
    return value.split(delimiter);
  },
};

function occurrences(text: string, search: string): number {
  let count = 0;
  for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + search.length)) count++;
  return count;
}

const substring: FunctionDefinition = {
  name: 'substring',
  category: 'string',
  summary: 'Returns characters from a string, beginning at a position.',
  details: 'Both numbers together must not exceed the length of the string; slice() is more forgiving.',
  parameters: [
    text,
    { name: 'startIndex', type: 'integer', description: 'The first character, from 0' },
    {
      name: 'length',
      type: 'integer',
      description: 'How many characters; all that follow when left out',
      optional: true,
    },
  ],
  returns: 'string',
  examples: [
    { expression: "substring('hello world', 6, 5)", result: '"world"' },
    { expression: "substring('hello world', 6)", result: '"world"' },
  ],
  evaluate: (args) => {
    const value = stringAt(args, 0);
    const start = integerAt(args, 1);
    const length = args[2] === undefined ? value.length - start : integerAt(args, 2);
    if (start < 0 || length < 0 || start + length > value.length) {
      throw new FunctionError(
        "The template language function 'substring' parameters are out of range: 'start index' and 'length' must be non-negative integers and their sum must be no larger than the length of the string.",
        `The string has ${value.length} characters.`,
      );
    }
    return value.slice(start, start + length);
  },
};

const slice: FunctionDefinition = {
  name: 'slice',
  category: 'string',
  summary: 'Returns the part of a string between two positions; positions beyond the string are cut to it.',
  details: 'Negative positions count from the end. Where the end comes before the start, the result is empty.',
  parameters: [
    text,
    { name: 'startIndex', type: 'integer', description: 'The first character, from 0' },
    {
      name: 'endIndex',
      type: 'integer',
      description: 'The first character that no longer belongs to the part',
      optional: true,
    },
  ],
  returns: 'string',
  examples: [
    { expression: "slice('Hello World', 2, 5)", result: '"llo"' },
    { expression: "slice('Hello World', -2)", result: '"ld"' },
  ],
  evaluate: (args) => {
    const value = stringAt(args, 0);
    const start = integerAt(args, 1);
    const end = args[2] === undefined ? value.length : integerAt(args, 2);
    const from = start < 0 ? start + value.length : start;
    const to = end < 0 ? end + value.length : end;
    return from >= value.length || to < from ? '' : value.slice(Math.max(0, from), Math.max(0, to));
  },
};

const toLower: FunctionDefinition = {
  name: 'toLower',
  category: 'string',
  summary: 'Returns a string in lower case. Characters without a lower case stay.',
  parameters: [text],
  returns: 'string',
  examples: [{ expression: "toLower('Hello World')", result: '"hello world"' }],
  evaluate: (args) => lowerInvariant(stringAt(args, 0, 'to be a string')),
};

const toUpper: FunctionDefinition = {
  name: 'toUpper',
  category: 'string',
  summary: 'Returns a string in upper case. Characters without an upper case stay.',
  parameters: [text],
  returns: 'string',
  examples: [{ expression: "toUpper('Hello World')", result: '"HELLO WORLD"' }],
  evaluate: (args) => upperInvariant(stringAt(args, 0, 'to be a string')),
};

const trim: FunctionDefinition = {
  name: 'trim',
  category: 'string',
  summary: 'Removes white space from both ends of a string.',
  parameters: [text],
  returns: 'string',
  examples: [{ expression: "trim(' Hello World  ')", result: '"Hello World"' }],
  evaluate: (args) => {
    const value = args[0];
    if (typeof value !== 'string') {
      throw new ArgumentError(0, 'to be a string; the provided parameters are not valid', value);
    }
    let start = 0;
    let end = value.length;
    while (start < end && isBlank(value.charCodeAt(start))) start++;
    while (end > start && isBlank(value.charCodeAt(end - 1))) end--;
    return value.slice(start, end);
  },
};

const trimByteOrderMark: FunctionDefinition = {
  name: 'trimByteOrderMark',
  category: 'string',
  summary: 'Removes a byte-order mark from the beginning of a string.',
  parameters: [text],
  returns: 'string',
  examples: [{ expression: "trimByteOrderMark('abc')", result: '"abc"' }],
  evaluate: (args) => {
    const value = stringAt(args, 0);
    return value.charCodeAt(0) === 0xfeff ? value.slice(1) : value;
  },
};

const guidForms: Readonly<Record<string, (digits: string) => string>> = {
  N: (digits) => digits,
  D: hyphenated,
  B: (digits) => `{${hyphenated(digits)}}`,
  P: (digits) => `(${hyphenated(digits)})`,
  X: (digits) => {
    const bytes = Array.from({ length: 8 }, (_, index) => `0x${digits.slice(16 + index * 2, 18 + index * 2)}`);
    return `{0x${digits.slice(0, 8)},0x${digits.slice(8, 12)},0x${digits.slice(12, 16)},{${bytes.join(',')}}}`;
  },
};

function hyphenated(digits: string): string {
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  );
}

const guid: FunctionDefinition = {
  name: 'guid',
  category: 'string',
  summary: 'Generates a globally unique identifier as a string.',
  parameters: [
    {
      name: 'format',
      type: 'string',
      description:
        'N (digits), D (with hyphens, the default), B (in braces), P (in parentheses) or X (hexadecimal groups)',
      optional: true,
      values: ['N', 'D', 'B', 'P', 'X'],
      suggests: 'guidFormat',
    },
  ],
  returns: 'string',
  examples: [{ expression: 'guid()' }, { expression: "length(guid('N'))", result: '32' }],
  evaluate: (args, context) => {
    const format = optionalStringAt(args, 0) ?? 'D';
    const name = (format === '' ? 'D' : format).toUpperCase();
    const form = Object.hasOwn(guidForms, name) ? guidForms[name] : undefined;
    if (form === undefined) throw new ArgumentError(0, "to be one of 'N', 'D', 'B', 'P' and 'X'", format);
    return form(context.newGuid().toLowerCase().replaceAll('-', ''));
  },
};

const utf16Length: FunctionDefinition = {
  name: 'utf16Length',
  category: 'string',
  summary: 'Returns the number of UTF-16 code units of a string.',
  parameters: [text],
  returns: 'integer',
  examples: [{ expression: "utf16Length('abc')", result: '3' }],
  evaluate: (args) => stringAt(args, 0).length,
};

const utf8Length: FunctionDefinition = {
  name: 'utf8Length',
  category: 'string',
  summary: 'Returns the number of bytes of a string in UTF-8.',
  parameters: [text],
  returns: 'integer',
  examples: [{ expression: "utf8Length('é')", result: '2' }],
  evaluate: (args) => {
    let bytes = 0;
    for (const character of stringAt(args, 0)) {
      const point = character.codePointAt(0) ?? 0;
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    }
    return bytes;
  },
};

const length: FunctionDefinition = {
  name: 'length',
  category: 'string',
  summary: 'Returns the number of characters of a string or of items of an array.',
  parameters: [{ name: 'collection', type: ['string', 'array'], description: 'The string or array' }],
  returns: 'integer',
  examples: [
    { expression: "length('abcd')", result: '4' },
    { expression: 'length(createArray(0, 1, 2, 3))', result: '4' },
  ],
  evaluate: (args) => {
    const value = anyAt(args, 0);
    if (typeof value === 'string' || isArray(value)) return value.length;
    throw new ArgumentError(
      0,
      'to be an array or a string',
      value,
      value instanceof Double || typeof value === 'number' ? 'Convert the number first: string(…).' : undefined,
    );
  },
};

export const stringFunctions: readonly FunctionDefinition[] = [
  concat,
  guid,
  length,
  replace,
  slice,
  split,
  substring,
  toLower,
  toUpper,
  trim,
  trimByteOrderMark,
  utf16Length,
  utf8Length,
];
