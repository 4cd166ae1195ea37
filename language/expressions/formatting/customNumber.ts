/** .NET's custom numeric formats: `0`, `#`, `.`, `,`, `%`, `‰`, `E0`, quotes, escapes and sections. */
import { fractionPart, roundedToDigits, roundedToPlaces, wholePart } from './decimalDigits';
import type { DecimalDigits } from './decimalDigits';
import { groupDigits } from './numberCulture';
import type { NumberCulture } from './numberCulture';

type Piece =
  | { readonly kind: 'digit'; readonly zero: boolean }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'point' }
  | { readonly kind: 'exponent'; readonly letter: string; readonly plus: boolean; readonly least: number };

interface Section {
  readonly pieces: readonly Piece[];
  /** Digit places before and behind the point. */
  readonly whole: number;
  readonly places: number;
  readonly groups: boolean;
  /** Powers of ten to multiply by: percent, per mille, and commas before the point. */
  readonly scale: number;
  readonly scientific: boolean;
}

/** The text of a number by a custom format. */
export function customNumber(value: DecimalDigits, format: string, culture: NumberCulture): string {
  const [positive = '', negative = '', zero = ''] = sections(format);
  // An empty section stands for the first one.
  const section = read(value.digits === '' ? zero || positive : (value.negative && negative) || positive);
  const rounded = round(value, section);
  // A number that rounds to zero is written by the section for zero, without a sign.
  if (rounded.digits === '') return write(rounded, read(zero || positive), culture);
  const isSigned = value.negative && negative === '';
  return `${isSigned ? culture.negative : ''}${write(rounded, section, culture)}`;
}

/** Splits at semicolons outside quotes. */
function sections(format: string): string[] {
  const texts = [''];
  for (const [token] of format.matchAll(/'[^']*'?|"[^"]*"?|\\[\s\S]?|[^'"\\;]+|;/g)) {
    if (token === ';') texts.push('');
    else texts.push(`${texts.pop() ?? ''}${token}`);
  }
  return texts;
}

function read(format: string): Section {
  const pieces: Piece[] = [];
  let whole = 0;
  let places = 0;
  let groups = false;
  let scale = 0;
  let point = false;
  let commas = 0;
  let scientific = false;
  const token = /'([^']*)'?|"([^"]*)"?|\\(.?)|([eE])([+-]?)(0+)|([\s\S])/g;
  for (const [, single, double, escaped, letter, sign, zeros, plain] of format.matchAll(token)) {
    const text = single ?? double ?? escaped;
    if (text !== undefined) pieces.push({ kind: 'text', text });
    else if (letter !== undefined) {
      scientific = true;
      pieces.push({ kind: 'exponent', letter, plus: sign === '+', least: zeros?.length ?? 1 });
    } else if (plain === '0' || plain === '#') {
      if (point) places++;
      else {
        whole++;
        // Commas between digits ask for groups; commas at the end scale instead.
        if (commas > 0) groups = true;
        commas = 0;
      }
      pieces.push({ kind: 'digit', zero: plain === '0' });
    } else if (plain === '.') {
      if (!point) pieces.push({ kind: 'point' });
      point = true;
    } else if (plain === ',') {
      if (whole > 0 && !point) commas++;
    } else if (plain === '%' || plain === '‰') {
      scale += plain === '%' ? 2 : 3;
      pieces.push({ kind: 'text', text: plain });
    } else if (plain !== undefined) {
      pieces.push({ kind: 'text', text: plain });
    }
  }
  return { pieces, whole, places, groups, scale: scale - 3 * commas, scientific };
}

function round(value: DecimalDigits, section: Section): DecimalDigits {
  if (value.digits === '') return value;
  const scaled = { ...value, exponent: value.exponent + section.scale };
  return section.scientific
    ? roundedToDigits(scaled, section.whole + section.places)
    : roundedToPlaces(scaled, section.places);
}

function write(value: DecimalDigits, section: Section, culture: NumberCulture): string {
  const power = section.scientific && value.digits !== '' ? value.exponent - section.whole : 0;
  const shown = section.scientific ? { ...value, exponent: value.exponent - power } : value;
  const digits = section.pieces.filter((piece) => piece.kind === 'digit');
  const leastWhole = section.whole - digits.slice(0, section.whole).findIndex((piece) => piece.zero);
  const least = digits.slice(0, section.whole).some((piece) => piece.zero) ? leastWhole : 0;
  const whole = wholePart(shown, least);
  const lastZero = digits.slice(section.whole).findLastIndex((piece) => piece.zero);
  const fraction = fractionPart(shown, section.places);
  const kept = fraction.slice(0, Math.max(lastZero + 1, fraction.replace(/0+$/, '').length));
  return place(section, whole, kept, power, culture);
}

/** Puts the digits into their places; digits beyond the places stand at the first one. */
function place(section: Section, whole: string, fraction: string, power: number, culture: NumberCulture): string {
  const grouped = section.groups ? groupDigits(whole, culture) : whole;
  const separated = [...grouped];
  let text = '';
  let digit = 0;
  let behind = false;
  let wholeLeft = whole.length;
  for (const piece of section.pieces) {
    if (piece.kind === 'text') text += piece.text;
    else if (piece.kind === 'point') {
      behind = true;
      if (fraction !== '') text += culture.decimal;
    } else if (piece.kind === 'exponent') {
      const sign = power < 0 ? '-' : piece.plus ? '+' : '';
      text += `${piece.letter}${sign}${String(Math.abs(power)).padStart(piece.least, '0')}`;
    } else if (behind) {
      text += fraction.charAt(digit++ - section.whole);
    } else {
      const remaining = section.whole - digit++;
      while (wholeLeft >= remaining && separated.length > 0) {
        const next = separated.shift() ?? '';
        text += next;
        if (/\d/.test(next)) wholeLeft--;
        while (separated[0] !== undefined && !/\d/.test(separated[0])) text += separated.shift() ?? '';
      }
    }
  }
  return text;
}
