/** A recurrence in plain words, for hovers, inlay hints and the designer. Expressions stand as they are written. */
import { isObject } from '../json/value';
import type { ObjectValue, Value } from '../json/value';
import { stringify } from '../json/stringify';
import { listOf, recurrenceMember, weekDays } from './recurrence';

/** More times than these are told by their hours and minutes. */
const MOST_TIMES = 6;
const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];

/**
 * `every 2 weeks on Monday and Friday at 08:30, from 2024-05-01T08:00:00 (W. Europe Standard Time)`, of a `recurrence` as it is written;
 * it need be neither complete nor valid. Undefined when it does not even say how often.
 */
export function describeRecurrence(value: Value | undefined): string | undefined {
  if (!isObject(value)) return undefined;
  const frequency = text(value, 'frequency');
  if (frequency === undefined) return undefined;
  const schedule = recurrenceMember(value, 'schedule');
  const zone = text(value, 'timeZone');
  const start = text(value, 'startTime');
  const end = text(value, 'endTime');
  const parts = [often(text(value, 'interval') ?? '1', frequency)];
  if (isObject(schedule)) parts.push(...inSchedule(schedule, frequency.toLowerCase()));
  return [
    parts.join(' '),
    start === undefined ? '' : `, from ${start}`,
    end === undefined ? '' : `, until ${end}`,
    zone === undefined ? '' : ` (${zone})`,
  ].join('');
}

function often(interval: string, frequency: string): string {
  const unit = /^[a-z]+$/i.test(frequency) ? frequency.toLowerCase() : frequency;
  return interval === '1' ? `every ${unit}` : `every ${interval} ${unit}s`;
}

function inSchedule(schedule: ObjectValue, frequency: string): string[] {
  const parts: string[] = [];
  const named = texts(schedule, 'weekDays').map(capital);
  if (named.length > 0) parts.push(`on ${named.length === 7 ? 'all days' : sorted(named)}`);
  const monthDays = texts(schedule, 'monthDays').map(monthDay);
  const occurrences = listOf(recurrenceMember(schedule, 'monthlyOccurrences')).map(occurrence);
  if (monthDays.length + occurrences.length > 0) parts.push(`on ${list([...monthDays, ...occurrences])}`);
  const times = timesOf(texts(schedule, 'hours'), texts(schedule, 'minutes'), frequency);
  if (times !== undefined) parts.push(times);
  return parts;
}

function timesOf(hours: readonly string[], minutes: readonly string[], frequency: string): string | undefined {
  const at = (): string => `at ${minutes.length === 1 ? 'minute' : 'minutes'} ${list(minutes)}`;
  if (hours.length === 0)
    return minutes.length === 0 ? undefined : frequency === 'hour' ? at() : `${at()} of the hour of its start`;
  const hourText = (hour: string): string => (/^\d$/.test(hour) ? `0${hour}` : hour);
  if (minutes.length === 0) return `at ${spans(hours)} o'clock plus the minutes of its start`;
  if (hours.length * minutes.length > MOST_TIMES)
    return `${at()} of the ${hours.length === 1 ? 'hour' : 'hours'} ${spans(hours)}`;
  return `at ${list(hours.flatMap((hour) => minutes.map((minute) => `${hourText(hour)}:${hourText(minute)}`)))}`;
}

/** `8 to 17` for a row of three hours and more, else each. */
function spans(hours: readonly string[]): string {
  const numbers = hours.map(Number);
  const [first = 0] = numbers;
  const isRow = numbers.length > 2 && numbers.every((hour, index) => hour === first + index);
  return isRow ? `${first} to ${first + numbers.length - 1}` : list(hours);
}

function monthDay(day: string): string {
  const number = Number(day);
  if (!Number.isInteger(number) || number === 0) return `day ${day}`;
  return number > 0 ? `day ${day}` : number === -1 ? 'the last day' : `the ${counted(-number)} last day`;
}

function occurrence(value: Value): string {
  if (!isObject(value)) return stringify(value);
  const day = capital(text(value, 'day') ?? text(value, 'dayOfWeek') ?? 'day');
  const number = Number(text(value, 'occurrence') ?? '0');
  if (number === 0) return `each ${day}`;
  if (number > 0) return `the ${counted(number)} ${day}`;
  return number === -1 ? `the last ${day}` : `the ${counted(-number)} last ${day}`;
}

function counted(number: number): string {
  return ordinals[number - 1] ?? `${number}th`;
}

/** Days of the week in their order from Monday, others as they come. */
function sorted(names: readonly string[]): string {
  const ordered = [...weekDays.slice(1), weekDays[0]].filter((day) => names.includes(day));
  return list(ordered.length === new Set(names).size ? ordered : names);
}

function capital(name: string): string {
  return /^[a-z]+$/i.test(name) ? name.charAt(0).toUpperCase() + name.slice(1).toLowerCase() : name;
}

function list(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}

function text(object: ObjectValue, name: string): string | undefined {
  const value = recurrenceMember(object, name);
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'string' ? value : stringify(value);
}

function texts(object: ObjectValue, name: string): string[] {
  return listOf(recurrenceMember(object, name)).map((each) => (typeof each === 'string' ? each : stringify(each)));
}
