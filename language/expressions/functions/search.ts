/** String functions that look for text in text. They ignore case, character by character, but for what the documentation says. */
import { ArgumentError } from '../failure';
import { upperInvariant } from '../names';
import { integerAt, stringAt } from './arguments';
import type { Arguments } from './arguments';
import type { FunctionDefinition, Parameter } from './definition';

const text: Parameter = { name: 'text', type: 'string', description: 'The string to search' };
const searchText: Parameter = { name: 'searchText', type: 'string', description: 'The substring to find' };

/** Both texts in one case, so that positions stay what they are. */
function folded(args: Arguments): readonly [string, string] {
  return [upperInvariant(stringAt(args, 0)), upperInvariant(stringAt(args, 1))];
}

const endsWith: FunctionDefinition = {
  name: 'endsWith',
  category: 'string',
  summary: 'Tells whether a string ends with a substring. Ignores case.',
  parameters: [text, searchText],
  returns: 'boolean',
  examples: [
    { expression: "endsWith('hello world', 'world')", result: 'true' },
    { expression: "endsWith('hello world', 'universe')", result: 'false' },
  ],
  evaluate: (args) => {
    const [value, search] = folded(args);
    return value.endsWith(search);
  },
};

const startsWith: FunctionDefinition = {
  name: 'startsWith',
  category: 'string',
  summary: 'Tells whether a string begins with a substring. Ignores case.',
  parameters: [text, searchText],
  returns: 'boolean',
  examples: [
    { expression: "startsWith('hello world', 'hello')", result: 'true' },
    { expression: "startsWith('hello world', 'greetings')", result: 'false' },
  ],
  evaluate: (args) => {
    const [value, search] = folded(args);
    return value.startsWith(search);
  },
};

const indexOf: FunctionDefinition = {
  name: 'indexOf',
  category: 'string',
  summary: 'Returns the position of the first occurrence of a substring, from 0, or -1. Ignores case.',
  parameters: [text, searchText],
  returns: 'integer',
  examples: [
    { expression: "indexOf('hello world', 'world')", result: '6' },
    { expression: "indexOf('hello world', 'x')", result: '-1' },
  ],
  evaluate: (args) => {
    const [value, search] = folded(args);
    return value.indexOf(search);
  },
};

const lastIndexOf: FunctionDefinition = {
  name: 'lastIndexOf',
  category: 'string',
  summary: 'Returns the position of the last occurrence of a substring, from 0, or -1. Ignores case.',
  details: 'An empty substring is found at the last character, in an empty string at 0.',
  parameters: [text, searchText],
  returns: 'integer',
  examples: [
    { expression: "lastIndexOf('hello world hello world', 'world')", result: '18' },
    { expression: "lastIndexOf('hello world hello world', '')", result: '22' },
    { expression: "lastIndexOf('', '')", result: '0' },
  ],
  evaluate: (args) => {
    const [value, search] = folded(args);
    return search === '' ? Math.max(0, value.length - 1) : value.lastIndexOf(search);
  },
};

const nthIndexOf: FunctionDefinition = {
  name: 'nthIndexOf',
  category: 'string',
  summary: 'Returns the position of the nth occurrence of a substring, from 0, or -1. Ignores case.',
  parameters: [
    text,
    searchText,
    {
      name: 'occurrence',
      type: 'integer',
      description: 'Which occurrence, from 1; a negative number counts from the end',
    },
  ],
  returns: 'integer',
  examples: [
    { expression: "nthIndexOf('123456789123465789', '1', 2)", result: '9' },
    { expression: "nthIndexOf('123456789123465789', '12', -1)", result: '9' },
    { expression: "nthIndexOf('123456789123465789', '6', 4)", result: '-1' },
  ],
  evaluate: (args) => {
    const [value, search] = folded(args);
    const occurrence = integerAt(args, 2);
    if (occurrence === 0) throw new ArgumentError(2, 'to be a positive or negative integer', occurrence);
    return occurrence > 0 ? fromStart(value, search, occurrence) : fromEnd(value, search, -occurrence);
  },
};

function fromStart(value: string, search: string, occurrence: number): number {
  if (occurrence > value.length + 1) return -1;
  let at = -1;
  for (let found = 0; found < occurrence; found++) {
    if (at >= value.length) return -1;
    at = value.indexOf(search, at + 1);
    if (at < 0) return -1;
  }
  return at;
}

function fromEnd(value: string, search: string, occurrence: number): number {
  if (occurrence > value.length + 1) return -1;
  let at = value.length;
  for (let found = 0; found < occurrence; found++) {
    if (at <= 0) return -1;
    at = value.lastIndexOf(search, at - 1);
    if (at < 0) return -1;
  }
  return at;
}

export const searchFunctions: readonly FunctionDefinition[] = [endsWith, indexOf, lastIndexOf, nthIndexOf, startsWith];
