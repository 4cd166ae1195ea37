/** Values inside of values: reading and replacing a member by its path, and what a person types for one. */
import { parseValue } from '../../language/json/parse';
import { isArray, isObject } from '../../language/json/value';
import type { Value } from '../../language/json/value';

/** What a person typed. In place of a string, a text that is no JSON means itself. */
export function typedValue(text: string, isString: boolean): Value | undefined {
  const read = parseValue(text);
  if (read.ok) return isString && typeof read.value !== 'string' ? text : read.value;
  return isString ? text : undefined;
}

/** Undefined when there is nothing at the path. */
export function valueAt(root: Value, path: readonly (string | number)[]): Value | undefined {
  let value: Value | undefined = root;
  for (const step of path) {
    if (isArray(value) && typeof step === 'number') value = value[step];
    else if (isObject(value) && typeof step === 'string') value = value.get(step);
    else return undefined;
  }
  return value;
}

/** A copy with another member at the path. */
export function replaced(root: Value, path: readonly (string | number)[], value: Value): Value {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (isArray(root)) return root.map((each, index) => (index === step ? replaced(each, rest, value) : each));
  if (isObject(root)) {
    return new Map([...root].map(([name, each]) => [name, name === step ? replaced(each, rest, value) : each]));
  }
  return root;
}
