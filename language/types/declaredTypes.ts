/** Types that are declared by name, of variables and parameters, and those of literals. */
import type { Type } from '../expressions/types';
import type { JsonNode } from '../json/tree';
import type { VariableDeclaration } from '../workflow/variables';
import { anything, constantOf, plain, unionOf, arrayOf, objectOf } from './valueType';
import type { ValueType } from './valueType';

const byVariableType: Readonly<Record<string, Type>> = {
  string: 'string',
  integer: 'integer',
  float: 'number',
  boolean: 'boolean',
  array: 'array',
  object: 'object',
};

/** What a variable can be: of its declared type, or null while nothing has been put into it. */
export function variableType({ type }: VariableDeclaration): ValueType {
  return plain(byVariableType[type] ?? 'any').orNull();
}

const byParameterType: Readonly<Record<string, Type>> = {
  string: 'string',
  securestring: 'string',
  int: 'integer',
  float: 'number',
  bool: 'boolean',
  array: 'array',
  object: 'object',
  secureobject: 'object',
};

/** What a parameter can be. Its value differs from one environment to the next, so that an object may have other members there. */
export function parameterType(type: string | undefined, value: JsonNode | undefined): ValueType {
  const declared = byParameterType[type?.toLowerCase() ?? ''];
  if (declared === 'object' && value?.kind === 'object') return literalType(value);
  if (declared === 'array' && value?.kind === 'array' && value.items.length > 0) return literalType(value);
  return declared === undefined ? anything : plain(declared);
}

/** Lists of more items are typed by their first ones. */
const MOST_ITEMS = 20;

/** An open view of a literal: its members may have other values, and others may be there. */
function literalType(node: JsonNode | undefined): ValueType {
  if (node?.kind === 'object') {
    const members = node.properties.map(({ key, value }) => [key.value, literalType(value)] as const);
    return objectOf(Object.fromEntries(members), false);
  }
  if (node?.kind === 'array') {
    return node.items.length === 0
      ? plain('array')
      : arrayOf(() => unionOf(node.items.slice(0, MOST_ITEMS).map(literalType)));
  }
  return anything;
}

/** The type of a text, number, truth value or null as it stands in the document. */
export function scalarType(node: JsonNode): ValueType {
  switch (node.kind) {
    case 'string':
      return constantOf('string', node.value);
    case 'number': {
      const number = Number(node.text);
      if (!/^-?\d+$/.test(node.text)) return plain('float');
      return Number.isSafeInteger(number) ? constantOf('integer', number) : plain('integer');
    }
    case 'literal':
      return constantOf(node.value === null ? 'null' : 'boolean', node.value);
    case 'array':
      return plain('array');
    case 'object':
      return plain('object');
  }
}
