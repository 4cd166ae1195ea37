/** A recurrence as a trigger declares it. Source: "Schedule and run recurring workflows with the Recurrence trigger". */
import { isArray, isObject } from '../../../language/json/value';
import type { ObjectValue, Value } from '../../../language/json/value';
import { Zone } from './zone';

export const frequencies = ['Second', 'Minute', 'Hour', 'Day', 'Week', 'Month', 'Year'] as const;
export type Frequency = (typeof frequencies)[number];

export interface Schedule {
  readonly hours: readonly number[] | undefined;
  readonly minutes: readonly number[] | undefined;
  /** 0 is Sunday. */
  readonly weekDays: readonly number[] | undefined;
  /** Negative ones count from the end of the month. */
  readonly monthDays: readonly number[] | undefined;
  /** `occurrence` 1 is the first such day of the month, -1 the last. */
  readonly monthlyOccurrences: readonly { readonly weekDay: number; readonly occurrence: number }[] | undefined;
}

export interface Recurrence {
  readonly frequency: Frequency;
  readonly interval: number;
  /** Milliseconds since 1970. */
  readonly startTime: number | undefined;
  readonly endTime: number | undefined;
  readonly zone: Zone;
  readonly schedule: Schedule | undefined;
}

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** Reads an evaluated `recurrence`, or says what is wrong with it. */
export function readRecurrence(value: Value | undefined): Recurrence | { readonly problem: string } {
  if (!isObject(value)) return { problem: 'It has no recurrence.' };
  const frequency = frequencies.find(
    (each) => each.toLowerCase() === textOf(member(value, 'frequency'))?.toLowerCase(),
  );
  if (frequency === undefined) return { problem: `The frequency must be one of ${frequencies.join(', ')}.` };
  const interval = numberOf(member(value, 'interval'));
  if (interval === undefined || interval < 1) return { problem: 'The interval must be a whole number from 1.' };
  const zoneName = textOf(member(value, 'timeZone'));
  const zone = Zone.of(zoneName);
  if (zone === undefined) return { problem: `There is no time zone '${zoneName}'.` };
  const startTime = timeOf(textOf(member(value, 'startTime')), zone);
  const endTime = timeOf(textOf(member(value, 'endTime')), zone);
  if (startTime === 'invalid' || endTime === 'invalid') return { problem: 'The start time is no time.' };
  return { frequency, interval, startTime, endTime, zone, schedule: scheduleOf(member(value, 'schedule')) };
}

/** A time with an offset or `Z` is that instant; without, it is the wall clock of the recurrence's zone. */
function timeOf(text: string | undefined, zone: Zone): number | undefined | 'invalid' {
  if (text === undefined || text === '') return undefined;
  const isFixed = /(Z|[+-]\d{2}:?\d{2})$/i.test(text);
  const time = Date.parse(isFixed ? text : `${text}Z`);
  if (Number.isNaN(time)) return 'invalid';
  return isFixed ? time : zone.instant((Zone.of(undefined) ?? zone).local(time));
}

function scheduleOf(value: Value | undefined): Schedule | undefined {
  if (!isObject(value) || value.size === 0) return undefined;
  const weekDays = listOf(member(value, 'weekDays')).flatMap((day) => dayOf(day) ?? []);
  const occurrences = listOf(member(value, 'monthlyOccurrences')).flatMap((each) => {
    if (!isObject(each)) return [];
    const weekDay = dayOf(member(each, 'day') ?? member(each, 'dayOfWeek') ?? null);
    const occurrence = numberOf(member(each, 'occurrence'));
    return weekDay === undefined || occurrence === undefined ? [] : [{ weekDay, occurrence }];
  });
  const schedule: Schedule = {
    hours: numbersOf(member(value, 'hours')),
    minutes: numbersOf(member(value, 'minutes')),
    weekDays: weekDays.length === 0 ? undefined : weekDays,
    monthDays: numbersOf(member(value, 'monthDays')),
    monthlyOccurrences: occurrences.length === 0 ? undefined : occurrences,
  };
  return Object.values(schedule).every((each) => each === undefined) ? undefined : schedule;
}

function member(object: ObjectValue, name: string): Value | undefined {
  const wanted = name.toLowerCase();
  return [...object].find(([key]) => key.toLowerCase() === wanted)?.[1];
}

function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Numbers also come as text: the designer writes hours so. */
function numberOf(value: Value | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : undefined;
}

function listOf(value: Value | undefined): readonly Value[] {
  return isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function numbersOf(value: Value | undefined): readonly number[] | undefined {
  const numbers = listOf(value).flatMap((each) => numberOf(each) ?? []);
  return numbers.length === 0 ? undefined : [...numbers].sort((a, b) => a - b);
}

function dayOf(value: Value): number | undefined {
  const index = typeof value === 'string' ? days.indexOf(value.toLowerCase()) : -1;
  return index < 0 ? undefined : index;
}
