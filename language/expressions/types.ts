/** The types of the language: what a function takes and returns, and what a value is, in the platform's words. */
import { Decimal, Double, isInteger, isArray } from '../json/value';
import type { Value } from '../json/value';
import { XmlValue } from '../json/xmlValue';

/**
 * `number` stands for integer, float and decimal alike; `binary` for an object with `$content-type` and `$content`;
 * `timestamp` for a string that holds a date. `any` accepts everything.
 */
export type TypeName =
  | 'any'
  | 'null'
  | 'boolean'
  | 'integer'
  | 'float'
  | 'decimal'
  | 'number'
  | 'string'
  | 'timestamp'
  | 'array'
  | 'object'
  | 'binary'
  | 'xml';

/** One type, or several of which a value must have one. */
export type Type = TypeName | readonly TypeName[];

/** The type of a value as error messages of the platform spell it (the names of Newtonsoft's JTokenType). */
export function typeNameOf(value: Value): string {
  if (value === null) return 'Null';
  if (typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Boolean';
  if (isInteger(value)) return 'Integer';
  if (typeof value === 'number' || value instanceof Double || value instanceof Decimal) return 'Float';
  if (isArray(value)) return 'Array';
  return 'Object';
}

export function typeNames(type: Type): readonly TypeName[] {
  return typeof type === 'string' ? [type] : type;
}

const widened: Readonly<Record<TypeName, readonly TypeName[]>> = {
  any: ['any'],
  null: ['null'],
  boolean: ['boolean'],
  integer: ['integer', 'number'],
  float: ['float', 'number'],
  decimal: ['decimal', 'number'],
  number: ['number', 'integer', 'float', 'decimal'],
  string: ['string', 'timestamp'],
  timestamp: ['timestamp', 'string'],
  array: ['array'],
  object: ['object', 'binary', 'xml'],
  binary: ['binary', 'object', 'xml'],
  xml: ['xml', 'object', 'binary'],
};

/** False only when no value of type `given` can be a value of type `expected`. */
export function mayBe(given: Type, expected: Type): boolean {
  const accepted = typeNames(expected);
  if (accepted.includes('any')) return true;
  return typeNames(given).some((name) => name === 'any' || widened[name].some((each) => accepted.includes(each)));
}

/** The static type of a literal. */
export function typeOf(value: Value): TypeName {
  if (value === null) return 'null';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (value instanceof Decimal) return 'decimal';
  if (value instanceof XmlValue) return 'xml';
  if (isInteger(value)) return 'integer';
  if (typeof value === 'number' || value instanceof Double) return 'float';
  return isArray(value) ? 'array' : 'object';
}
