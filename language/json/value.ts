/**
 * The value model of the platform: what a JSON document or an expression can hold at run time.
 *
 * Plain JavaScript values are used wherever they are exact, because most values are small integers and strings:
 *
 * - an integer is a `number` when it is safe (up to 2^53 - 1 either side) and a `bigint` beyond that (64-bit range);
 * - a double is a `number` when it has a fraction (or is not finite) and a `Double` when it is whole: `2.0` is not `2`;
 * - a decimal (.NET's System.Decimal) is always a `Decimal`;
 * - an object is a `Map`: key order is kept, and `__proto__` is a name like any other.
 *
 * Build numbers only with `integer()` and `double()`, so that equal values have one representation.
 */
import type { XmlValue } from './xmlValue';

export type Value = null | boolean | string | number | bigint | Double | Decimal | XmlValue | ArrayValue | ObjectValue;
export type ArrayValue = readonly Value[];
export type ObjectValue = ReadonlyMap<string, Value>;

/** A whole-numbered double, kept apart from the integer that looks alike (`2.0`, `-0.0`, `1e3`). */
export class Double {
  constructor(readonly value: number) {}
}

/** A System.Decimal: `digits` × 10^-`scale`, 0 ≤ scale ≤ 28; trailing zeros are kept (`1.10` has scale 2). */
export class Decimal {
  constructor(
    readonly digits: bigint,
    readonly scale: number,
  ) {}
}

const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);
const MIN_SAFE = BigInt(Number.MIN_SAFE_INTEGER);

/** The value of an integer given as bigint: a `number` when that is exact. The caller checks the 64-bit range. */
export function integer(value: bigint): number | bigint {
  return value <= MAX_SAFE && value >= MIN_SAFE ? Number(value) : value;
}

/** The value of a double: a bare `number` when it cannot be taken for an integer. */
export function double(value: number): number | Double {
  return Number.isInteger(value) ? new Double(value) : value;
}

export function isObject(value: Value | undefined): value is ObjectValue {
  return value instanceof Map;
}

export function isArray(value: Value | undefined): value is ArrayValue {
  return Array.isArray(value);
}

/** True for a 64-bit integer in either representation. */
export function isInteger(value: Value | undefined): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
}

/** An ordered object from literal members; members given as `undefined` are left out. */
export function objectOf(members: Readonly<Record<string, Value | undefined>>): ObjectValue {
  const map = new Map<string, Value>();
  // Not `Object.entries`: this is called for every action of every run.
  for (const key of Object.keys(members)) {
    const value = members[key];
    if (value !== undefined) map.set(key, value);
  }
  return map;
}
