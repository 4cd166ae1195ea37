/** Runs conformance cases of the form of `eval --batch`, and compares as their README says. */
import { evaluateExpression, evaluateJsonContext, evaluateValue } from '../../../language/expressions/index';
import type { Outcome } from '../../../language/expressions/index';
import { parseValue } from '../../../language/json/parse';
import { numberText } from '../../../language/json/numberText';
import { stringify } from '../../../language/json/stringify';
import { Decimal, Double } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { XmlValue } from '../../../language/json/xmlValue';
import { contentOf } from '../../../language/json/content';

export interface Case {
  readonly id: string;
  readonly expr?: string;
  readonly value?: Value;
  readonly context?: Value;
  readonly expect?: Value;
  readonly error?: boolean;
  readonly errorHint?: string;
  readonly compare?: string;
  readonly ordered?: boolean;
}

/** Reads a file of cases; values stay exact. */
export function readCases(text: string): Case[] {
  const parsed = parseValue(text);
  if (!parsed.ok) throw new Error(parsed.message);
  if (!Array.isArray(parsed.value)) throw new Error('An array of cases is expected.');
  return (parsed.value as readonly Value[]).map((entry) => {
    if (!(entry instanceof Map)) throw new Error('A case is an object.');
    const map: ReadonlyMap<string, Value> = entry;
    const text = (name: string): string | undefined => {
      const value = map.get(name);
      return typeof value === 'string' ? value : undefined;
    };
    return {
      id: text('id') ?? '',
      ...(map.has('expr') ? { expr: text('expr') ?? '' } : undefined),
      ...(map.has('value') ? { value: map.get('value') ?? null } : undefined),
      ...(map.has('context') ? { context: map.get('context') ?? null } : undefined),
      ...(map.has('expect') ? { expect: map.get('expect') ?? null } : undefined),
      error: map.get('error') === true,
      ordered: map.get('ordered') === true,
      ...(map.has('errorHint') ? { errorHint: text('errorHint') ?? '' } : undefined),
      compare: text('compare') ?? 'exact',
    };
  });
}

export function run(test: Case): Outcome {
  const context = evaluateJsonContext(test.context ?? null);
  if (test.expr !== undefined) return evaluateExpression(test.expr, context);
  return evaluateValue(test.value ?? null, context);
}

/** What is wrong with the outcome; undefined when it is as expected. */
export function complaint(test: Case, outcome: Outcome): string | undefined {
  if (test.error === true) {
    return outcome.ok ? `gave ${stringify(outcome.value)} instead of an error` : undefined;
  }
  if (!outcome.ok) return `failed: ${outcome.failure.message}`;
  const expected = test.expect ?? null;
  let actual = outcome.value;
  if (test.compare === 'regex') {
    const matches =
      typeof actual === 'string' && typeof expected === 'string' && new RegExp(expected, 'u').test(actual);
    return matches ? undefined : `gave ${stringify(actual)}, which does not match`;
  }
  if (test.compare === 'json' && typeof actual === 'string') {
    const parsed = parseValue(actual);
    if (!parsed.ok) return `gave ${actual}, which is no JSON`;
    actual = parsed.value;
  }
  return same(actual, expected, test.ordered === true)
    ? undefined
    : `gave ${stringify(actual)} instead of ${stringify(expected)}`;
}

function numeric(value: Value): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Double || value instanceof Decimal) {
    return numberText(value);
  }
  return undefined;
}

/** Deep equality; numbers by value. */
function same(left: Value, right: Value, ordered: boolean): boolean {
  if (left instanceof XmlValue) return same(contentOf(left), right, ordered);
  const a = numeric(left);
  const b = numeric(right);
  if (a !== undefined && b !== undefined) return a === b || Number(a) === Number(b);
  if (Array.isArray(left) && Array.isArray(right)) {
    const others: readonly Value[] = right;
    return (
      left.length === others.length &&
      (left as readonly Value[]).every((item, index) => same(item, others[index] ?? null, ordered))
    );
  }
  if (left instanceof Map && right instanceof Map) {
    const mine: ReadonlyMap<string, Value> = left;
    const others: ReadonlyMap<string, Value> = right;
    if (mine.size !== others.size) return false;
    if (ordered && [...mine.keys()].join('\n') !== [...others.keys()].join('\n')) return false;
    return [...mine].every(([key, member]) => others.has(key) && same(member, others.get(key) ?? null, ordered));
  }
  return left === right;
}
