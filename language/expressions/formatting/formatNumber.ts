/** Writes numbers by .NET's standard and custom numeric format strings. */
import { Decimal, Double, isInteger } from '../../json/value';
import type { Value } from '../../json/value';
import { MAX_FORMAT } from '../text';
import { customNumber } from './customNumber';
import { decimalDigits, exactDigits, fractionPart, roundedToDigits, roundedToPlaces, wholePart } from './decimalDigits';
import type { DecimalDigits } from './decimalDigits';
import { groupDigits } from './numberCulture';
import type { NumberCulture } from './numberCulture';

export type Formattable = number | bigint | Double | Decimal;

export function isFormattable(value: Value): value is Formattable {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Double || value instanceof Decimal;
}

/** .NET asks for so many digits of a double before a custom format looks at them. */
const CUSTOM_DIGITS = 15;

/** The text of a number, or undefined for a format that .NET refuses for it. */
export function formatNumberBy(value: Formattable, format: string, culture: NumberCulture): string | undefined {
  if (format.length > MAX_FORMAT) return undefined;
  const plain = plainText(value);
  if (!/\d/.test(plain)) return plain === '-Infinity' ? `${culture.negative}∞` : plain === 'Infinity' ? '∞' : plain;
  if (format === '') return shortest(value, 'E', culture);
  const double = doubleOf(value);
  const digits = double === undefined ? decimalDigits(plain) : exactDigits(double);
  const standard = /^([A-Za-z])(\d{0,9})$/.exec(format);
  if (standard === null) {
    const known = double === undefined ? digits : { ...roundedToDigits(digits, CUSTOM_DIGITS), isDouble: false };
    return customNumber(known, format, culture);
  }
  const letter = standard[1] ?? '';
  const precision = standard[2] === '' || standard[2] === undefined ? undefined : Number(standard[2]);
  // A precision that fills the memory is no format; .NET's own limit is higher than anyone needs.
  if (precision !== undefined && precision > 1_000) return undefined;
  switch (letter.toUpperCase()) {
    case 'C':
      return currency(digits, precision ?? culture.currencyDigits, culture);
    case 'D':
      return isInteger(value) ? signed(digits, wholePart(digits, Math.max(1, precision ?? 0)), culture) : undefined;
    case 'E':
      return exponential(digits, precision ?? 6, letter, 3, culture);
    case 'F':
      return fixed(digits, precision ?? 2, culture);
    case 'G':
      return general(value, digits, precision ?? 0, letter === 'g' ? 'e' : 'E', culture);
    case 'N':
      return grouped(digits, precision ?? 2, culture);
    case 'P':
      return percentage(digits, precision ?? 2, culture);
    case 'R':
      return double === undefined ? undefined : shortest(value, 'E', culture);
    case 'X':
      return isInteger(value) ? radix(BigInt(value), 16, precision ?? 1, letter === 'x') : undefined;
    case 'B':
      return isInteger(value) ? radix(BigInt(value), 2, precision ?? 1, true) : undefined;
    default:
      return undefined;
  }
}

function plainText(value: Formattable): string {
  if (value instanceof Double) return Object.is(value.value, -0) ? '-0' : String(value.value);
  if (!(value instanceof Decimal)) return String(value);
  const sign = value.digits < 0n ? '-' : '';
  const text = String(value.digits < 0n ? -value.digits : value.digits).padStart(value.scale + 1, '0');
  return value.scale === 0 ? sign + text : `${sign}${text.slice(0, -value.scale)}.${text.slice(-value.scale)}`;
}

function doubleOf(value: Formattable): number | undefined {
  if (value instanceof Double) return value.value;
  return typeof value === 'number' && !Number.isInteger(value) ? value : undefined;
}

/** A double that rounds to zero keeps its sign, as in .NET Core 3.0 and later. */
function isNegative({ negative, digits, isDouble }: DecimalDigits): boolean {
  return negative && (digits !== '' || isDouble);
}

function signed(value: DecimalDigits, text: string, culture: NumberCulture): string {
  return isNegative(value) ? culture.negative + text : text;
}

function withPoint(whole: string, fraction: string, culture: NumberCulture): string {
  return fraction === '' ? whole : whole + culture.decimal + fraction;
}

