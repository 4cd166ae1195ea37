/** Reads arguments of functions as the type they must have; throws ArgumentError when they have another. */
import { Decimal, Double, isArray } from '../../json/value';
import type { ArrayValue, Value } from '../../json/value';
import { ArgumentError } from '../failure';

export type Arguments = readonly Value[];

/** Any value; one that is not there is null (the number of arguments has been checked before). */
export function anyAt(args: Arguments, index: number): Value {
  return args[index] ?? null;
}

export function stringAt(args: Arguments, index: number, expectation = 'to be of type string'): string {
  const value = args[index];
  if (typeof value === 'string') return value;
  throw new ArgumentError(index, expectation, value);
}

/** An optional string: undefined when the argument is not given. */
export function optionalStringAt(args: Arguments, index: number): string | undefined {
  return args[index] === undefined ? undefined : stringAt(args, index);
}

export function booleanAt(args: Arguments, index: number): boolean {
  const value = args[index];
  if (typeof value === 'boolean') return value;
  throw new ArgumentError(index, 'to be of type boolean', value);
}

/** A 64-bit integer in the range of JavaScript's exact ones; others are refused, as no count or index is that large. */
export function integerAt(args: Arguments, index: number): number {
  const value = args[index];
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  if (value instanceof Double)
    throw new ArgumentError(index, 'to be an integer', value, 'Use int(…) on a float first.');
  if (typeof value === 'bigint') throw new ArgumentError(index, 'to be an integer in the 32-bit range', value);
  throw new ArgumentError(index, 'to be an integer', value);
}

export function arrayAt(args: Arguments, index: number, expectation = 'to be an array'): ArrayValue {
  const value = args[index];
  if (isArray(value)) return value;
  throw new ArgumentError(index, expectation, value);
}

export function isNumeric(value: Value | undefined): value is number | bigint | Double | Decimal {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Double || value instanceof Decimal;
}
