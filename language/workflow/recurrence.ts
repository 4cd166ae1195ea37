/**
 * A recurrence as a trigger declares it: reading and checking it. When it is due stands in `occurrences`, its words in
 * `recurrenceInWords`. Sources: "Schedule and run recurring workflows with the Recurrence trigger" (members, limits, time zones) and
 * "How to build complex schedules and advanced recurrence with Azure Scheduler" (days of the month), the service it comes from.
 */
import { parseTime } from '../expressions/dates/parse';
import { plannedInstant, timeZone } from '../expressions/dates/zones';
import type { TimeZone } from '../expressions/dates/zones';
import { isArray, isObject } from '../json/value';
import type { ObjectValue, Value } from '../json/value';

export const frequencies = ['Second', 'Minute', 'Hour', 'Day', 'Week', 'Month', 'Year'] as const;
export type Frequency = (typeof frequencies)[number];

/** From Sunday, which is 0. */
export const weekDays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

export interface MonthlyOccurrence {
  /** 0 is Sunday. */
  readonly weekDay: number;
  /** 1 is the first such day of the month, -1 the last; undefined: each of them. */
  readonly occurrence: number | undefined;
}

/** Each list in ascending order and without duplicates; undefined where the schedule does not say. */
export interface Schedule {
  readonly hours: readonly number[] | undefined;
  readonly minutes: readonly number[] | undefined;
  /** 0 is Sunday. */
  readonly weekDays: readonly number[] | undefined;
  /** Negative ones count from the end of the month: -1 is the last day. */
  readonly monthDays: readonly number[] | undefined;
  readonly monthlyOccurrences: readonly MonthlyOccurrence[] | undefined;
}

export interface Recurrence {
  readonly frequency: Frequency;
  readonly interval: number;
  /** Milliseconds since 1970. */
  readonly startTime: number | undefined;
  /** Milliseconds since 1970; nothing is due after it. */
  readonly endTime: number | undefined;
  /** UTC when none is named. */
  readonly zone: TimeZone;
  readonly schedule: Schedule | undefined;
}

export interface RecurrenceProblem {
  /** A sentence that says what would be right. */
  readonly problem: string;
  /** The member it is about, from the recurrence: `['schedule', 'hours']`. */
  readonly path: readonly string[];
}

/** The documented maximum of the interval; a year is not limited. */
const mostIntervals: Readonly<Record<Frequency, number>> = {
  Second: 9_999_999,
  Minute: 72_000,
  Hour: 12_000,
  Day: 500,
  Week: 71,
  Month: 16,
  Year: Number.MAX_SAFE_INTEGER,
};

/** Reads a `recurrence` whose expressions have been evaluated, or says what is wrong with it. */
export function readRecurrence(value: Value | undefined): Recurrence | RecurrenceProblem {
  try {
    return new Reader().recurrence(value);
  } catch (error) {
    if (error instanceof Refused) return error.reason;
    throw error;
  }
}

class Refused extends Error {
  constructor(readonly reason: RecurrenceProblem) {
    super(reason.problem);
  }
}

class Reader {
  recurrence(value: Value | undefined): Recurrence {
    if (!isObject(value)) return refuse('A recurrence with a frequency and an interval is needed.');
    const frequency = this.#frequency(value);
    const zone = this.#zone(value);
    return {
      frequency,
      interval: this.#interval(value, frequency),
      startTime: this.#time(value, 'startTime', zone),
      endTime: this.#time(value, 'endTime', zone),
      zone,
      schedule: this.#schedule(recurrenceMember(value, 'schedule'), frequency),
    };
  }

