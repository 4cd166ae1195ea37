/** ISO 8601 durations as workflows write them (`PT20S`, `P1DT2H`): reading them, how long they are, and putting them in words. */
import { DAY, HOUR, MINUTE, SECOND } from '../expressions/dates/dateTime';

export interface Duration {
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  /** With a fraction. */
  readonly seconds: number;
}

const form =
  /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Undefined for a text that is no duration. */
export function parseDuration(text: string): Duration | undefined {
  const match = form.exec(text.trim());
  if (match === null) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  return { years, months, days: days + 7 * weeks, hours, minutes, seconds };
}

/**
 * Milliseconds of a duration; undefined when the text is none. A month has 30 days and a year 365, as .NET's XmlConvert.ToTimeSpan counts
 * them.
 */
export function durationMilliseconds(text: string): number | undefined {
  const duration = parseDuration(text);
  if (duration === undefined) return undefined;
  const { years, months, days, hours, minutes, seconds } = duration;
  return (365 * years + 30 * months + days) * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND;
}

/** `1 day 2 hours`; `no time` for an empty one. */
export function durationInWords(duration: Duration): string {
  const parts = Object.entries(duration)
    .filter(([, count]) => count !== 0)
    .map(([unit, count]) => `${count} ${count === 1 ? unit.slice(0, -1) : unit}`);
  return parts.length === 0 ? 'no time' : parts.join(' ');
}
