/** Typed reading of members of a scenario file's values. */
import { isArray, isObject } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import { numberOf } from '../engine/numbers';

/** A scenario file that does not follow the format. The message names the member. */
export class ScenarioError extends Error {}

export function objectField(from: ObjectValue, name: string): ObjectValue | undefined {
  const value = from.get(name);
  if (value === undefined || value === null) return undefined;
  if (isObject(value)) return value;
  throw new ScenarioError(`"${name}" must be an object.`);
}

export function arrayField(from: ObjectValue, name: string): readonly Value[] | undefined {
  const value = from.get(name);
  if (value === undefined || value === null) return undefined;
  if (isArray(value)) return value;
  throw new ScenarioError(`"${name}" must be an array.`);
}

export function stringField(from: ObjectValue, name: string): string | undefined {
  const value = from.get(name);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new ScenarioError(`"${name}" must be a string.`);
}

export function numberField(from: ObjectValue, name: string): number | undefined {
  return numberOf(from.get(name));
}

export function booleanField(from: ObjectValue, name: string): boolean {
  return from.get(name) === true;
}

/** One string or a list of them. */
export function stringsField(from: ObjectValue, name: string): readonly string[] | undefined {
  const value = from.get(name);
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return [value];
  if (isArray(value)) return value.filter((each): each is string => typeof each === 'string');
  throw new ScenarioError(`"${name}" must be a string or an array of strings.`);
}

export function integersField(from: ObjectValue, name: string): readonly number[] | undefined {
  return arrayField(from, name)?.flatMap((each) => numberOf(each) ?? []);
}
