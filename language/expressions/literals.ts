/** Literals other than strings: what the text of one means. */
import { double, integer } from '../json/value';
import type { Value } from '../json/value';
import { isDigit } from './characters';
import { DOT, MINUS, PLUS } from './tokens';

const MAX_INTEGER = 0x7fff_ffff_ffff_ffffn;
const MIN_INTEGER = -0x8000_0000_0000_0000n;

interface ScannedNumber {
  readonly end: number;
  /** False when digits are missing, as in `+` or `1e`. */
  readonly complete: boolean;
  readonly whole: boolean;
}

/** Finds the end of a number that begins at `start`, no further than `limit`. */
export function scanNumber(text: string, start: number, limit: number): ScannedNumber {
  let at = start;
  const digits = (): boolean => {
    const first = at;
    while (at < limit && isDigit(text.charCodeAt(at))) at++;
    return at > first;
  };
  const sign = (): void => {
    const code = text.charCodeAt(at);
    if (at < limit && (code === PLUS || code === MINUS)) at++;
  };
  sign();
  let complete = digits();
  let whole = true;
  if (at < limit && text.charCodeAt(at) === DOT) {
    whole = false;
    at++;
    complete = digits() || complete;
  }
  // e or E
  if (complete && at < limit && (text.charCodeAt(at) | 0x20) === 0x65) {
    whole = false;
    at++;
    sign();
    complete = digits();
  }
  return { end: at, complete, whole };
}

/** The value of a number; undefined for an integer outside of 64 bits. */
export function numberOf(written: string, isInteger: boolean): Value | undefined {
  return isInteger ? integerOf(written) : double(Number(written));
}

function integerOf(written: string): Value | undefined {
  if (written.length < 16) {
    const value = Number(written);
    return value === 0 ? 0 : value;
  }
  const value = BigInt(written.startsWith('+') ? written.slice(1) : written);
  return value > MAX_INTEGER || value < MIN_INTEGER ? undefined : integer(value);
}

/** `true`, `false` and `null`, without regard to case, as the designer's parser reads them. */
export function constantOf(name: string): Value | undefined {
  if (name.length < 4 || name.length > 5) return undefined;
  if (name === 'true') return true;
  if (name === 'false') return false;
  if (name === 'null') return null;
  const lower = name.toLowerCase();
  return lower === name ? undefined : constantOf(lower);
}