  #frequency(value: ObjectValue): Frequency {
    const given = recurrenceMember(value, 'frequency');
    const found = frequencies.find((each) => typeof given === 'string' && each.toLowerCase() === given.toLowerCase());
    return found ?? refuse(`The frequency must be one of ${frequencies.join(', ')}.`, 'frequency');
  }

  #interval(value: ObjectValue, frequency: Frequency): number {
    const interval = wholeNumber(recurrenceMember(value, 'interval'));
    const most = mostIntervals[frequency];
    if (interval === undefined || interval < 1)
      return refuse('The interval must be a whole number from 1.', 'interval');
    if (interval <= most) return interval;
    return refuse(`The interval must be at most ${most} when the frequency is ${frequency}.`, 'interval');
  }

  #zone(value: ObjectValue): TimeZone {
    const name = recurrenceMember(value, 'timeZone') ?? '';
    if (typeof name !== 'string') return refuse('The time zone must be a name.', 'timeZone');
    const zone = timeZone(name === '' ? 'UTC' : name);
    return zone ?? refuse(`There is no time zone '${name}'. One looks like 'W. Europe Standard Time'.`, 'timeZone');
  }

  /** A time with `Z` or an offset is that instant, whatever the time zone; one without is read off the zone's clock. */
  #time(value: ObjectValue, name: 'startTime' | 'endTime', zone: TimeZone): number | undefined {
    const text = recurrenceMember(value, name);
    if (text === undefined || text === null || text === '') return undefined;
    const what = name === 'startTime' ? 'start' : 'end';
    const time = typeof text === 'string' ? parseTime(text) : undefined;
    if (time === undefined) {
      return refuse(
        `The ${what} time is no time. One looks like 2024-05-01T08:00:00, or 2024-05-01T08:00:00Z for UTC.`,
        name,
      );
    }
    return time.utc ? time.clock : plannedInstant(zone, time.clock);
  }

  #schedule(value: Value | undefined, frequency: Frequency): Schedule | undefined {
    if (!isObject(value)) return undefined;
    const schedule: Schedule = {
      hours: this.#numbers(value, 'hours', (each) => each >= 0 && each <= 23, 'from 0 to 23'),
      minutes: this.#numbers(value, 'minutes', (each) => each >= 0 && each <= 59, 'from 0 to 59'),
      weekDays: this.#weekDays(value),
      monthDays: this.#numbers(
        value,
        'monthDays',
        (each) => each !== 0 && Math.abs(each) <= 31,
        'from 1 to 31, or from -1 to -31 to count from the end of the month',
      ),
      monthlyOccurrences: this.#monthlyOccurrences(value),
    };
    if (schedule.weekDays !== undefined && frequency !== 'Week') {
      return refuse('Days of the week need the frequency Week.', 'schedule', 'weekDays');
    }
    for (const name of ['monthDays', 'monthlyOccurrences'] as const) {
      if (schedule[name] !== undefined && frequency !== 'Month' && frequency !== 'Year') {
        return refuse('Days of the month need the frequency Month.', 'schedule', name);
      }
    }
    return Object.values(schedule).every((each) => each === undefined) ? undefined : schedule;
  }

  #numbers(
    value: ObjectValue,
    name: 'hours' | 'minutes' | 'monthDays',
    fits: (number: number) => boolean,
    range: string,
  ): readonly number[] | undefined {
    const numbers = listOf(recurrenceMember(value, name)).map((each) => {
      const number = wholeNumber(each);
      return number !== undefined && fits(number)
        ? number
        : refuse(`Whole numbers ${range} are expected.`, 'schedule', name);
    });
    return numbers.length === 0 ? undefined : [...new Set(numbers)].sort((a, b) => a - b);
  }

  #weekDays(value: ObjectValue): readonly number[] | undefined {
    const days = listOf(recurrenceMember(value, 'weekDays')).map((each) => weekDay(each, 'weekDays'));
    return days.length === 0 ? undefined : [...new Set(days)].sort((a, b) => a - b);
  }

  #monthlyOccurrences(value: ObjectValue): readonly MonthlyOccurrence[] | undefined {
    const occurrences = listOf(recurrenceMember(value, 'monthlyOccurrences')).map((each): MonthlyOccurrence => {
      const day = isObject(each) ? (recurrenceMember(each, 'day') ?? recurrenceMember(each, 'dayOfWeek')) : undefined;
      const given = isObject(each) ? recurrenceMember(each, 'occurrence') : undefined;
      const occurrence = wholeNumber(given);
      const isMissing = given === undefined || given === null;
      if (isMissing || (occurrence !== undefined && occurrence !== 0 && Math.abs(occurrence) <= 5)) {
        return { weekDay: weekDay(day, 'monthlyOccurrences'), occurrence };
      }
      return refuse(
        'An occurrence is from 1 to 5, or from -1 to -5 to count from the end.',
        'schedule',
        'monthlyOccurrences',
      );
    });
    return occurrences.length === 0 ? undefined : occurrences;
  }
}

function refuse(problem: string, ...path: readonly string[]): never {
  throw new Refused({ problem, path });
}

function weekDay(value: Value | undefined, name: string): number {
  const index = weekDays.findIndex((each) => typeof value === 'string' && each.toLowerCase() === value.toLowerCase());
  return index >= 0 ? index : refuse(`A day of the week is one of ${weekDays.join(', ')}.`, 'schedule', name);
}

/** A member by its name in any case, as the platform finds it. */
export function recurrenceMember(object: ObjectValue, name: string): Value | undefined {
  const exact = object.get(name);
  if (exact !== undefined) return exact;
  const wanted = name.toLowerCase();
  return [...object].find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/** Numbers also come as text: the designer writes hours so. */
function wholeNumber(value: Value | undefined): number | undefined {
  const number = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

/** One value stands for a list of one. */
export function listOf(value: Value | undefined): readonly Value[] {
  return isArray(value) ? value : value === undefined || value === null ? [] : [value];
}
