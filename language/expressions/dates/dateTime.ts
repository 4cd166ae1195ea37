/**
 * A point on the clock as .NET's DateTime has it: years 1 to 9999, a resolution of 100 nanoseconds, and either universal or of no
 * known zone.
 */

export interface DateTime {
  /** What the clock shows, as milliseconds since 1970-01-01T00:00 of the same clock; whole. */
  readonly clock: number;
  /** Ticks of 100 ns within the millisecond, 0 to 9999. */
  readonly ticks: number;
  /** True for `Z`; false when the text named no zone. */
  readonly utc: boolean;
}

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const FIRST = utcClock(1, 1, 1);
const LAST = utcClock(9999, 12, 31) + DAY - 1;
/** Ticks from 0001-01-01 to 1970-01-01. */
const EPOCH_TICKS = 621_355_968_000_000_000n;

/** Milliseconds since 1970 of a date at midnight; the month is 1 to 12. Unlike Date.UTC it takes years below 100 as they are. */
export function utcClock(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

/** The same clock, moved; undefined outside the years 1 to 9999. */
export function moved(time: DateTime, milliseconds: number): DateTime | undefined {
  const clock = time.clock + milliseconds;
  return clock < FIRST || clock > LAST ? undefined : { ...time, clock };
}

/** The time itself, or the first or last there is: TimeZoneInfo converts no further than that. */
export function clamped(time: DateTime): DateTime {
  if (time.clock < FIRST) return { ...time, clock: FIRST, ticks: 0 };
  return time.clock > LAST ? { ...time, clock: LAST, ticks: 9_999 } : time;
}

/** Adds calendar months; a day the month lacks becomes its last, as AddMonths does. */
export function movedByMonths(time: DateTime, months: number): DateTime | undefined {
  const date = new Date(time.clock);
  const index = date.getUTCFullYear() * 12 + date.getUTCMonth() + months;
  const year = Math.floor(index / 12);
  const month = (index % 12) + 1;
  if (!(year >= 1 && year <= 9999)) return undefined;
  const day = Math.min(date.getUTCDate(), daysInMonth(year, month));
  return { ...time, clock: utcClock(year, month, day) + timeOfDay(time.clock) };
}

export function daysInMonth(year: number, month: number): number {
  return new Date(utcClock(year, month + 1, 1) - DAY).getUTCDate();
}

/** Milliseconds since midnight. */
export function timeOfDay(clock: number): number {
  return ((clock % DAY) + DAY) % DAY;
}

/** .NET's DateTime.Ticks. */
export function totalTicks(time: DateTime): bigint {
  return BigInt(time.clock) * 10_000n + BigInt(time.ticks) + EPOCH_TICKS;
}

/** From milliseconds since 1970, whose fraction carries ticks. */
export function fromEpoch(milliseconds: number): DateTime {
  const clock = Math.floor(milliseconds);
  return { clock, ticks: Math.floor((milliseconds - clock) * 10_000), utc: true };
}

export interface ClockFields {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** Sunday is 0. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

export function fieldsOf(clock: number): ClockFields {
  const date = new Date(clock);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    millisecond: date.getUTCMilliseconds(),
  };
}

export interface TimeParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  /** Ticks of 100 ns within the second. */
  readonly fraction?: number;
}

/** The clock and ticks of parts, or undefined when a part is out of its range. */
export function fromParts(parts: TimeParts): { readonly clock: number; readonly ticks: number } | undefined {
  const { year, month, day, hour = 0, minute = 0, second = 0, fraction = 0 } = parts;
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1)) return undefined;
  if (day > daysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return undefined;
  const milliseconds = Math.floor(fraction / 10_000);
  return {
    clock: utcClock(year, month, day) + hour * HOUR + minute * MINUTE + second * SECOND + milliseconds,
    ticks: fraction - milliseconds * 10_000,
  };
}
