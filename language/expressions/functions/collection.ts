/** Collection functions: arrays, and where the documentation says so strings and objects. */
import { isObject, isArray } from '../../json/value';
import type { ArrayValue, ObjectValue, Value } from '../../json/value';
import { contentOf } from '../../json/content';
import { XmlValue } from '../../json/xmlValue';
import { orderOf, sameToken } from '../compare';
import { ArgumentError, FunctionError } from '../failure';
import { memberOf } from '../names';
import { checkItems, limited, stringOfValue } from '../text';
import { typeNameOf } from '../types';
import { anyAt, arrayAt, integerAt, optionalStringAt, stringAt } from './arguments';
import type { Arguments } from './arguments';
import type { FunctionDefinition, Parameter } from './definition';
import { distinctTokens, TokenSet } from './tokenSet';

const collection: Parameter = { name: 'collection', type: ['array', 'string'], description: 'The array or string' };
const arrayParameter: Parameter = { name: 'collection', type: 'array', description: 'The array' };

function listOrText(args: Arguments): ArrayValue | string {
  const value = anyAt(args, 0);
  if (typeof value === 'string' || isArray(value)) return value;
  throw new ArgumentError(0, 'to be an array or a string', value);
}

/** A count of items: not negative. */
function countAt(args: Arguments, index: number): number {
  const count = integerAt(args, index);
  if (count < 0) throw new ArgumentError(index, 'to be a positive integer', count);
  return count;
}

const chunk: FunctionDefinition = {
  name: 'chunk',
  category: 'collection',
  summary: 'Cuts a string or array into pieces of equal length; the last one may be shorter.',
  parameters: [collection, { name: 'length', type: 'integer', description: 'The length of each piece' }],
  returns: 'array',
  examples: [
    { expression: "chunk('abcdefgh', 3)", result: '["abc","def","gh"]' },
    { expression: 'chunk(createArray(1, 2, 3), 2)', result: '[[1,2],[3]]' },
  ],
  evaluate: (args) => {
    const value = listOrText(args);
    const length = integerAt(args, 1);
    if (length <= 0) throw new ArgumentError(1, 'to be a positive integer', length);
    if (typeof value === 'string') checkItems(Math.ceil(value.length / length), value.length);
    const pieces: Value[] = [];
    for (let at = 0; at < value.length; at += length) pieces.push(value.slice(at, at + length));
    return pieces;
  },
};

const contains: FunctionDefinition = {
  name: 'contains',
  category: 'collection',
  summary: 'Tells whether an array has an item, an object a property, or a string a substring. Case counts.',
  parameters: [
    { name: 'collection', type: ['string', 'array', 'object'], description: 'Where to look' },
    { name: 'value', type: 'any', description: 'The item, the name of the property, or the substring' },
  ],
  returns: 'boolean',
  examples: [
    { expression: "contains('hello world', 'world')", result: 'true' },
    { expression: "contains(createArray('a', 'b'), 'c')", result: 'false' },
  ],
  evaluate: (args) => {
    const where = anyAt(args, 0);
    const what = anyAt(args, 1);
    if (isArray(where)) return where.some((item) => sameToken(item, what));
    if (typeof where === 'string') return where.includes(stringAt(args, 1));
    if (isObject(where)) return where.has(stringAt(args, 1));
    if (where instanceof XmlValue) return contentOf(where).has(stringAt(args, 1));
    throw new ArgumentError(0, 'to be a dictionary (object), an array or a string', where);
  },
};

const empty: FunctionDefinition = {
  name: 'empty',
  category: 'collection',
  summary: 'Tells whether a string, array or object is empty. Null is empty too.',
  parameters: [
    { name: 'collection', type: ['string', 'array', 'object', 'null'], description: 'The string, array or object' },
  ],
  returns: 'boolean',
  examples: [
    { expression: "empty('')", result: 'true' },
    { expression: "empty('abc')", result: 'false' },
  ],
  evaluate: (args) => {
    const value = anyAt(args, 0);
    if (value === null) return true;
    if (typeof value === 'string' || isArray(value)) return value.length === 0;
    if (isObject(value)) return value.size === 0;
    if (value instanceof XmlValue) return false;
    throw new ArgumentError(0, 'to be an object, an array or a string', value);
  },
};

