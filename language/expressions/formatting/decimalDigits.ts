/** A number as decimal digits, rounded as .NET rounds it for display: half away from zero. */

/** 0.`digits` × 10^`exponent`; no leading or trailing zeros. Zero has no digits. */
export interface DecimalDigits {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

/** Takes a number's plain or scientific text apart, such as `-12.50`, `1e21` or `5E-324`. */
export function decimalDigits(text: string): DecimalDigits {
  const match = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(text);
  const whole = match?.[2] ?? '';
  const all = whole + (match?.[3] ?? '');
  const leading = /^0*/.exec(all)?.[0].length ?? 0;
  const digits = all.slice(leading).replace(/0+$/, '');
  const exponent = digits === '' ? 0 : whole.length - leading + Number(match?.[4] ?? 0);
  return { negative: match?.[1] === '-', digits, exponent };
}

/** Rounded to so many places behind the point. */
export function roundedToPlaces(value: DecimalDigits, places: number): DecimalDigits {
  return roundedToDigits(value, value.exponent + places);
}

/** Rounded to so many significant digits. */
export function roundedToDigits(value: DecimalDigits, count: number): DecimalDigits {
  const { digits, negative, exponent } = value;
  if (count >= digits.length) return value;
  if (count < 0) return { negative, digits: '', exponent: 0 };
  const up = digits.charCodeAt(count) >= 53;
  let kept = digits.slice(0, count);
  if (!up) {
    kept = kept.replace(/0+$/, '');
    return { negative, digits: kept, exponent: kept === '' ? 0 : exponent };
  }
  const raised = String(BigInt(`0${kept}`) + 1n).padStart(count, '0');
  const carried = raised.length > count;
  return { negative, digits: raised.replace(/0+$/, ''), exponent: exponent + (carried ? 1 : 0) };
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