function fixed(value: DecimalDigits, places: number, culture: NumberCulture): string {
  const rounded = roundedToPlaces(value, places);
  return signed(rounded, withPoint(wholePart(rounded), fractionPart(rounded, places), culture), culture);
}

function absoluteGrouped(value: DecimalDigits, places: number, culture: NumberCulture): string {
  return withPoint(groupDigits(wholePart(value), culture), fractionPart(value, places), culture);
}

function grouped(value: DecimalDigits, places: number, culture: NumberCulture): string {
  const rounded = roundedToPlaces(value, places);
  return signed(rounded, absoluteGrouped(rounded, places, culture), culture);
}

function currency(value: DecimalDigits, places: number, culture: NumberCulture): string {
  const rounded = roundedToPlaces(value, places);
  const pattern = isNegative(rounded) ? culture.negativeCurrencyPattern : culture.currencyPattern;
  const { currencyDecimal, currencyGroup } = culture;
  const number = absoluteGrouped(rounded, places, { ...culture, decimal: currencyDecimal, group: currencyGroup });
  return filled(pattern, number, culture);
}

function percentage(value: DecimalDigits, places: number, culture: NumberCulture): string {
  const hundredfold = value.digits === '' ? value : { ...value, exponent: value.exponent + 2 };
  const rounded = roundedToPlaces(hundredfold, places);
  const pattern = isNegative(rounded) ? culture.negativePercentPattern : culture.percentPattern;
  return filled(pattern, absoluteGrouped(rounded, places, culture), culture);
}

/** A pattern with its number and signs in place. */
function filled(pattern: string, number: string, culture: NumberCulture): string {
  return pattern.replaceAll(/[n$%-]/g, (mark) => {
    if (mark === 'n') return number;
    return mark === '$' ? culture.currencySymbol : mark === '%' ? culture.percent : culture.negative;
  });
}

function exponential(
  value: DecimalDigits,
  places: number,
  letter: string,
  least: number,
  culture: NumberCulture,
): string {
  const rounded = roundedToDigits(value, places + 1);
  const digits = rounded.digits.padEnd(places + 1, '0');
  const exponent = rounded.digits === '' ? 0 : rounded.exponent - 1;
  const mantissa = withPoint(digits.slice(0, 1), digits.slice(1), culture);
  const power = `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(least, '0')}`;
  return signed(rounded, `${mantissa}${letter}${power}`, culture);
}

/** The shortest text that reads back the same; doubles turn to powers of ten where .NET does. */
function shortest(value: Formattable, letter: string, culture: NumberCulture): string {
  const isDouble = doubleOf(value) !== undefined;
  const digits = { ...decimalDigits(plainText(value)), isDouble };
  const count = digits.digits.length;
  if (isDouble && (digits.exponent > Math.max(count, 15) || digits.exponent < -3)) {
    return exponential(digits, Math.max(0, count - 1), letter, 2, culture);
  }
  const places = value instanceof Decimal ? value.scale : Math.max(0, count - digits.exponent);
  return signed(digits, withPoint(wholePart(digits), fractionPart(digits, places), culture), culture);
}

function general(
  value: Formattable,
  digits: DecimalDigits,
  precision: number,
  letter: string,
  culture: NumberCulture,
): string {
  if (precision === 0) return shortest(value, letter, culture);
  const rounded = roundedToDigits(digits, precision);
  const count = rounded.digits.length;
  if (rounded.exponent > precision || rounded.exponent < -3) {
    return exponential(rounded, Math.max(0, count - 1), letter, 2, culture);
  }
  const places = Math.max(0, count - rounded.exponent);
  return signed(rounded, withPoint(wholePart(rounded), fractionPart(rounded, places), culture), culture);
}

/** Negative numbers in two's complement, of 32 bits when they fit and 64 else. */
function radix(value: bigint, base: 2 | 16, least: number, lower: boolean): string {
  const bits = value >= -2147483648n ? 32 : 64;
  const text = BigInt.asUintN(value < 0n ? bits : 64, value).toString(base);
  return (lower ? text : text.toUpperCase()).padStart(least, '0');
}
