/** Reads times of a given format, as DateTime.ParseExact does. */
import type { Culture } from './culture';
import type { DateTime } from './dateTime';
import { formatPieces } from './format';
import { yearOf, zoned } from './parse';

/** Reads a text that has exactly the given custom format. */
export function parseTimeExactly(text: string, format: string, culture: Culture): DateTime | undefined {
  const pieces = formatPieces(expanded(format, culture));
  if (pieces === undefined) return undefined;
  const reader = new ExactReader(text.trim(), culture);
  for (const piece of pieces) {
    const fits = piece.kind === 'literal' ? reader.literal(piece.text) : reader.field(piece.letter, piece.count);
    if (!fits) return undefined;
  }
  return reader.result();
}

/** A standard format's letter stands for a custom one. */
function expanded(format: string, culture: Culture): string {
  switch (format) {
    case 'd':
      return culture.shortDate;
    case 'D':
      return culture.longDate;
    case 'o':
    case 'O':
      return "yyyy-MM-dd'T'HH:mm:ss.fffffffK";
    case 's':
      return "yyyy-MM-dd'T'HH:mm:ss";
    case 'u':
      return "yyyy-MM-dd HH:mm:ss'Z'";
    case 'r':
    case 'R':
      return "ddd, dd MMM yyyy HH:mm:ss 'GMT'";
    case 'g':
      return `${culture.shortDate} ${culture.shortTime}`;
    case 'G':
      return `${culture.shortDate} ${culture.longTime}`;
    default:
      return format;
  }
}

class ExactReader {
  readonly #text: string;
  readonly #culture: Culture;
  #at = 0;
  #year: number | undefined;
  #month = 1;
  #day = 1;
  #hour = 0;
  #pm: boolean | undefined;
  #minute = 0;
  #second = 0;
  #fraction = 0;
  #zone: string | undefined;

  constructor(text: string, culture: Culture) {
    this.#text = text;
    this.#culture = culture;
  }

  result(): DateTime | undefined {
    if (this.#at !== this.#text.length) return undefined;
    const hour = this.#pm === undefined ? this.#hour : (this.#hour % 12) + (this.#pm ? 12 : 0);
    const parts = {
      year: this.#year ?? new Date().getUTCFullYear(),
      month: this.#month,
      day: this.#day,
      hour,
      minute: this.#minute,
      second: this.#second,
      fraction: this.#fraction,
    };
    return zoned(parts, this.#zone);
  }

  literal(text: string): boolean {
    if (!this.#text.startsWith(text, this.#at)) return false;
    this.#at += text.length;
    return true;
  }

  #number(least: number, most: number): number | undefined {
    const digits = new RegExp(`^\\d{${least},${most}}`).exec(this.#text.slice(this.#at))?.[0];
    if (digits === undefined) return undefined;
    this.#at += digits.length;
    return Number(digits);
  }

  #name(names: readonly string[]): number | undefined {
    const rest = this.#text.slice(this.#at).toLowerCase();
    let best: number | undefined;
    names.forEach((name, index) => {
      const longer = best === undefined || name.length > (names[best]?.length ?? 0);
      if (longer && name !== '' && rest.startsWith(name.toLowerCase())) best = index;
    });
    if (best !== undefined) this.#at += names[best]?.length ?? 0;
    return best;
  }

  field(letter: string, count: number): boolean {
    const culture = this.#culture;
    const take = (value: number | undefined, keep: (value: number) => void): boolean => {
      if (value === undefined) return false;
      keep(value);
      return true;
    };
    switch (letter) {
      case 'y':
        if (count <= 2) {
          return take(this.#number(count, 2), (year) => (this.#year = yearOf(String(year).padStart(2, '0'))));
        }
        return take(this.#number(Math.min(count, 4), Math.max(count, 4)), (year) => (this.#year = year));
      case 'M': {
        if (count < 3) return take(this.#number(count, 2), (month) => (this.#month = month));
        const names = count === 3 ? [culture.shortMonths] : [culture.months, culture.genitiveMonths];
        return names.some((list) => take(this.#name(list), (index) => (this.#month = index + 1)));
      }
      case 'd':
        if (count < 3) return take(this.#number(count, 2), (day) => (this.#day = day));
        return this.#name(count === 3 ? culture.shortWeekdays : culture.weekdays) !== undefined;
      case 'h':
      case 'H':
        return take(this.#number(Math.min(count, 2), 2), (hour) => (this.#hour = hour));
      case 'm':
        return take(this.#number(Math.min(count, 2), 2), (minute) => (this.#minute = minute));
      case 's':
        return take(this.#number(Math.min(count, 2), 2), (second) => (this.#second = second));
      case 'f':
        return take(this.#number(count, count), (value) => (this.#fraction = value * 10 ** (7 - count)));
      case 'F': {
        const digits = new RegExp(`^\\d{0,${count}}`).exec(this.#text.slice(this.#at))?.[0] ?? '';
        this.#at += digits.length;
        this.#fraction = Number(digits.padEnd(7, '0'));
        return true;
      }
      case 't': {
        const names = [culture.am, culture.pm].map((name) => (count === 1 ? name.slice(0, 1) : name));
        return take(this.#name(names), (index) => (this.#pm = index === 1));
      }
      case 'K':
      case 'z': {
        const zone = /^(?:Z|[+-]\d{1,2}(?::?\d{2})?)/i.exec(this.#text.slice(this.#at))?.[0];
        if (zone === undefined) return letter === 'K';
        this.#zone = zone;
        this.#at += zone.length;
        return true;
      }
      case 'g':
        return this.#name(['A.D.']) !== undefined;
      case ':':
        return this.literal(culture.timeSeparator) || this.literal(':');
      default:
        return this.literal(culture.dateSeparator) || this.literal('/');
    }
  }
}
