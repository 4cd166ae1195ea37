/** Reads times of a given format, as DateTime.ParseExact does. */
import { MAX_FORMAT } from '../text';
import { defaultCulture } from './culture';
import type { Culture } from './culture';
import { fieldsOf } from './dateTime';
import type { DateTime } from './dateTime';
import { formatPieces, standardPattern } from './format';
import { isOnWeekday, yearOf, zoned } from './parse';

/**
 * Reads a text that has exactly the given standard or custom format. `now` (milliseconds since 1970) completes a text that holds no date
 * or no year.
 */
export function parseTimeExactly(text: string, format: string, culture: Culture, now: number): DateTime | undefined {
  if (format.length > MAX_FORMAT) return undefined;
  const pattern = format.length === 1 ? standardPattern(format, culture) : format;
  const pieces = pattern === undefined ? undefined : formatPieces(pattern);
  if (pieces === undefined || pieces.length === 0) return undefined;
  // These are the same in all cultures.
  const reader = new ExactReader(text.trim(), /^[orsu]$/i.test(format) && format !== 'U' ? defaultCulture() : culture);
  for (const piece of pieces) {
    const fits = piece.kind === 'literal' ? reader.literal(piece.text) : reader.field(piece.letter, piece.count);
    if (!fits) return undefined;
  }
  return reader.result(now);
}

class ExactReader {
  readonly #text: string;
  readonly #culture: Culture;
  #at = 0;
  #year: number | undefined;
  #month: number | undefined;
  #day: number | undefined;
  #weekday: number | undefined;
  #hour = 0;
  #isHalfDay = false;
  #pm: boolean | undefined;
  #minute = 0;
  #second = 0;
  #fraction = 0;
  #zone: string | undefined;

  constructor(text: string, culture: Culture) {
    this.#text = text;
    this.#culture = culture;
  }

  result(now: number): DateTime | undefined {
    const hour = this.#hourOfDay();
    if (this.#at !== this.#text.length || hour === undefined) return undefined;
    const today = fieldsOf(now);
    const isDated = (this.#year ?? this.#month ?? this.#day) !== undefined;
    const parts = {
      year: this.#year ?? today.year,
      month: this.#month ?? (isDated ? 1 : today.month),
      day: this.#day ?? (isDated ? 1 : today.day),
      hour,
      minute: this.#minute,
      second: this.#second,
      fraction: this.#fraction,
    };
    return isOnWeekday(parts, this.#weekday) ? zoned(parts, this.#zone) : undefined;
  }

  /** An hour of twelve is one of the morning unless the text says otherwise; one of 24 must agree with the half that the text names. */
  #hourOfDay(): number | undefined {
    if (this.#isHalfDay) return this.#hour > 12 ? undefined : (this.#hour % 12) + (this.#pm === true ? 12 : 0);
    return this.#pm === undefined || this.#pm === this.#hour >= 12 ? this.#hour : undefined;
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
        const names =
          count === 3 ? [culture.shortGenitiveMonths, culture.shortMonths] : [culture.genitiveMonths, culture.months];
        return names.some((list) => take(this.#name(list), (index) => (this.#month = index + 1)));
      }
      case 'd':
        if (count < 3) return take(this.#number(count, 2), (day) => (this.#day = day));
        return take(
          this.#name(count === 3 ? culture.shortWeekdays : culture.weekdays),
          (weekday) => (this.#weekday = weekday),
        );
      case 'h':
      case 'H':
        if (letter === 'h') this.#isHalfDay = true;
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
