/** Time zones by Windows or IANA name, and their offsets. The rules are those of the platform's Intl data. */
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { DAY } from './dateTime';

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
  if (/^(utc|gmt|z|etc\/(utc|gmt|uct|zulu))$/i.test(trimmed)) return { name, iana: 'UTC' };
  const windows = windowsZones().get(plainName(trimmed));
  if (windows !== undefined) {
    // An older Intl may lack the newest of the names.
    const iana = windows.iana.find((each) => intlName(each) !== undefined);
    return iana === undefined ? undefined : { name, iana };
  }
  // A single word such as "EST" is an IANA name too, but an offset such as "+02:00" is none.
  const iana = /^[a-z][\w+-]*(\/[\w+-]+)*$/i.test(trimmed) ? intlName(trimmed) : undefined;
  return iana === undefined ? undefined : { name, iana };
}

/** The reference advises to leave out the punctuation of a name, so it does not count: `W Europe Standard Time`. */
function plainName(name: string): string {
  return name.toLowerCase().replaceAll('.', '');
}

/** The name that Intl knows a zone by, undefined when it knows none. */
function intlName(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

interface WindowsZone {
  readonly name: string;
  readonly iana: readonly string[];
}

let windowsByName: ReadonlyMap<string, WindowsZone> | undefined;

/** Windows lists these as "Old": their names still work, and Unicode's table lacks them. They are taken without summer time. */
const retired: readonly WindowsZone[] = [
  { name: 'Kamchatka Standard Time', iana: ['Asia/Kamchatka'] },
  { name: 'Mid-Atlantic Standard Time', iana: ['Etc/GMT+2'] },
];

/** By the plain name; the zone of the world (`001`) stands for all territories. */
function windowsZones(): ReadonlyMap<string, WindowsZone> {
  if (windowsByName === undefined) {
    const current = WINDOWS_TO_IANA_MAP.filter(({ territory }) => territory === '001');
    const zones = [...current.map(({ windowsName: name, iana }) => ({ name, iana })), ...retired];
    windowsByName = new Map(zones.map((zone) => [plainName(zone.name), zone]));
  }
  return windowsByName;
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
  const before = offsetAt(zone, clock - DAY);
  const after = offsetAt(zone, clock + DAY);
  const candidates = [clock - before, clock - after].filter((instant) => clockAt(zone, instant) === clock);
  if (candidates.length > 0) return { instant: Math.max(...candidates) };
  return { skipped: true, next: clock - before };
}

/**
 * The instant at which something planned for a time of the zone's clock happens. A time that the clock skips counts from before the jump
 * (2:30 becomes 3:30); of one that comes twice the first is meant. Source: Microsoft's simulation of two daily workflows over daylight
 * saving time, in "Schedules for recurring triggers".
 */
export function plannedInstant(zone: TimeZone, clock: number): number {
  const before = clock - offsetAt(zone, clock - DAY);
  const after = clock - offsetAt(zone, clock + DAY);
  return clockAt(zone, before) === clock || clockAt(zone, after) !== clock ? before : after;
}