const first: FunctionDefinition = {
  name: 'first',
  category: 'collection',
  summary: 'Returns the first item of an array or character of a string.',
  details: 'An empty array gives null, an empty string an empty string.',
  parameters: [collection],
  returns: 'any',
  examples: [
    { expression: "first('hello')", result: '"h"' },
    { expression: 'first(createArray(0, 1, 2))', result: '0' },
  ],
  evaluate: (args) => {
    const value = listOrText(args);
    return typeof value === 'string' ? value.charAt(0) : (value[0] ?? null);
  },
};

const last: FunctionDefinition = {
  name: 'last',
  category: 'collection',
  summary: 'Returns the last item of an array or character of a string.',
  details: 'An empty array gives null, an empty string an empty string.',
  parameters: [collection],
  returns: 'any',
  examples: [
    { expression: "last('abcd')", result: '"d"' },
    { expression: 'last(createArray(0, 1, 2, 3))', result: '3' },
  ],
  evaluate: (args) => {
    const value = listOrText(args);
    return typeof value === 'string' ? value.slice(-1) : (value.at(-1) ?? null);
  },
};

const item: FunctionDefinition = {
  name: 'item',
  category: 'collection',
  summary: 'Returns the current item of the loop, or of the Select, Filter array or table action being evaluated.',
  parameters: [],
  returns: 'any',
  examples: [{ expression: 'item().body', result: '"Hello"', context: { item: { body: 'Hello' } } }],
  evaluate: (_args, context) => {
    const value = context.item();
    if (value !== undefined) return value;
    throw new FunctionError(
      "The template function 'item' is not expected at this location.",
      'It works inside a For each loop and in the inputs of Select, Filter array and Create table.',
    );
  },
};

const join: FunctionDefinition = {
  name: 'join',
  category: 'collection',
  summary: 'Combines the items of an array to one string, with a separator between them.',
  details: 'Items that are no strings are converted. The result has at most 104,857,600 characters.',
  parameters: [arrayParameter, { name: 'delimiter', type: 'string', description: 'The text between two items' }],
  returns: 'string',
  examples: [{ expression: "join(createArray('a', 'b', 'c'), '.')", result: '"a.b.c"' }],
  evaluate: (args) => {
    const items = arrayAt(args, 0);
    const delimiter = stringAt(args, 1);
    return limited(items.map(stringOfValue).join(delimiter));
  },
};

const reverse: FunctionDefinition = {
  name: 'reverse',
  category: 'collection',
  summary: 'Returns the items of an array in reverse order.',
  parameters: [arrayParameter],
  returns: 'array',
  examples: [{ expression: 'reverse(createArray(0, 1, 2, 3))', result: '[3,2,1,0]' }],
  evaluate: (args) => arrayAt(args, 0, 'to be of type array').toReversed(),
};

const skip: FunctionDefinition = {
  name: 'skip',
  category: 'collection',
  summary: 'Leaves out items at the beginning of an array and returns all others.',
  parameters: [arrayParameter, { name: 'count', type: 'integer', description: 'How many items to leave out' }],
  returns: 'array',
  examples: [{ expression: 'skip(createArray(0, 1, 2, 3), 1)', result: '[1,2,3]' }],
  evaluate: (args) => {
    const items = arrayAt(args, 0);
    return items.slice(countAt(args, 1));
  },
};

const take: FunctionDefinition = {
  name: 'take',
  category: 'collection',
  summary: 'Returns items from the beginning of an array, or characters from the beginning of a string.',
  parameters: [collection, { name: 'count', type: 'integer', description: 'How many to take' }],
  returns: ['array', 'string'],
  examples: [
    { expression: "take('abcde', 3)", result: '"abc"' },
    { expression: 'take(createArray(0, 1, 2, 3, 4), 3)', result: '[0,1,2]' },
  ],
  evaluate: (args) => {
    const value = listOrText(args);
    return value.slice(0, countAt(args, 1));
  },
};

const sort: FunctionDefinition = {
  name: 'sort',
  category: 'collection',
  summary: 'Sorts the items of an array in ascending order, objects by one of their properties.',
  details: 'Items that are equal keep their order. For descending order, reverse the result.',
  parameters: [
    arrayParameter,
    { name: 'sortBy', type: 'string', description: 'The property of the items to sort by', optional: true },
  ],
  returns: 'array',
  examples: [
    { expression: 'sort(createArray(2, 1, 0, 3))', result: '[0,1,2,3]' },
    {
      expression: `sort(json('[{"n":"b"},{"n":"a"}]'), 'n')`,
      result: '[{"n":"a"},{"n":"b"}]',
    },
  ],
  evaluate: (args) => {
    const items = arrayAt(args, 0);
    const sortBy = optionalStringAt(args, 1);
    if (sortBy === undefined) return items.toSorted(compareItems);
    const keyed = items.map((value) => ({ value, key: sortKey(value, sortBy) }));
    return keyed.sort((left, right) => compareItems(left.key, right.key)).map((each) => each.value);
  },
};

