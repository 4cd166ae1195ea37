/** Writes times by .NET's standard and custom format strings. */
import { MAX_FORMAT } from '../text';
import type { Culture } from './culture';
import { fieldsOf } from './dateTime';
import type { ClockFields, DateTime } from './dateTime';

/** The format in which functions return a time unless told otherwise: `2018-03-15T00:00:00.0000000Z`. */
export const ROUND_TRIP = 'o';

/** The text of a time, or undefined for a format that .NET refuses. */
export function formatTime(time: DateTime, format: string, culture: Culture): string | undefined {
  if (format.length > MAX_FORMAT) return undefined;
  switch (format) {
    case '':
    case 'o':
    case 'O':
      return roundTrip(time);
    case 's':
      return roundTrip(time).slice(0, 19);
    case 'u':
      return `${roundTrip(time).slice(0, 19).replace('T', ' ')}Z`;
    case 'r':
    case 'R':
      return rfc1123(time);
    default: {
      const pattern = format.length > 1 ? format : standardPattern(format, culture);
      return pattern === undefined ? undefined : custom(time, pattern, culture);
    }
  }
}

/** The custom format that a standard one of a single letter stands for; undefined for other letters. */
export function standardPattern(letter: string, culture: Culture): string | undefined {
  switch (letter) {
    case 'd':
      return culture.shortDate;
    case 'D':
      return culture.longDate;
    case 'f':
      return `${culture.longDate} ${culture.shortTime}`;
    case 'F':
    case 'U':
      return `${culture.longDate} ${culture.longTime}`;
    case 'g':
      return `${culture.shortDate} ${culture.shortTime}`;
    case 'G':
      return `${culture.shortDate} ${culture.longTime}`;
    case 'm':
    case 'M':
      return culture.monthDay;
    case 'o':
    case 'O':
      return "yyyy-MM-dd'T'HH:mm:ss.fffffffK";
    case 'r':
    case 'R':
      return "ddd, dd MMM yyyy HH:mm:ss 'GMT'";
    case 's':
      return "yyyy-MM-dd'T'HH:mm:ss";
    case 't':
      return culture.shortTime;
    case 'T':
      return culture.longTime;
    case 'u':
      return "yyyy-MM-dd HH:mm:ss'Z'";
    case 'y':
    case 'Y':
      return culture.yearMonth;
    default:
      return undefined;
  }
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

/** `yyyy-MM-ddTHH:mm:ss.fffffff`, with `Z` for universal time. */
export function roundTrip(time: DateTime): string {
  const iso = new Date(time.clock).toISOString();
  // Years beyond 9999 cannot occur; toISOString writes four digits for all others.
  return `${iso.slice(0, 23)}${digits(time.ticks, 4)}${time.utc ? 'Z' : ''}`;
}

const dayNames = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function rfc1123(time: DateTime): string {
  const { weekday, day, month, year } = fieldsOf(time.clock);
  const clock = new Date(time.clock).toISOString().slice(11, 19);
  return `${dayNames[weekday] ?? ''}, ${digits(day, 2)} ${monthNames[month - 1] ?? ''} ${digits(year, 4)} ${clock} GMT`;
}

/** A piece of a custom format. */
export type FormatPiece =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'field'; readonly letter: string; readonly count: number };

const singleQuoted = /^'((?:[^'\\]|\\[\s\S])*)'/;
const doubleQuoted = /^"((?:[^"\\]|\\[\s\S])*)"/;
const fieldLetters = 'dfFghHKmMstyz:/';

