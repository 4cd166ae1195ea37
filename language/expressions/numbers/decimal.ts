/** Arithmetic of .NET's System.Decimal: 96-bit integers with a scale of 0 to 28, rounding half to even. */
import { Decimal, Double } from '../../json/value';

const MAX_DIGITS = (1n << 96n) - 1n;
const MAX_SCALE = 28;
const TEN = 10n;

/** A double carries fifteen digits into a decimal, as `(decimal)value` does in .NET. */
const DOUBLE_DIGITS = 15;

export function power(exponent: number): bigint {
  return TEN ** BigInt(exponent);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Divides and rounds half to even. */
function roundedDivide(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const over = magnitude(dividend);
  const under = magnitude(divisor);
  let quotient = over / under;
  const twice = (over % under) * 2n;
  if (twice > under || (twice === under && quotient % 2n === 1n)) quotient += 1n;
  return negative ? -quotient : quotient;
}

/** The decimal nearest to digits × 10^-scale; undefined when it is out of range. */
export function decimalOf(digits: bigint, scale: number): Decimal | undefined {
  let value = digits;
  let places = scale;
  if (places < 0) {
    value *= power(-places);
    places = 0;
  }
  if (places <= MAX_SCALE && magnitude(value) <= MAX_DIGITS) return new Decimal(value, places);
  // Round once, from the exact digits: rounding twice could go astray.
  let drop = Math.max(places - MAX_SCALE, magnitude(value).toString().length - 29);
  for (; drop <= places; drop++) {
    const rounded = drop <= 0 ? value : roundedDivide(value, power(drop));
    if (magnitude(rounded) <= MAX_DIGITS) return new Decimal(rounded, places - Math.max(drop, 0));
  }
  return undefined;
}

export function decimalFromInteger(value: number | bigint): Decimal {
  return new Decimal(BigInt(value), 0);
}

/** Undefined for what a decimal cannot hold. */
export function decimalFromDouble(value: number): Decimal | undefined {
  if (!Number.isFinite(value)) return undefined;
  if (value === 0) return new Decimal(0n, 0);
  const [mantissa = '', exponent = '0'] = value.toExponential(DOUBLE_DIGITS - 1).split('e');
  const negative = mantissa.startsWith('-');
  const digits = mantissa.replace(/[-.]/g, '').replace(/0+$/, '');
  const scale = digits.length - 1 - Number(exponent);
  const result = decimalOf(BigInt(negative ? `-${digits}` : digits), scale);
  return result === undefined || scale <= MAX_SCALE ? result : trimmed(result);
}

function trimmed(value: Decimal): Decimal {
  let { digits, scale } = value;
  while (scale > 0 && digits % TEN === 0n) {
    digits /= TEN;
    scale--;
  }
  return new Decimal(digits, scale);
}

export function decimalToDouble(value: Decimal): number {
  return Number(`${value.digits}e-${value.scale}`);
}

/** Two decimals with the same scale. */
function aligned(left: Decimal, right: Decimal): readonly [bigint, bigint, number] {
  const scale = Math.max(left.scale, right.scale);
  return [left.digits * power(scale - left.scale), right.digits * power(scale - right.scale), scale];
}

export function addDecimals(left: Decimal, right: Decimal): Decimal | undefined {
  const [a, b, scale] = aligned(left, right);
  return decimalOf(a + b, scale);
}

export function subtractDecimals(left: Decimal, right: Decimal): Decimal | undefined {
  const [a, b, scale] = aligned(left, right);
  return decimalOf(a - b, scale);
}

export function multiplyDecimals(left: Decimal, right: Decimal): Decimal | undefined {
  return decimalOf(left.digits * right.digits, left.scale + right.scale);
}

/** The divisor is not zero. The quotient has as few places as it needs, at least the difference of the scales. */
export function divideDecimals(left: Decimal, right: Decimal): Decimal | undefined {
  const preferred = Math.max(0, left.scale - right.scale);
  for (let scale = preferred; scale <= MAX_SCALE; scale++) {
    const shift = scale - left.scale + right.scale;
    const dividend = shift >= 0 ? left.digits * power(shift) : left.digits;
    const divisor = shift >= 0 ? right.digits : right.digits * power(-shift);
    if (dividend % divisor === 0n) return decimalOf(dividend / divisor, scale);
  }
  // It does not come out even: take as many digits as fit, rounded once.
  for (let scale = MAX_SCALE; scale >= 0; scale--) {
    const shift = scale - left.scale + right.scale;
    const dividend = shift >= 0 ? left.digits * power(shift) : left.digits;
    const divisor = shift >= 0 ? right.digits : right.digits * power(-shift);
    const quotient = roundedDivide(dividend, divisor);
    if (magnitude(quotient) <= MAX_DIGITS) return new Decimal(quotient, scale);
  }
  return undefined;
}

/** The divisor is not zero. The sign is the dividend's. */
export function remainderOfDecimals(left: Decimal, right: Decimal): Decimal | undefined {
  const [a, b, scale] = aligned(left, right);
  return decimalOf(a % b, scale);
}

export function compareDecimals(left: Decimal, right: Decimal): number {
  const [a, b] = aligned(left, right);
  return a < b ? -1 : a > b ? 1 : 0;
}

export type Numeric = number | bigint | Double | Decimal;

/** Undefined when the number is out of a decimal's range. */
export function toDecimal(value: Numeric): Decimal | undefined {
  if (value instanceof Decimal) return value;
  if (value instanceof Double) return decimalFromDouble(value.value);
  if (typeof value === 'bigint' || Number.isInteger(value)) return decimalFromInteger(value);
  return decimalFromDouble(value);
}

export function toDouble(value: Numeric): number {
  if (typeof value === 'number') return value;
  if (value instanceof Double) return value.value;
  return value instanceof Decimal ? decimalToDouble(value) : Number(value);
}
