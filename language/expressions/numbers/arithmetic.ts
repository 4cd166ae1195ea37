/**
 * add, sub, mul, div and mod on the numbers of the platform. A decimal makes the result a decimal, else a double makes it a double;
 * integers are 64-bit and checked. The rules are .NET's, observed on the host.
 */
import { Decimal, Double, double, integer } from '../../json/value';
import type { Value } from '../../json/value';
import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  multiplyDecimals,
  remainderOfDecimals,
  subtractDecimals,
  toDecimal,
  toDouble,
} from './decimal';
import type { Numeric } from './decimal';

export type Operation = 'add' | 'sub' | 'mul' | 'div' | 'mod';

/** Why there is no result. */
export class ArithmeticFault {
  constructor(readonly reason: 'overflow' | 'divisionByZero') {}
}

const OVERFLOW = new ArithmeticFault('overflow');
const DIVISION_BY_ZERO = new ArithmeticFault('divisionByZero');

const MAX_INTEGER = 0x7fff_ffff_ffff_ffffn;
const MIN_INTEGER = -0x8000_0000_0000_0000n;

function isWhole(value: Numeric): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
}

/** An integer of the platform, or undefined outside of 64 bits. */
export function checkedInteger(value: bigint): number | bigint | undefined {
  return value > MAX_INTEGER || value < MIN_INTEGER ? undefined : integer(value);
}

export function calculate(operation: Operation, left: Numeric, right: Numeric): Value | ArithmeticFault {
  if (left instanceof Decimal || right instanceof Decimal) return onDecimals(operation, left, right);
  if (isWhole(left) && isWhole(right)) return onIntegers(operation, left, right);
  return onDoubles(operation, toDouble(left), toDouble(right));
}

function onIntegers(operation: Operation, left: number | bigint, right: number | bigint): Value | ArithmeticFault {
  if (typeof left === 'number' && typeof right === 'number') {
    const quick = onSafeIntegers(operation, left, right);
    if (quick !== undefined) return quick;
  }
  const a = BigInt(left);
  const b = BigInt(right);
  if ((operation === 'div' || operation === 'mod') && b === 0n) return DIVISION_BY_ZERO;
  return checkedInteger(onBigints(operation, a, b)) ?? OVERFLOW;
}

/** The result when plain arithmetic is exact, else undefined. */
function onSafeIntegers(operation: Operation, left: number, right: number): number | undefined {
  let result: number;
  switch (operation) {
    case 'add':
      result = left + right;
      break;
    case 'sub':
      result = left - right;
      break;
    case 'mul':
      result = left * right;
      break;
    case 'div':
      if (right === 0) return undefined;
      result = Math.trunc(left / right);
      // A quotient of large numbers may have been rounded up to the next integer.
      if (Math.abs(left) > 0x1_0000_0000_0000) return undefined;
      break;
    case 'mod':
      if (right === 0) return undefined;
      result = left % right;
      break;
  }
  if (!Number.isSafeInteger(result)) return undefined;
  return result === 0 ? 0 : result;
}

function onBigints(operation: Operation, a: bigint, b: bigint): bigint {
  switch (operation) {
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      return a * b;
    case 'div':
      return a / b;
    case 'mod':
      return a % b;
  }
}

function onDoubles(operation: Operation, a: number, b: number): Value | ArithmeticFault {
  switch (operation) {
    case 'add':
      return double(a + b);
    case 'sub':
      return double(a - b);
    case 'mul':
      return double(a * b);
    case 'div':
      // The documentation: the divisor "can't be 0"; JSON has no infinity to give back.
      return b === 0 ? DIVISION_BY_ZERO : double(a / b);
    case 'mod':
      return b === 0 ? DIVISION_BY_ZERO : double(a % b);
  }
}

function onDecimals(operation: Operation, left: Numeric, right: Numeric): Value | ArithmeticFault {
  const a = toDecimal(left);
  const b = toDecimal(right);
  if (a === undefined || b === undefined) return OVERFLOW;
  if ((operation === 'div' || operation === 'mod') && b.digits === 0n) return DIVISION_BY_ZERO;
  switch (operation) {
    case 'add':
      return addDecimals(a, b) ?? OVERFLOW;
    case 'sub':
      return subtractDecimals(a, b) ?? OVERFLOW;
    case 'mul':
      return multiplyDecimals(a, b) ?? OVERFLOW;
    case 'div':
      return divideDecimals(a, b) ?? OVERFLOW;
    case 'mod':
      return remainderOfDecimals(a, b) ?? OVERFLOW;
  }
}

/**
 * Orders two numbers: negative, zero or positive; NaN when one of them is NaN. Undefined when one is too large to compare with a decimal.
 */
export function compareNumbers(left: Numeric, right: Numeric): number | undefined {
  if (left instanceof Decimal || right instanceof Decimal) {
    const a = toDecimal(left);
    const b = toDecimal(right);
    return a === undefined || b === undefined ? undefined : compareDecimals(a, b);
  }
  if (left instanceof Double || right instanceof Double || typeof left === typeof right) {
    const a = toDouble(left);
    const b = toDouble(right);
    if (typeof left === 'bigint' && typeof right === 'bigint') return left < right ? -1 : left > right ? 1 : 0;
    return a < b ? -1 : a > b ? 1 : a === b ? 0 : NaN;
  }
  // A number and a bigint: JavaScript compares them exactly.
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The larger or smaller of two numbers, in the common type of both. */
export function extreme(which: 'max' | 'min', left: Numeric, right: Numeric): Value | ArithmeticFault {
  const order = compareNumbers(left, right);
  if (order === undefined) return OVERFLOW;
  if (Number.isNaN(order)) return NaN;
  const chosen = (which === 'max') === order >= 0 ? left : right;
  if (left instanceof Decimal || right instanceof Decimal) return toDecimal(chosen) ?? OVERFLOW;
  return isWhole(left) && isWhole(right) ? chosen : double(toDouble(chosen));
}