/** Takes a custom format apart; undefined when a quote or escape is not finished. */
export function formatPieces(format: string): FormatPiece[] | undefined {
  const pieces: FormatPiece[] = [];
  let at = 0;
  while (at < format.length) {
    const letter = format.charAt(at);
    if (letter === "'" || letter === '"') {
      // A backslash keeps its meaning between quotes.
      const quoted = (letter === "'" ? singleQuoted : doubleQuoted).exec(format.slice(at));
      if (quoted === null) return undefined;
      pieces.push({ kind: 'literal', text: (quoted[1] ?? '').replaceAll(/\\([\s\S])/g, '$1') });
      at += quoted[0].length;
    } else if (letter === '\\') {
      if (at + 1 >= format.length) return undefined;
      pieces.push({ kind: 'literal', text: format.charAt(at + 1) });
      at += 2;
    } else if (letter === '%') {
      if (at + 1 >= format.length || format.charAt(at + 1) === '%') return undefined;
      at++;
    } else if (fieldLetters.includes(letter)) {
      let count = 1;
      if (letter !== ':' && letter !== '/') while (format.charAt(at + count) === letter) count++;
      if ((letter === 'f' || letter === 'F') && count > 7) return undefined;
      pieces.push({ kind: 'field', letter, count });
      at += count;
    } else {
      pieces.push({ kind: 'literal', text: letter });
      at++;
    }
  }
  return pieces;
}

function custom(time: DateTime, format: string, culture: Culture): string | undefined {
  const pieces = formatPieces(format);
  if (pieces === undefined) return undefined;
  const fields = fieldsOf(time.clock);
  let text = '';
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind === 'literal') text += piece.text;
    else if (piece.letter === 'F') {
      const fraction = fractionDigits(time, fields, piece.count).replace(/0+$/, '');
      // .NET drops the point before an empty fraction.
      text = fraction === '' && text.endsWith('.') ? text.slice(0, -1) : text + fraction;
    } else text += field(piece.letter, piece.count, time, fields, culture, isBesideDay(pieces, index));
  }
  return text;
}

/** Whether the nearest `d` before a month, or else the nearest one behind it, is a day and no weekday: .NET's rule for the genitive. */
function isBesideDay(pieces: readonly FormatPiece[], month: number): boolean {
  const isDay = (piece: FormatPiece | undefined): boolean => piece?.kind === 'field' && piece.count < 3;
  const isLetter = (piece: FormatPiece): boolean => piece.kind === 'field' && piece.letter === 'd';
  return isDay(pieces.slice(0, month).findLast(isLetter)) || isDay(pieces.slice(month + 1).find(isLetter));
}

function fractionDigits(time: DateTime, fields: ClockFields, count: number): string {
  return (digits(fields.millisecond, 3) + digits(time.ticks, 4)).slice(0, count);
}

function field(
  letter: string,
  count: number,
  time: DateTime,
  fields: ClockFields,
  culture: Culture,
  besideDay: boolean,
): string {
  switch (letter) {
    case 'd':
      if (count > 3) return culture.weekdays[fields.weekday] ?? '';
      return count === 3 ? (culture.shortWeekdays[fields.weekday] ?? '') : digits(fields.day, count);
    case 'M':
      if (count > 3) return (besideDay ? culture.genitiveMonths : culture.months)[fields.month - 1] ?? '';
      if (count < 3) return digits(fields.month, count);
      return (besideDay ? culture.shortGenitiveMonths : culture.shortMonths)[fields.month - 1] ?? '';
    case 'y':
      return count <= 2 ? digits(fields.year % 100, count) : digits(fields.year, count);
    case 'f':
      return fractionDigits(time, fields, count);
    case 'g':
      return 'A.D.';
    case 'h':
      return digits(fields.hour % 12 === 0 ? 12 : fields.hour % 12, Math.min(count, 2));
    case 'H':
      return digits(fields.hour, Math.min(count, 2));
    case 'm':
      return digits(fields.minute, Math.min(count, 2));
    case 's':
      return digits(fields.second, Math.min(count, 2));
    case 't': {
      const designator = fields.hour < 12 ? culture.am : culture.pm;
      return count === 1 ? designator.slice(0, 1) : designator;
    }
    case 'K':
      return (time.utc ? 'Z' : '').repeat(count);
    case 'z':
      // The host's own zone is UTC.
      return count === 1 ? '+0' : count === 2 ? '+00' : '+00:00';
    case ':':
      return culture.timeSeparator;
    default:
      return culture.dateSeparator;
  }
}
