/** Numbers as .NET and Newtonsoft.Json write them. */
import type { Decimal } from './value';
import { Double } from './value';

/**
 * A double as `double.ToString(CultureInfo.InvariantCulture)` writes it: the shortest text that reads back as the same number,
 * scientific (`1E+15`, `5E-324`) below 10^-4 and, unless it has more digits than that, from 10^15 on.
 */
export function doubleText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return 'Infinity';
  if (value === -Infinity) return '-Infinity';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const magnitude = Math.abs(value);
  // Here JavaScript and .NET write the same.
  if (magnitude >= 1e-4 && magnitude < 1e15) return String(value);
  const [mantissa = '', exponentText = '0'] = magnitude.toExponential().split('e');
  const sign = value < 0 ? '-' : '';
  const exponent = Number(exponentText);
  const digits = mantissa.replace('.', '');
  if (exponent < 0 || exponent >= digits.length) {
    return `${sign}${mantissa}E${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  // All of the 16 or 17 digits that tell this double from its neighbours stand before the point, or most of them.
  const whole = digits.slice(0, exponent + 1);
  const fraction = digits.slice(exponent + 1);
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}

/** A decimal with all its trailing zeros, as `decimal.ToString()` writes it. */
export function decimalText(value: Decimal): string {
  const negative = value.digits < 0n;
  const digits = (negative ? -value.digits : value.digits).toString().padStart(value.scale + 1, '0');
  const point = digits.length - value.scale;
  const text = value.scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return negative ? `-${text}` : text;
}

/** A number as it stands in a string: `5` for the double 5.0. */
export function numberText(value: number | bigint | Double | Decimal): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : doubleText(value);
  return value instanceof Double ? doubleText(value.value) : decimalText(value);
}

/** A number as Newtonsoft.Json writes it: a double or decimal always shows that it is one (`5.0`, `1E+20`); NaN becomes a string. */
export function jsonNumberText(value: number | bigint | Double | Decimal): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') {
    if (Number.isInteger(value)) return String(value);
    return Number.isFinite(value) ? doubleText(value) : `"${doubleText(value)}"`;
  }
  const text = value instanceof Double ? doubleText(value.value) : decimalText(value);
  return /[.E]/.test(text) ? text : `${text}.0`;
}
