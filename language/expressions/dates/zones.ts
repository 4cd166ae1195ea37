/** Time zones by Windows or IANA name, and their offsets. The rules are those of the platform's Intl data. */
import { findIana } from 'windows-iana';
import { MINUTE } from './dateTime';

/** A zone that Intl can compute with. */
export interface TimeZone {
  /** As it was written. */
  readonly name: string;
  readonly iana: string;
}

const zones = new Map<string, TimeZone | undefined>();
const formats = new Map<string, Intl.DateTimeFormat>();

/** Finds a time zone by its Windows name (`Pacific Standard Time`) or IANA name (`Europe/Berlin`), in any case. */
export function timeZone(name: string): TimeZone | undefined {
  const key = name.toLowerCase();
  if (!zones.has(key)) zones.set(key, find(name));
  return zones.get(key);
}

function find(name: string): TimeZone | undefined {
  const trimmed = name.trim();
  if (/^(utc|gmt|z)$/i.test(trimmed)) return { name, iana: 'UTC' };
  const windows = findIana(trimmed)[0] ?? findIana(windowsSpelling(trimmed) ?? '')[0];
  if (windows !== undefined) return { name, iana: windows };
  // A single word such as "EST" is an IANA name too, but an offset such as "+02:00" is none.
  if (!/^[a-z][\w+-]*(\/[\w+-]+)*$/i.test(trimmed)) return undefined;
  try {
    return { name, iana: new Intl.DateTimeFormat('en-US', { timeZone: trimmed }).resolvedOptions().timeZone };
  } catch {
    return undefined;
  }
}

/** `pacific standard time` in the spelling of the table. */
function windowsSpelling(name: string): string | undefined {
  const capital = name
    .toLowerCase()
    .replaceAll(/(^|[\s.(-])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
  return capital === name ? undefined : capital;
}

/** What must be added to universal time to get the zone's clock, in milliseconds, at an instant given in milliseconds since 1970. */
export function offsetAt(zone: TimeZone, instant: number): number {
  if (zone.iana === 'UTC') return 0;
  let format = formats.get(zone.iana);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone.iana,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      era: 'short',
    });
    formats.set(zone.iana, format);
  }
  const values = new Map(format.formatToParts(instant).map((part) => [part.type, part.value]));
  const number = (type: Intl.DateTimeFormatPartTypes): number => Number(values.get(type) ?? 0);
  const year = values.get('era') === 'BC' ? 1 - number('year') : number('year');
  const date = new Date(0);
  date.setUTCFullYear(year, number('month') - 1, number('day'));
  date.setUTCHours(number('hour'), number('minute'), number('second'));
  return date.getTime() - Math.floor(instant / 1000) * 1000;
}

/** The zone's clock at an instant; both in milliseconds since 1970. */
export function clockAt(zone: TimeZone, instant: number): number {
  return instant + offsetAt(zone, instant);
}

export type LocalTime =
  | { readonly instant: number }
  /** The clock skips this time when summer time begins; `next` is the first instant after the gap. */
  | { readonly skipped: true; readonly next: number };

/**
 * The instant at which the zone's clock shows a time. A clock that shows it twice, when summer time ends, is taken at its second time:
 * standard time, as TimeZoneInfo does.
 */
export function instantOf(zone: TimeZone, clock: number): LocalTime {
  const before = offsetAt(zone, clock - 24 * 60 * MINUTE);
  const after = offsetAt(zone, clock + 24 * 60 * MINUTE);
  const candidates = [clock - before, clock - after].filter((instant) => clockAt(zone, instant) === clock);
  if (candidates.length > 0) return { instant: Math.max(...candidates) };
  return { skipped: true, next: clock - before };
}
