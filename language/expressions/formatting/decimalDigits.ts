/**
 * A number as decimal digits, rounded as .NET rounds it for display: integers and decimals half away from zero, doubles by their exact
 * binary value and half to even (.NET Core 3.0 and later; "Standard numeric format strings", precision specifier).
 */

/** 0.`digits` × 10^`exponent`; no leading or trailing zeros. Zero has no digits. */
export interface DecimalDigits {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
  /** A double: its halves go to even, and a negative one stays negative when nothing is left of it. */
  readonly isDouble: boolean;
}

/** Takes a number's plain or scientific text apart, such as `-12.50`, `1e21` or `5E-324`. */
export function decimalDigits(text: string): DecimalDigits {
  const match = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(text);
  const whole = match?.[2] ?? '';
  const all = whole + (match?.[3] ?? '');
  const leading = /^0*/.exec(all)?.[0].length ?? 0;
  const digits = all.slice(leading).replace(/0+$/, '');
  const exponent = digits === '' ? 0 : whole.length - leading + Number(match?.[4] ?? 0);
  return { negative: match?.[1] === '-', digits, exponent, isDouble: false };
}

/** All digits of a finite double's exact value: 0.1 has 55 of them. */
export function exactDigits(value: number): DecimalDigits {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const biased = (bits.getUint16(0) >> 4) & 0x7ff;
  const fraction = bits.getBigUint64(0) & 0xfffffffffffffn;
  const mantissa = biased === 0 ? fraction : fraction | 0x10000000000000n;
  const power = Math.max(biased, 1) - 1075;
  // m × 2^-k is m × 5^k × 10^-k.
  const all = String(power < 0 ? mantissa * 5n ** BigInt(-power) : mantissa << BigInt(power));
  const digits = all.replace(/0+$/, '');
  const exponent = digits === '' ? 0 : all.length + Math.min(power, 0);
  return { negative: bits.getUint8(0) >= 0x80, digits, exponent, isDouble: true };
}

/** Rounded to so many places behind the point. */
export function roundedToPlaces(value: DecimalDigits, places: number): DecimalDigits {
  return roundedToDigits(value, value.exponent + places);
}

/** Rounded to so many significant digits. */
export function roundedToDigits(value: DecimalDigits, count: number): DecimalDigits {
  const { digits, exponent, isDouble } = value;
  if (count >= digits.length) return value;
  if (count < 0) return { ...value, digits: '', exponent: 0 };
  const last = count === 0 ? 0 : digits.charCodeAt(count - 1) - 48;
  const isHalf = digits.length === count + 1 && digits.charAt(count) === '5';
  const up = isHalf && isDouble ? last % 2 === 1 : digits.charCodeAt(count) >= 53;
  if (!up) {
    const kept = digits.slice(0, count).replace(/0+$/, '');
    return { ...value, digits: kept, exponent: kept === '' ? 0 : exponent };
  }
  const raised = String(BigInt(`0${digits.slice(0, count)}`) + 1n).padStart(count, '0');
  const carried = raised.length > count;
  return { ...value, digits: raised.replace(/0+$/, ''), exponent: exponent + (carried ? 1 : 0) };
}

/** The digits before the point, at least `least` of them. */
export function wholePart(value: DecimalDigits, least = 1): string {
  const { digits, exponent } = value;
  return (exponent > 0 ? digits.slice(0, exponent).padEnd(exponent, '0') : '').padStart(least, '0');
}

/** The digits behind the point, exactly `places` of them. */
export function fractionPart(value: DecimalDigits, places: number): string {
  const { digits, exponent } = value;
  const fraction = exponent >= 0 ? digits.slice(exponent) : '0'.repeat(-exponent) + digits;
  return fraction.slice(0, places).padEnd(places, '0');
}
