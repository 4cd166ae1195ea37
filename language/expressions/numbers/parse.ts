/**
 * Texts as numbers, by the rules of .NET's Parse methods: white space around, a sign before or after, group separators anywhere after
 * the first digit and before the point, the symbols of a culture.
 */
import type { Decimal } from '../../json/value';
import { decimalOf } from './decimal';

/** The symbols of a culture that matter for reading. */
export interface NumberSymbols {
  readonly decimal: string;
  readonly group: string;
  /** `Infinity` of the invariant culture, `∞` of all others. */
  readonly infinity: string;
}

export const invariantSymbols: NumberSymbols = { decimal: '.', group: ',', infinity: 'Infinity' };
export const englishSymbols: NumberSymbols = { decimal: '.', group: ',', infinity: '∞' };

/** What NumberStyles allows. */
export interface NumberForm {
  readonly trailingSign: boolean;
  readonly exponent: boolean;
  readonly point: boolean;
}

/** NumberStyles.Float | NumberStyles.Number. */
export const anyNumber: NumberForm = { trailingSign: true, exponent: true, point: true };
/** NumberStyles.Float | NumberStyles.AllowThousands. */
export const floatForm: NumberForm = { trailingSign: false, exponent: true, point: true };
/** NumberStyles.Number. */
export const plainNumber: NumberForm = { trailingSign: true, exponent: false, point: true };

interface Scanned {
  readonly negative: boolean;
  readonly digits: string;
  readonly fraction: string;
  readonly exponent: number;
}

const WHITE = /^[\t-\r ]*|[\t-\r \0]*$/g;
const SPACES = /[\u00a0\u202f]/;

/** Splits a text into the parts of a number; undefined when it is none. */
function scan(text: string, form: NumberForm, symbols: NumberSymbols): Scanned | undefined {
  const trimmed = text.replace(WHITE, '');
  let at = 0;
  let negative = false;
  let signed = false;
  const takeSign = (): void => {
    const sign = trimmed.charAt(at);
    if (signed || (sign !== '+' && sign !== '-' && sign !== '\u2212')) return;
    signed = true;
    negative = sign !== '+';
    at++;
  };
  const isGroup = (): boolean => {
    const character = trimmed.charAt(at);
    return character === symbols.group || (SPACES.test(symbols.group) && (character === ' ' || SPACES.test(character)));
  };
  takeSign();
  let digits = '';
  let fraction = '';
  let inFraction = false;
  for (; at < trimmed.length; at++) {
    const character = trimmed.charAt(at);
    if (character >= '0' && character <= '9') {
      if (inFraction) fraction += character;
      else digits += character;
    } else if (form.point && !inFraction && character === symbols.decimal) {
      inFraction = true;
    } else if (!(digits !== '' && !inFraction && isGroup())) {
      break;
    }
  }
  if (digits === '' && fraction === '') return undefined;
  let exponent = 0;
  if (form.exponent) {
    const match = /^[eE]([-+]?\d+)/.exec(trimmed.slice(at));
    if (match !== null) {
      exponent = Number(match[1]);
      at += match[0].length;
    }
  }
  if (form.trailingSign) takeSign();
  return at === trimmed.length ? { negative, digits, fraction, exponent } : undefined;
}

/** Reads a double; undefined when the text is none. Too large becomes infinite, as in .NET Core 3.0 and later. */
export function parseDouble(text: string, form: NumberForm, symbols: NumberSymbols): number | undefined {
  const scanned = scan(text, form, symbols);
  if (scanned !== undefined) {
    const { negative, digits, fraction, exponent } = scanned;
    const value = Number(`${digits === '' ? '0' : digits}.${fraction === '' ? '0' : fraction}e${exponent}`);
    return negative ? -value : value;
  }
  const word = text.replace(WHITE, '').toLowerCase();
  const infinity = symbols.infinity.toLowerCase();
  if (word === infinity || word === `+${infinity}`) return Infinity;
  if (word === `-${infinity}`) return -Infinity;
  return word === 'nan' || word === '+nan' || word === '-nan' ? NaN : undefined;
}

/** Reads a decimal with all its places; undefined when the text is none or out of range. */
export function parseDecimal(text: string): Decimal | undefined {
  const scanned = scan(text, plainNumber, invariantSymbols);
  if (scanned === undefined) return undefined;
  const digits = BigInt(scanned.digits + scanned.fraction);
  return decimalOf(scanned.negative ? -digits : digits, scanned.fraction.length);
}

/** NumberStyles.Integer with group separators and an exponent: whether the text is a 64-bit integer. */
export function isIntegerText(text: string): boolean {
  const scanned = scan(text, { trailingSign: false, exponent: true, point: false }, invariantSymbols);
  if (scanned === undefined || Math.abs(scanned.exponent) > 40) return false;
  const digits = BigInt(scanned.digits);
  const scale = 10n ** BigInt(Math.abs(scanned.exponent));
  if (scanned.exponent < 0 && digits % scale !== 0n) return false;
  const value = scanned.exponent < 0 ? digits / scale : digits * scale;
  return scanned.negative ? value <= 0x8000_0000_0000_0000n : value <= 0x7fff_ffff_ffff_ffffn;
}