function sortKey(value: Value, sortBy: string): Value {
  if (isObject(value)) return memberOf(value, sortBy) ?? null;
  throw new FunctionError(
    `The template language function 'sort' expects the items of its first parameter to be objects with the property '${sortBy}'. The provided item is of type '${typeNameOf(value)}'.`,
  );
}

/** Null comes first; false before true. */
function compareItems(left: Value, right: Value): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  const order = orderOf(left, right);
  if (order !== undefined) return Number.isNaN(order) ? 0 : order;
  throw new FunctionError(
    `The template language function 'sort' cannot order a value of type '${typeNameOf(left)}' against one of type '${typeNameOf(right)}'.`,
    'Sort numbers or strings; sort objects by one of their properties.',
  );
}

const many: Parameter = {
  name: 'collection',
  type: ['array', 'object'],
  description: 'Arrays, or objects; all of the same kind',
};

/** Two or more arrays, or two or more objects. */
function alike(args: Arguments, name: string): { arrays: readonly ArrayValue[] } | { objects: readonly ObjectValue[] } {
  const values = args.map((arg) => (arg instanceof XmlValue ? contentOf(arg) : arg));
  const arrays = values.filter((value): value is ArrayValue => isArray(value));
  if (arrays.length === values.length) return { arrays };
  const objects = values.filter((value): value is ObjectValue => isObject(value));
  if (objects.length === values.length) return { objects };
  const wrong = values.findIndex((value) => !isArray(value) && !isObject(value));
  if (wrong >= 0) throw new ArgumentError(wrong, 'to be an array or an object', args[wrong]);
  throw new FunctionError(
    `The template language function '${name}' expects parameters of same type: all arrays or all objects.`,
  );
}

const intersection: FunctionDefinition = {
  name: 'intersection',
  category: 'collection',
  summary: 'Returns what all arrays, or all objects, have in common.',
  details: 'Of objects: the properties that have the same name and value in all.',
  parameters: [many, { ...many, rest: true }],
  returns: ['array', 'object'],
  examples: [
    {
      expression: 'intersection(createArray(1, 2, 3), createArray(101, 2, 1, 10), createArray(6, 8, 1, 2))',
      result: '[1,2]',
    },
  ],
  evaluate: (args) => {
    const given = alike(args, 'intersection');
    if ('arrays' in given) {
      const [head = [], ...others] = given.arrays;
      const sets = others.map((other) => new TokenSet(other));
      return distinctTokens([head]).filter((value) => sets.every((set) => set.has(value)));
    }
    const [head = new Map<string, Value>(), ...others] = given.objects;
    const common = new Map<string, Value>();
    for (const [key, value] of head) {
      if (others.every((other) => other.has(key) && sameToken(other.get(key) ?? null, value))) common.set(key, value);
    }
    return common;
  },
};

const union: FunctionDefinition = {
  name: 'union',
  category: 'collection',
  summary: 'Returns all items of all arrays once, or all properties of all objects.',
  details: 'When objects share the name of a property, the last one wins.',
  parameters: [many, { ...many, rest: true }],
  returns: ['array', 'object'],
  examples: [
    { expression: 'union(createArray(1, 2, 3), createArray(1, 2, 10, 101))', result: '[1,2,3,10,101]' },
    { expression: `union(json('{"a":1,"b":2}'), json('{"b":3,"c":4}'))`, result: '{"a":1,"b":3,"c":4}' },
  ],
  evaluate: (args) => {
    const given = alike(args, 'union');
    if ('arrays' in given) return distinctTokens(given.arrays);
    const all = new Map<string, Value>();
    for (const object of given.objects) for (const [key, value] of object) all.set(key, value);
    return all;
  },
};

export const collectionFunctions: readonly FunctionDefinition[] = [
  chunk,
  contains,
  empty,
  first,
  intersection,
  item,
  join,
  last,
  reverse,
  skip,
  sort,
  take,
  union,
];
