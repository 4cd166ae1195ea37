/** Names without regard to case, by .NET's OrdinalIgnoreCase: character by character, in upper case. */
import type { ObjectValue, Value } from '../json/value';

const ASCII = /^[\x00-\x7f]*$/;

/** Upper case as .NET's ToUpperInvariant: never changes the length, and the dotless i stays what it is. */
export function upperInvariant(text: string): string {
  return ASCII.test(text) ? text.toUpperCase() : mapped(text, 'ı', (character) => character.toUpperCase());
}

/** Lower case as .NET's ToLowerInvariant. */
export function lowerInvariant(text: string): string {
  return ASCII.test(text) ? text.toLowerCase() : mapped(text, 'İ', (character) => character.toLowerCase());
}

/** Maps each character for itself; one whose mapping has another length, or the exception, stays. */
function mapped(text: string, exception: string, map: (character: string) => string): string {
  let result = '';
  for (const character of text) {
    const other = character === exception ? character : map(character);
    result += other.length === character.length ? other : character;
  }
  return result;
}

export function sameName(left: string, right: string): boolean {
  return left === right || (left.length === right.length && upperInvariant(left) === upperInvariant(right));
}

/** The key of an object that a name means: the very same, else the first that differs in case only. */
export function keyOf(object: ObjectValue, name: string): string | undefined {
  if (object.has(name)) return name;
  const upper = upperInvariant(name);
  for (const key of object.keys()) {
    if (key.length === name.length && upperInvariant(key) === upper) return key;
  }
  return undefined;
}

/** A member by name without regard to case; undefined when there is none. */
export function memberOf(object: ObjectValue, name: string): Value | undefined {
  const exact = object.get(name);
  if (exact !== undefined) return exact;
  const key = keyOf(object, name);
  return key === undefined ? undefined : object.get(key);
}
