/** When two values are equal, and which comes first. */
import { Decimal, Double, isObject, isArray } from '../json/value';
import type { ArrayValue, ObjectValue, Value } from '../json/value';
import { XmlValue } from '../json/xmlValue';
import { contentOf } from '../json/content';
import { compareNumbers } from './numbers/arithmetic';
import type { Numeric } from './numbers/decimal';

function isNumber(value: Value): value is Numeric {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Double || value instanceof Decimal;
}

/** By UTF-16 code units, as string.CompareOrdinal. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function sameArray(left: ArrayValue, right: ArrayValue, same: (a: Value, b: Value) => boolean): boolean {
  return left.length === right.length && left.every((item, index) => same(item, right[index] ?? null));
}

function sameObject(left: ObjectValue, right: ObjectValue, same: (a: Value, b: Value) => boolean): boolean {
  if (left.size !== right.size) return false;
  for (const [key, member] of left) {
    const other = right.get(key);
    if (other === undefined || !same(member, other)) return false;
  }
  return true;
}

/** Newtonsoft's JToken.DeepEquals: an integer never equals a double. Used to find items in collections. */
export function sameToken(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (isNumber(left) && isNumber(right)) {
    return isWhole(left) === isWhole(right) && compareNumbers(left, right) === 0;
  }
  return sameStructure(left, right, sameToken);
}

function isWhole(value: Numeric): boolean {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
}

function sameStructure(left: Value, right: Value, same: (a: Value, b: Value) => boolean): boolean {
  if (left instanceof XmlValue) return same(contentOf(left), right);
  if (right instanceof XmlValue) return same(left, contentOf(right));
  if (isArray(left) && isArray(right)) return sameArray(left, right, same);
  return isObject(left) && isObject(right) && sameObject(left, right, same);
}

/** equals(): numbers by value whatever their type, booleans also against their JSON text and against 0 and 1 (the documented example). */
export function equalValues(left: Value, right: Value): boolean {
  if (left === right) return !Number.isNaN(left);
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
  if (typeof left === 'boolean') return equalsBoolean(left, right);
  if (typeof right === 'boolean') return equalsBoolean(right, left);
  return sameStructure(left, right, equalValues);
}

function equalsBoolean(left: boolean, right: Value): boolean {
  if (typeof right === 'string') return right === String(left);
  return isNumber(right) && compareNumbers(right, left ? 1 : 0) === 0;
}

/** Orders two numbers or two strings; NaN when a NaN is involved; undefined when they cannot be ordered. */
export function orderOf(left: Value, right: Value): number | undefined {
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  return isNumber(left) && isNumber(right) ? compareNumbers(left, right) : undefined;
}
