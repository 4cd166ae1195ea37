/**
 * Reads times as DateTime.Parse does. A text with an offset becomes universal time; one without a zone keeps
 * its clock and has none.
 */
import { defaultCulture } from './culture';
import type { Culture } from './culture';
import { fieldsOf, fromParts, MINUTE, moved } from './dateTime';
import type { DateTime, TimeParts } from './dateTime';

const iso =
  /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,](\d+))?)?)?\s*(Z|GMT|UTC|[+-]\d{1,2}(?::?\d{2})?)?$/i;

/** No time is as long as this; longer texts are not searched for one. */
const LONGEST = 1_000;

/** Reads a time in any form that the culture's Parse accepts; undefined for other texts. `now` completes a text that holds no date. */
export function parseTime(text: string, culture: Culture = defaultCulture(), now = 0): DateTime | undefined {
  if (text.length > LONGEST) return undefined;
  const trimmed = text.trim();
  const match = iso.exec(trimmed);
  if (match === null) return parseLoosely(trimmed, culture, now);
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  return zoned(
    {
      year: Number(year),
      month: Number(month),
      day: Number(day ?? 1),
      hour: Number(hour ?? 0),
      minute: Number(minute ?? 0),
      second: Number(second ?? 0),
      fraction: ticksOf(fraction),
    },
    zone,
  );
}

/** Ticks within a second of the digits behind the point; an eighth digit and further ones are rounded away. */
function ticksOf(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Math.min(9_999_999, Math.round(Number(`0.${fraction}`) * 10_000_000));
}

/** False when the date is not on the weekday that the text names; one with parts out of range is left to others. */
export function isOnWeekday(parts: TimeParts, weekday: number | undefined): boolean {
  const read = weekday === undefined ? undefined : fromParts(parts);
  return read === undefined || fieldsOf(read.clock).weekday === weekday;
}

/** The time of its parts; one with a zone becomes universal time. */
export function zoned(parts: TimeParts, zone: string | undefined): DateTime | undefined {
  const read = fromParts(parts);
  if (read === undefined) return undefined;
  if (zone === undefined) return { ...read, utc: false };
  const offset = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (offset === null) return { ...read, utc: true };
  const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
  if (minutes > 14 * 60) return undefined;
  return moved({ ...read, utc: true }, (offset[1] === '-' ? minutes : -minutes) * MINUTE);
}

const clockPattern = /(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d+))?)?/;
const zonePattern = /(?:^|\s|\d)(Z|GMT|UTC|[+-]\d{1,2}:?\d{2})$/i;

/** Takes zone, clock, day half and names out of the text one by one; what is left must be the date's numbers. */
function parseLoosely(text: string, culture: Culture, now: number): DateTime | undefined {
  let rest = withoutUnitSigns(` ${text.toLowerCase()} `.replaceAll(/[\u00a0\u202f]/g, ' '));
  let zone: string | undefined;
  const clock = clockPattern.exec(rest);
  const zoneMatch = zonePattern.exec(rest.trimEnd());
  if (zoneMatch?.[1] !== undefined && (clock !== null || /^[a-z]/.test(zoneMatch[1]))) {
    zone = zoneMatch[1];
    rest = rest.trimEnd().slice(0, -zone.length);
  }
  let hour = 0;
  if (clock !== null) {
    hour = Number(clock[1]);
    rest = rest.replace(clockPattern, ' ');
  }
  const half = takeHalf(rest, culture, clock !== null);
  rest = half.rest;
  if (half.hour !== undefined) hour = half.hour;
  if (half.pm !== undefined) {
    // "13:00 PM" is read, "13:00 AM" is not.
    if (hour > (half.pm ? 23 : 12)) return undefined;
    if (hour <= 12) hour = (hour % 12) + (half.pm ? 12 : 0);
  }
  const names = takeNames(rest, culture);
  const date = dateOf(names.rest, names.month, culture, now, clock !== null || half.hour !== undefined);
  if (date === undefined || !isOnWeekday(date, names.weekday)) return undefined;
  return zoned(
    {
      ...date,
      hour,
      minute: Number(clock?.[2] ?? 0),
      second: Number(clock?.[3] ?? 0),
      fraction: ticksOf(clock?.[4]),
    },
    zone,
  );
}

/** The signs that Chinese, Japanese and Korean put behind year, month and day, hour, minute and second; all cultures read them. */
function withoutUnitSigns(text: string): string {
  return text
    .replaceAll(/(\d)\s*[年년]\s*(?=\d)/g, '$1/')
    .replaceAll(/(\d)\s*[月월]\s*(?=\d)/g, '$1/')
    .replaceAll(/(\d)\s*[時时시]\s*(?=\d)/g, '$1:')
    .replaceAll(/(\d)\s*[分분]\s*(?=\d)/g, '$1:')
    .replaceAll(/(\d)\s*[年년月월日일分분秒초]/g, '$1 ');
}

