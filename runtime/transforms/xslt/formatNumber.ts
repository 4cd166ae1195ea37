/** format-number(). Source: XSLT 1.0, section 12.3, and the patterns of the JDK's DecimalFormat that it refers to. */
import type { XmlElement } from '../../../language/expressions/xml/nodes';

interface Symbols {
  readonly decimal: string;
  readonly grouping: string;
  readonly infinity: string;
  readonly minus: string;
  readonly nan: string;
  readonly percent: string;
  readonly perMille: string;
  readonly zero: string;
  readonly digit: string;
  readonly separator: string;
}

function symbolsOf(format: XmlElement | undefined): Symbols {
  const symbol = (name: string, otherwise: string): string => format?.attribute(name) ?? otherwise;
  return {
    decimal: symbol('decimal-separator', '.'),
    grouping: symbol('grouping-separator', ','),
    infinity: symbol('infinity', 'Infinity'),
    minus: symbol('minus-sign', '-'),
    nan: symbol('NaN', 'NaN'),
    percent: symbol('percent', '%'),
    perMille: symbol('per-mille', '\u2030'),
    zero: symbol('zero-digit', '0'),
    digit: symbol('digit', '#'),
    separator: symbol('pattern-separator', ';'),
  };
}

/** `format`: the xsl:decimal-format that is asked for, if there is one. */
export function formatNumber(value: number, pattern: string, format: XmlElement | undefined): string {
  const symbols = symbolsOf(format);
  if (Number.isNaN(value)) return symbols.nan;
  const [positive = '', negative] = pattern.split(symbols.separator);
  const isNegative = value < 0;
  const parts = partsOf(isNegative && negative !== undefined ? negative : positive, symbols);
  const digits = Number.isFinite(value)
    ? digitsOf(Math.abs(value), partsOf(positive, symbols), symbols)
    : symbols.infinity;
  const minus = isNegative && negative === undefined ? symbols.minus : '';
  return `${minus}${parts.prefix}${digits}${parts.suffix}`;
}

interface Parts {
  readonly prefix: string;
  readonly suffix: string;
  readonly integer: string;
  readonly fraction: string;
  readonly scale: number;
}

function partsOf(pattern: string, { decimal, grouping, zero, digit, percent, perMille }: Symbols): Parts {
  const isPart = (letter: string): boolean => [decimal, grouping, zero, digit].includes(letter);
  const letters = [...pattern];
  const first = letters.findIndex(isPart);
  const last = letters.findLastIndex(isPart);
  const number = first < 0 ? '' : letters.slice(first, last + 1).join('');
  const [integer = '', fraction = ''] = number.split(decimal);
  const prefix = letters.slice(0, Math.max(0, first)).join('');
  const suffix = letters.slice(last + 1).join('');
  const around = prefix + suffix;
  return {
    prefix,
    suffix,
    integer,
    fraction,
    scale: around.includes(percent) ? 100 : around.includes(perMille) ? 1000 : 1,
  };
}

function digitsOf(value: number, { integer, fraction, scale }: Parts, symbols: Symbols): string {
  const least = [...fraction].filter((each) => each === symbols.zero).length;
  const most = [...fraction].length;
  const [whole = '0', part = ''] = rounded(value * scale, most).split('.');
  const kept = part.replace(/0+$/, '').padEnd(least, '0');
  const leastWhole = [...integer].filter((each) => each === symbols.zero).length;
  const padded = (whole === '0' && leastWhole === 0 && kept !== '' ? '' : whole).padStart(leastWhole, '0');
  const size = integer.includes(symbols.grouping) ? integer.length - 1 - integer.lastIndexOf(symbols.grouping) : 0;
  const grouped = size > 0 ? padded.replaceAll(new RegExp(`\\B(?=(\\d{${size}})+$)`, 'g'), symbols.grouping) : padded;
  const text = kept === '' ? grouped : `${grouped}${symbols.decimal}${kept}`;
  const zero = symbols.zero.codePointAt(0) ?? 48;
  return zero === 48 ? text : text.replaceAll(/\d/g, (each) => String.fromCodePoint(zero + Number(each)));
}

/** Half away from zero, by the digits that the number is written with: 1.005 is 1.01, as .NET formats it. */
function rounded(value: number, digits: number): string {
  const text = value.toString();
  if (text.includes('e')) return value.toFixed(Math.min(100, digits));
  const [whole = '0', part = ''] = text.split('.');
  if (part.length <= digits) return text;
  const scaled = BigInt(whole + part.slice(0, digits)) + (Number(part.charAt(digits)) >= 5 ? 1n : 0n);
  const all = scaled.toString().padStart(digits + 1, '0');
  return digits === 0 ? all : `${all.slice(0, -digits)}.${all.slice(-digits)}`;
}
