/** Short ways to write the schemas of manifests. */
import type { JsonSchema } from '../../language/catalog/schema';

type Types = 'string' | 'boolean' | 'integer' | 'any';

export interface Field {
  readonly title: string;
  readonly description: string;
  readonly type?: Types;
  readonly values?: readonly string[];
  readonly default?: unknown;
  readonly optional?: boolean;
}

/** The parameters of an operation, in the order in which a form shows them. */
export function parametersOf(fields: Readonly<Record<string, Field>>): JsonSchema {
  const entries = Object.entries(fields);
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, field]) => [name, parameter(field)])),
    required: entries.filter(([, { optional }]) => optional !== true).map(([name]) => name),
  };
}

function parameter({ title, description, type = 'string', values, default: given }: Field): JsonSchema {
  return {
    title,
    description,
    ...(type === 'any' ? {} : { type }),
    ...(values === undefined ? {} : { examples: values, 'x-closed': true }),
    ...(given === undefined ? {} : { default: given }),
  };
}

/** An object that an operation gives. */
export function resultOf(members: Readonly<Record<string, Types | JsonSchema>>): JsonSchema {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(members).map(([name, member]) => [name, memberSchema(member)])),
  };
}

function memberSchema(member: Types | JsonSchema): JsonSchema {
  if (typeof member !== 'string') return member;
  return member === 'any' ? {} : { type: member };
}

export function arrayOf(items: JsonSchema): JsonSchema {
  return { type: 'array', items };
}