interface Half {
  readonly rest: string;
  readonly pm?: boolean;
  /** The hour of `3 PM`, which has no minutes. */
  readonly hour?: number;
}

/** `AM` and `PM`, in the culture's words or in English. */
function takeHalf(text: string, culture: Culture, hasClock: boolean): Half {
  const words = new Map([
    ['am', false],
    ['pm', true],
    [culture.am.toLowerCase(), false],
    [culture.pm.toLowerCase(), true],
  ]);
  for (const [word, pm] of words) {
    const at = text.search(new RegExp(`(^|[\\s\\d])${escaped(word)}(?=\\s|$)`));
    if (at < 0) continue;
    const before = text.slice(0, at + 1);
    const after = text
      .slice(at + 1)
      .trimStart()
      .slice(word.length);
    if (hasClock) return { rest: `${before} ${after}`, pm };
    const hour = /(\d{1,2})\s*$/.exec(before);
    if (hour === null) continue;
    return { rest: `${before.slice(0, hour.index)} ${after}`, pm, hour: Number(hour[1]) };
  }
  return { rest: text };
}

function escaped(word: string): string {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

interface Names {
  readonly rest: string;
  readonly month: number | undefined;
  /** 0 is Sunday. */
  readonly weekday: number | undefined;
}

/** Takes weekday and month names out, long or short, in the culture or in English. */
function takeNames(text: string, culture: Culture): Names {
  const cultures = [culture, defaultCulture()];
  let month: number | undefined;
  let weekday: number | undefined;
  let invalid = false;
  const rest = text.replaceAll(/[\p{L}\p{M}]+\.?/gu, (word) => {
    if (word === 't' || word === 'de' || word === 'd') return ' ';
    const bare = word.replace(/\.$/, '');
    const find = (lists: readonly (readonly string[])[]): number | undefined =>
      lists.map((list) => list.findIndex((name) => sameWord(name, bare))).find((index) => index >= 0);
    const monthIndex = find(
      cultures.flatMap((each) => [each.months, each.genitiveMonths, each.shortMonths, each.shortGenitiveMonths]),
    );
    if (monthIndex !== undefined && month === undefined) {
      month = monthIndex + 1;
      return ' ';
    }
    const weekdayIndex = find(cultures.flatMap((each) => [each.weekdays, each.shortWeekdays]));
    if (weekdayIndex === undefined || weekday !== undefined) invalid = true;
    weekday = weekdayIndex;
    return ' ';
  });
  return { rest: invalid ? 'x' : rest, month, weekday };
}

function sameWord(name: string, word: string): boolean {
  return name.toLowerCase().replace(/\.$/, '') === word;
}

type DateParts = Pick<TimeParts, 'year' | 'month' | 'day'>;

function dateOf(
  text: string,
  month: number | undefined,
  culture: Culture,
  now: number,
  hasClock: boolean,
): DateParts | undefined {
  if (!/^[\s\d,./-]*$/.test(text)) return undefined;
  const numbers = text.match(/\d+/g) ?? [];
  const today = fieldsOf(now);
  if (numbers.length === 0) {
    if (month !== undefined) return { year: today.year, month, day: 1 };
    return hasClock ? { year: today.year, month: today.month, day: today.day } : undefined;
  }
  if (month !== undefined) {
    const [first = '', second] = numbers;
    if (numbers.length > 2) return undefined;
    if (second === undefined) {
      return first.length > 2
        ? { year: Number(first), month, day: 1 }
        : { year: today.year, month, day: Number(first) };
    }
    const yearFirst = first.length > 2;
    return { year: yearOf(yearFirst ? first : second), month, day: Number(yearFirst ? second : first) };
  }
  const [first = '', second = '', third] = numbers;
  if (numbers.length > 3 || second === '') return undefined;
  if (first.length > 2) return { year: Number(first), month: Number(second), day: Number(third ?? 1) };
  if (second.length > 2) return { year: Number(second), month: Number(first), day: 1 };
  const order = (letter: string): number => culture.shortDate.indexOf(letter);
  if (third !== undefined && third.length <= 2 && order('y') < Math.min(order('M'), order('d'))) {
    return { year: yearOf(first), month: Number(second), day: Number(third) };
  }
  const dayFirst = order('d') < order('M');
  return {
    year: third === undefined ? today.year : yearOf(third),
    month: Number(dayFirst ? second : first),
    day: Number(dayFirst ? first : second),
  };
}

/** A year as written: one of two digits lies between 1950 and 2049, as in .NET. */
export function yearOf(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year + (year < 50 ? 2000 : 1900);
}
