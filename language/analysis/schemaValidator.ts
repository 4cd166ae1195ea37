/**
 * Operations and definitions against the schemas of `schemas/operations`. The schemas are read as they are: they use a dozen keywords of
 * JSON Schema, and compiling them to code, as a general validator does, takes longer than checking a whole file. What they require of a
 * value is what draft 7 says; a test holds that against Ajv.
 */
import { timeZone } from '../expressions/dates/zones';
import { parseDuration } from '../workflow/duration';
import { commonSchema, definitionSchema, lookupShared, operationSchema } from '../catalog/operationSchemas';
import type { OperationRole } from '../catalog/operationSchemas';
import type { JsonSchema } from '../catalog/schema';
import { pointerOf } from '../json/path';
import type { Path } from '../json/path';

export type SchemaProblem =
  | { readonly kind: 'missing'; readonly pointer: string; readonly name: string }
  | { readonly kind: 'type'; readonly pointer: string; readonly expected: readonly string[] }
  | { readonly kind: 'value'; readonly pointer: string }
  | { readonly kind: 'range'; readonly pointer: string; readonly bound: string }
  | { readonly kind: 'format'; readonly pointer: string; readonly format: string };

/** The problems of an operation of a known type; for others, those of what all operations have. */
export function validateOperation(role: OperationRole, type: string, value: unknown): SchemaProblem[] {
  const schema = operationSchema(role, type);
  const own = schema === undefined ? [] : problemsOf(schema, value);
  // A type may say of a member what all operations have too.
  const isKnown = (problem: SchemaProblem): boolean =>
    own.some((each) => each.kind === problem.kind && each.pointer === problem.pointer);
  return [...own, ...problemsOf(commonSchema(role), value).filter((each) => !isKnown(each))];
}

/** The problems of the members of a definition, its operations aside. */
export function validateDefinition(value: unknown): SchemaProblem[] {
  return problemsOf(definitionSchema, value);
}

function problemsOf(schema: JsonSchema, value: unknown): SchemaProblem[] {
  const found: SchemaProblem[] = [];
  check(schema, value, [], found);
  return found;
}

/** `path` is the place of `value`, changed in step. */
function check(schema: JsonSchema, value: unknown, path: (string | number)[], found: SchemaProblem[]): void {
  const types = typesOf(schema);
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) {
    found.push({ kind: 'type', pointer: pointerOf(path), expected: types });
  }
  if (typeof value === 'number') checkNumber(schema, value, path, found);
  else if (typeof value === 'string') checkText(schema, value, path, found);
  else if (Array.isArray(value)) checkItems(schema, value, path, found);
  else if (isObject(value)) checkMembers(schema, value, path, found);
  for (const part of schema.allOf ?? []) check(part, value, path, found);
  const target = schema.$ref === undefined ? undefined : lookupShared(schema.$ref);
  if (target !== undefined) check(target, value, path, found);
}

function typesOf({ type }: JsonSchema): readonly string[] {
  if (type === undefined) return none;
  return typeof type === 'string' ? [type] : type;
}

const none: readonly string[] = [];

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkNumber({ minimum, maximum }: JsonSchema, value: number, path: Path, found: SchemaProblem[]): void {
  const outside = (bound: string): void => void found.push({ kind: 'range', pointer: pointerOf(path), bound });
  if (minimum !== undefined && value < minimum) outside(`${minimum} or more`);
  if (maximum !== undefined && value > maximum) outside(`${maximum} or less`);
}

/** `x-closed: true`: the value is one of the schema's `examples`, in any case. */
function checkText(schema: JsonSchema, value: string, path: Path, found: SchemaProblem[]): void {
  const { format } = schema;
  if (format !== undefined && formats[format]?.(value) === false) {
    found.push({ kind: 'format', pointer: pointerOf(path), format });
  }
  if (schema['x-closed'] !== true || schema.examples === undefined) return;
  const wanted = value.toLowerCase();
  const isListed = schema.examples.some((each) => typeof each === 'string' && each.toLowerCase() === wanted);
  if (!isListed) found.push({ kind: 'value', pointer: pointerOf(path) });
}

const formats: Readonly<Record<string, (text: string) => boolean>> = {
  'logicapps-duration': (text) => parseDuration(text) !== undefined,
  'logicapps-timezone': (text) => timeZone(text) !== undefined,
};

function checkItems(
  { minItems, items }: JsonSchema,
  value: readonly unknown[],
  path: (string | number)[],
  found: SchemaProblem[],
): void {
  if (minItems !== undefined && value.length < minItems) {
    found.push({ kind: 'range', pointer: pointerOf(path), bound: 'a list that is not empty' });
  }
  if (items === undefined) return;
  for (const [index, item] of value.entries()) {
    path.push(index);
    check(items, item, path, found);
    path.pop();
  }
}

function checkMembers(
  { required, properties, additionalProperties }: JsonSchema,
  value: Readonly<Record<string, unknown>>,
  path: (string | number)[],
  found: SchemaProblem[],
): void {
  for (const name of required ?? none) {
    if (value[name] === undefined) found.push({ kind: 'missing', pointer: pointerOf(path), name });
  }
  if (properties === undefined && typeof additionalProperties !== 'object') return;
  for (const name of Object.keys(value)) {
    const known = properties !== undefined && Object.hasOwn(properties, name) ? properties[name] : undefined;
    const schema = known ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined);
    if (schema === undefined || value[name] === undefined) continue;
    path.push(name);
    check(schema, value[name], path, found);
    path.pop();
  }
}
