/**
 * Comparing what was expected with what was seen: an object asks for its members at least, an array for the same length and order,
 * a scalar for equality; `{"$any": true}` and its like say more.
 */
import { Decimal, Double, isArray, isInteger, isObject, objectOf } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import { stringify } from '../../language/json/stringify';
import { isNumber } from '../engine/variables';

export interface Mismatch {
  /** Where, such as `actions.Call.outputs.body`. */
  readonly path: string;
  readonly message: string;
}

/** Everything in which `actual` differs from what is expected. `exact`: objects may have no further members. */
export function mismatches(path: string, expected: Value, actual: Value | undefined, exact = false): Mismatch[] {
  if (isObject(expected)) {
    const operator = operatorOf(expected);
    if (operator !== undefined) return judge(path, operator[0], operator[1], actual, exact);
    if (!isObject(actual)) return [differs(path, expected, actual)];
    const found = [...expected].flatMap(([name, value]) =>
      mismatches(join(path, name), value, actual.get(name), exact),
    );
    if (!exact) return found;
    const extra = [...actual.keys()].filter((name) => !expected.has(name));
    return extra.length === 0 ? found : [...found, { path, message: `has further members: ${extra.join(', ')}` }];
  }
  if (isArray(expected)) {
    if (!isArray(actual)) return [differs(path, expected, actual)];
    if (actual.length !== expected.length) {
      return [{ path, message: `has ${actual.length} items where ${expected.length} are expected: ${shown(actual)}` }];
    }
    return expected.flatMap((value, index) => mismatches(`${path}[${index}]`, value, actual[index], exact));
  }
  return equalScalars(expected, actual) ? [] : [differs(path, expected, actual)];
}

function operatorOf(value: ObjectValue): readonly [string, Value] | undefined {
  const [first, second] = value;
  return first !== undefined && second === undefined && first[0].startsWith('$') && operators.has(first[0])
    ? first
    : undefined;
}

const operators = new Set([
  '$any',
  '$absent',
  '$oneOf',
  '$match',
  '$contains',
  '$endsWith',
  '$text',
  '$exact',
  '$subset',
]);

function judge(path: string, operator: string, value: Value, actual: Value | undefined, exact: boolean): Mismatch[] {
  const fails = (message: string): Mismatch[] => [{ path, message: `${message}: ${shown(actual)}` }];
  const text = typeof actual === 'string' ? actual : actual === undefined ? undefined : stringify(actual);
  switch (operator) {
    case '$any':
      return actual === undefined ? fails('is missing') : [];
    case '$absent':
      return actual === undefined || actual === null ? [] : fails('must be absent or null');
    case '$oneOf':
      return isArray(value) && value.some((each) => mismatches(path, each, actual, exact).length === 0)
        ? []
        : fails(`is none of ${shown(value)}`);
    case '$match':
      return typeof value === 'string' && text !== undefined && new RegExp(value).test(text)
        ? []
        : fails(`does not match ${shown(value)}`);
    case '$contains':
      return typeof value === 'string' && text?.includes(value) === true
        ? []
        : fails(`does not contain ${shown(value)}`);
    case '$endsWith':
      return typeof value === 'string' && text?.endsWith(value) === true
        ? []
        : fails(`does not end with ${shown(value)}`);
    case '$text':
      return typeof value === 'string' && text !== undefined && lines(value) === lines(text)
        ? []
        : fails(`is not the text ${shown(value)}`);
    case '$exact':
      return mismatches(path, value, actual, true);
    default:
      return mismatches(path, value, actual, false);
  }
}

/** Without regard to line ends, blanks at line ends and a last line break. */
function lines(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n+$/, '');
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function differs(path: string, expected: Value, actual: Value | undefined): Mismatch {
  return { path, message: `is ${shown(actual)}, expected ${shown(expected)}` };
}

function shown(value: Value | undefined): string {
  if (value === undefined) return 'missing';
  const text = stringify(value);
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}

function equalScalars(expected: Value, actual: Value | undefined): boolean {
  if (isNumber(expected) && isNumber(actual)) return equalNumbers(expected, actual);
  return expected === actual;
}

/** `120` equals `120.0`. */
function equalNumbers(left: number | bigint | Double | Decimal, right: number | bigint | Double | Decimal): boolean {
  if (isInteger(left) && isInteger(right)) return BigInt(left) === BigInt(right);
  return numeric(left) === numeric(right);
}

function numeric(value: number | bigint | Double | Decimal): number {
  if (value instanceof Double) return value.value;
  if (value instanceof Decimal) return Number(value.digits) / 10 ** value.scale;
  return Number(value);
}

/** The same value, all members included. */
export function equalValues(left: Value | undefined, right: Value): boolean {
  return mismatches('', right, left, true).length === 0;
}

/** A list of allowed values, or one. */
export function oneOf(path: string, value: Value, actual: Value | undefined): Mismatch[] {
  return mismatches(path, isArray(value) ? objectOf({ $oneOf: value }) : value, actual);
}
