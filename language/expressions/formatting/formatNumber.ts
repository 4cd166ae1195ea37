/** Writes numbers by .NET's standard and custom numeric format strings. */
import { Decimal, Double, isInteger } from '../../json/value';
import type { Value } from '../../json/value';
import { customNumber } from './customNumber';
import { decimalDigits, fractionPart, roundedToDigits, roundedToPlaces, wholePart } from './decimalDigits';
import type { DecimalDigits } from './decimalDigits';
import { groupDigits } from './numberCulture';
import type { NumberCulture } from './numberCulture';

export type Formattable = number | bigint | Double | Decimal;

export function isFormattable(value: Value): value is Formattable {
  return typeof value === 'number' || typeof value === 'bigint' || value instanceof Double || value instanceof Decimal;
}

/** The text of a number, or undefined for a format that .NET refuses for it. */
export function formatNumberBy(value: Formattable, format: string, culture: NumberCulture): string | undefined {
  const plain = plainText(value);
  if (!/\d/.test(plain)) return plain === '-Infinity' ? '-∞' : plain === 'Infinity' ? '∞' : plain;
  const digits = decimalDigits(plain);
  const standard = /^([A-Za-z])(\d{0,9})$/.exec(format);
  if (format === '' || standard === null)
    return format === '' ? general(value, digits, undefined, 'E', culture) : customNumber(digits, format, culture);
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
      return general(value, digits, precision, letter === 'g' ? 'e' : 'E', culture);
    case 'N':
      return grouped(digits, precision ?? 2, culture);
    case 'P':
      return percentage(digits, precision ?? 2, culture);
    case 'R':
      return isInteger(value) ? undefined : general(value, digits, undefined, 'E', culture);
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

function signed(value: DecimalDigits, text: string, culture: NumberCulture): string {
  return value.negative && value.digits !== '' ? culture.negative + text : text;
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
  const pattern = rounded.negative && rounded.digits !== '' ? culture.negativeCurrencyPattern : culture.currencyPattern;
  const number = absoluteGrouped(rounded, places, culture);
  return pattern.replaceAll(/[n$]/g, (mark) => (mark === 'n' ? number : culture.currencySymbol));
}

function percentage(value: DecimalDigits, places: number, culture: NumberCulture): string {
  const hundredfold = value.digits === '' ? value : { ...value, exponent: value.exponent + 2 };
  const rounded = roundedToPlaces(hundredfold, places);
  const number = absoluteGrouped(rounded, places, culture);
  return signed(rounded, culture.percentPattern.replace('n', number), culture);
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

function general(
  value: Formattable,
  digits: DecimalDigits,
  precision: number | undefined,
  letter: string,
  culture: NumberCulture,
): string {
  if (precision === undefined || precision === 0) {
    // The shortest text that reads back the same; doubles turn to powers of ten where .NET does.
    const scientific =
      !isInteger(value) && !(value instanceof Decimal) && (digits.exponent > 15 || digits.exponent < -3);
    if (scientific) return exponential(digits, Math.max(0, digits.digits.length - 1), letter, 2, culture);
    const scale = value instanceof Decimal ? value.scale : Math.max(0, digits.digits.length - digits.exponent);
    return signed(digits, withPoint(wholePart(digits), fractionPart(digits, scale), culture), culture);
  }
  const rounded = roundedToDigits(digits, precision);
  if (rounded.exponent > precision || rounded.exponent < -3) {
    return exponential(rounded, Math.max(0, rounded.digits.length - 1), letter, 2, culture);
  }
  const places = Math.max(0, rounded.digits.length - rounded.exponent);
  return signed(rounded, withPoint(wholePart(rounded), fractionPart(rounded, places), culture), culture);
}

/** Negative numbers in two's complement, of 32 bits when they fit and 64 else. */
function radix(value: bigint, base: 2 | 16, least: number, lower: boolean): string {
  const bits = value >= -2147483648n ? 32 : 64;
  const text = BigInt.asUintN(value < 0n ? bits : 64, value).toString(base);
  return (lower ? text : text.toUpperCase()).padStart(least, '0');
}
