/**
 * JSON Schema validation as the platform does it: draft-04 and later keywords, unknown formats and keywords ignored.
 * Errors are told in the form that Parse JSON and the Request trigger show.
 */
import Ajv from 'ajv-draft-04';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Double, Decimal, isArray, isObject, objectOf } from '../../../language/json/value';
import type { ObjectValue, Value } from '../../../language/json/value';
import { stringify } from '../../../language/json/stringify';
import { XmlValue } from '../../../language/json/xmlValue';
import { contentOf } from '../../../language/json/content';
import { typeName } from '../../engine/variables';

export type SchemaCheck =
  | { readonly ok: true }
  | { readonly ok: false; readonly errors: readonly ObjectValue[] }
  | { readonly ok: false; readonly invalidSchema: string };

/** Most errors that are told; a large wrong array would make one for each item. */
const MOST_ERRORS = 100;
const cache = new Map<string, ValidateFunction | string>();
const CACHED = 200;

/** Checks a value against a schema. */
export function checkSchema(schema: Value, value: Value): SchemaCheck {
  const validate = compiled(schema);
  if (typeof validate === 'string') return { ok: false, invalidSchema: validate };
  if (validate(plain(value))) return { ok: true };
  return { ok: false, errors: (validate.errors ?? []).slice(0, MOST_ERRORS).map((error) => errorOf(error, value)) };
}

function compiled(schema: Value): ValidateFunction | string {
  const key = stringify(schema);
  const known = cache.get(key);
  if (known !== undefined) return known;
  if (cache.size >= CACHED) cache.clear();
  const made = compile(plain(schema));
  cache.set(key, made);
  return made;
}

function compile(schema: unknown): ValidateFunction | string {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, logger: false, formats });
  try {
    if (typeof schema === 'boolean') return ajv.compile(schema ? {} : { not: {} });
    if (typeof schema !== 'object' || schema === null) return 'a JSON schema must be an object';
    return ajv.compile(withoutDialect(schema));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** `$schema` and ids name dialects that need not be at hand here. */
function withoutDialect(schema: object): object {
  return Object.fromEntries(
    Object.entries(schema).filter(([name]) => name !== '$schema' && name !== 'id' && name !== '$id'),
  );
}

const formats = {
  'date-time': /^\d{4}-\d\d-\d\d[tT ]\d\d:\d\d:\d\d(\.\d+)?([zZ]|[+-]\d\d:?\d\d)?$/,
  date: /^\d{4}-\d\d-\d\d$/,
  time: /^\d\d:\d\d:\d\d$/,
  email: /^[^@\s]+@[^@\s]+$/,
  uri: /^[a-zA-Z][a-zA-Z0-9+.-]*:[^\s]*$/,
  ipv4: /^(\d{1,3}\.){3}\d{1,3}$/,
};

/** A value as validators know it. Whole doubles stay numbers; integers beyond 2^53 lose digits, which no schema can see. */
function plain(value: Value): unknown {
  if (isArray(value)) return value.map(plain);
  if (isObject(value)) {
    const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const [name, each] of value) object[name] = plain(each);
    return object;
  }
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Double) return value.value;
  if (value instanceof Decimal) return Number(value.digits) / 10 ** value.scale;
  if (value instanceof XmlValue) return plain(contentOf(value));
  return value;
}

function errorOf(error: ErrorObject, root: Value): ObjectValue {
  const segments = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const value = segments.reduce<Value | undefined>(memberOf, root) ?? null;
  return objectOf({
    message: messageOf(error, value),
    // The platform checks values, not text, and tells no place in one.
    lineNumber: 0,
    linePosition: 0,
    path: segments.reduce(
      (path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path === '' ? part : `${path}.${part}`),
      '',
    ),
    value,
    schemaId: `#${error.schemaPath.replace(/^#/, '').replace(/\/[^/]*$/, '')}`,
    errorType: error.keyword,
    childErrors: [],
  });
}

function memberOf(value: Value | undefined, part: string): Value | undefined {
  if (isArray(value)) return value[Number(part)];
  return isObject(value) ? value.get(part) : undefined;
}

function messageOf(error: ErrorObject, value: Value): string {
  const params: Record<string, unknown> = error.params;
  switch (error.keyword) {
    case 'type':
      return `Invalid type. Expected ${typeList(params['type'])} but got ${jsonType(value)}.`;
    case 'required':
      return `Required properties are missing from object: ${String(params['missingProperty'])}.`;
    case 'enum':
      return `Value ${stringify(value)} is not defined in enum.`;
    case 'additionalProperties':
      return `Property '${String(params['additionalProperty'])}' has not been defined and the schema does not allow additional properties.`;
    default:
      return `The value ${error.message ?? 'does not fit the schema'}.`;
  }
}

function typeList(type: unknown): string {
  const names: readonly unknown[] = Array.isArray(type) ? type : [type];
  return names.map((name) => String(name).replace(/^./, (first) => first.toUpperCase())).join(', ');
}

function jsonType(value: Value): string {
  const name = typeName(value);
  return name === 'Float' ? 'Number' : name;
}
