/** Checks of unknown values against types: what crosses the boundary is believed only after it has been looked at. */
import type { PlainJson } from '../../language/workflow/changes/textStyle';

/** True when the value has the type. */
export type Check<T> = (value: unknown) => value is T;

type Checked<C> = C extends Check<infer T> ? T : never;

export const isString: Check<string> = (value) => typeof value === 'string';
export const isBoolean: Check<boolean> = (value) => typeof value === 'boolean';
export const isNumber: Check<number> = (value): value is number => typeof value === 'number' && Number.isFinite(value);
/** An offset or a version: not negative, whole. */
export const isCount: Check<number> = (value): value is number => Number.isInteger(value) && Number(value) >= 0;

export function isOneOf<const T extends string>(...choices: readonly T[]): Check<T> {
  return (value): value is T => choices.some((choice) => choice === value);
}

export function isLiteral<const T extends string | null>(literal: T): Check<T> {
  return (value): value is T => value === literal;
}

export function isListOf<T>(check: Check<T>): Check<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(check);
}

export function isEither<A, B>(first: Check<A>, second: Check<B>): Check<A | B> {
  return (value): value is A | B => first(value) || second(value);
}

/** Any JSON value. */
export function isPlainJson(value: unknown): value is PlainJson {
  switch (typeof value) {
    case 'boolean':
    case 'number':
    case 'string':
      return true;
    case 'object':
      return value === null || Object.values(value).every(isPlainJson);
    default:
      return false;
  }
}

/** The value may be missing or undefined; structured clones keep undefined, JSON drops it. */
export function isOptional<T>(check: Check<T>): Check<T | undefined> {
  return (value): value is T | undefined => value === undefined || check(value);
}

/** An object with at least these members. */
export function isShape<M extends Record<string, Check<unknown>>>(
  members: M,
): Check<{ readonly [K in keyof M]: Checked<M[K]> }> {
  return (value): value is { readonly [K in keyof M]: Checked<M[K]> } => {
    if (typeof value !== 'object' || value === null) return false;
    const entries = new Map(Object.entries(value));
    return Object.entries(members).every(([name, check]) => check(entries.get(name)));
  };
}

/** An object whose values all pass. */
export function isRecordOf<T>(check: Check<T>): Check<Readonly<Record<string, T>>> {
  return (value): value is Readonly<Record<string, T>> =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(check);
}
