/** Sets of values, equal as tokens: found by their JSON text, so that large arrays stay quick. */
import { Decimal, Double, isObject, isArray } from '../../json/value';
import type { ArrayValue, Value } from '../../json/value';
import { stringify } from '../../json/stringify';
import { sameToken } from '../compare';

/** Equal values have equal keys; values with equal keys are compared. */
function keyOf(value: Value): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint' || typeof value === 'number')
    return value;
  if (typeof value === 'string') return `"${value}`;
  if (value instanceof Double || value instanceof Decimal) return 'number';
  if (isArray(value)) return stringify(value);
  // The order of properties does not count.
  return isObject(value) ? [...value.keys()].sort().join('\n') : 'object';
}

export class TokenSet {
  readonly #buckets = new Map<unknown, Value[]>();

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
