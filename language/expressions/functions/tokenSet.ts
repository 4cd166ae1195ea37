/** Sets of values, equal as tokens: found by a text that equal values share, so that large arrays stay quick. */
import { Decimal, Double, isArray, isInteger, isObject } from '../../json/value';
import type { ArrayValue, Value } from '../../json/value';
import { contentOf } from '../../json/content';
import { quote } from '../../json/stringify';
import { sameToken } from '../compare';
import { toDouble } from '../numbers/decimal';

/** Equal values have equal keys; values with equal keys are compared. The order of properties does not count. */
function keyOf(value: Value): string {
  if (typeof value === 'string') return quote(value);
  if (value === null || typeof value === 'boolean' || isInteger(value)) return String(value);
  if (typeof value === 'number' || value instanceof Double || value instanceof Decimal) return `~${toDouble(value)}`;
  if (isArray(value)) return `[${value.map(keyOf).join()}]`;
  if (isObject(value))
    return `{${[...value]
      .map(([name, member]) => quote(name) + keyOf(member))
      .sort()
      .join()}}`;
  return keyOf(contentOf(value));
}

export class TokenSet {
  readonly #buckets = new Map<string, Value[]>();

  constructor(values: ArrayValue) {
    for (const value of values) this.add(value);
  }

  has(value: Value): boolean {
    return this.#buckets.get(keyOf(value))?.some((each) => sameToken(each, value)) ?? false;
  }

  /** False when an equal value is there already. */
  add(value: Value): boolean {
    const key = keyOf(value);
    const bucket = this.#buckets.get(key);
    if (bucket === undefined) this.#buckets.set(key, [value]);
    else if (bucket.some((each) => sameToken(each, value))) return false;
    else bucket.push(value);
    return true;
  }
}

/** The values of all arrays, each once, in the order they come first. */
export function distinctTokens(arrays: readonly ArrayValue[]): Value[] {
  const seen = new TokenSet([]);
  return arrays.flatMap((array) => array.filter((value) => seen.add(value)));
}
