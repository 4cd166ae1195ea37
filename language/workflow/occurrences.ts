/**
 * When a recurrence is due. Sources: the table "Patterns for start date and time" of "Schedules for recurring triggers in Azure Logic
 * Apps workflows", and the examples of "How to build complex schedules and advanced recurrence with Azure Scheduler". Without a start
 * time the first run is at once; a start time in the past sets the rhythm, but runs missed since are not made up for.
 */
import { DAY, daysInMonth, fieldsOf, HOUR, MINUTE, SECOND, timeOfDay, utcClock } from '../expressions/dates/dateTime';
import { clockAt, plannedInstant } from '../expressions/dates/zones';
import type { Frequency, Recurrence, Schedule } from './recurrence';

/** Units that are a fixed time long, whatever the clock does. */
const fixed: Readonly<Partial<Record<Frequency, number>>> = { Second: SECOND, Minute: MINUTE, Hour: HOUR };
/** A schedule that names a day that never comes (the 31st of every twelfth month from February) is given up after so many periods. */
const MOST_PERIODS = 5000;

/** When the trigger fires for the first time; `now` is the time at which it was armed. Milliseconds since 1970; undefined: never. */
export function firstOccurrence(recurrence: Recurrence, now: number): number | undefined {
  const { startTime } = recurrence;
  if (startTime === undefined) return unlessEnded(recurrence, now);
  return nextOccurrence(recurrence, startTime, Math.max(now, startTime) - 1);
}

/**
 * The first occurrence after a time. `anchor` is the start time, or the first run when there is none: intervals are counted from it,
 * and it gives the hours and minutes that the schedule does not name. Undefined: never.
 */
export function nextOccurrence(recurrence: Recurrence, anchor: number, after: number): number | undefined {
  const { frequency, interval, schedule, zone } = recurrence;
  const unit = fixed[frequency];
  if (unit !== undefined && (frequency !== 'Hour' || schedule?.minutes === undefined)) {
    const count = Math.max(0, Math.floor((after - anchor) / (unit * interval)) + 1);
    return unlessEnded(recurrence, anchor + count * unit * interval);
  }
  const start = clockAt(zone, anchor);
  const first = Math.max(0, periodsBetween(recurrence, start, clockAt(zone, after)) - 1);
  for (let period = first; period < first + MOST_PERIODS; period++) {
    const due = instantsOf(recurrence, start, period * interval).find((time) => time > after && time >= anchor);
    if (due !== undefined) return unlessEnded(recurrence, due);
  }
  return undefined;
}

/** The next occurrences, at most `count`, of a trigger that is armed at `now`. For previews. */
export function upcoming(recurrence: Recurrence, now: number, count: number): number[] {
  const anchor = recurrence.startTime ?? now;
  const times: number[] = [];
  for (let due = firstOccurrence(recurrence, now); due !== undefined && times.length < count;) {
    times.push(due);
    due = nextOccurrence(recurrence, anchor, due);
  }
  return times;
}

function unlessEnded({ endTime }: Recurrence, time: number): number | undefined {
  return endTime === undefined || time <= endTime ? time : undefined;
}

/** How many whole periods lie between two clock times, about: the search begins one before. */
function periodsBetween({ frequency, interval }: Recurrence, from: number, to: number): number {
  const one = fieldsOf(from);
  const other = fieldsOf(to);
  const months = (other.year - one.year) * 12 + other.month - one.month;
  switch (frequency) {
    case 'Month':
      return Math.floor(months / interval);
    case 'Year':
      return Math.floor(months / 12 / interval);
    case 'Week':
      return Math.floor((to - from) / (7 * DAY * interval));
    case 'Day':
      return Math.floor((to - from) / (DAY * interval));
    default:
      return Math.floor((to - from) / ((fixed[frequency] ?? HOUR) * interval));
  }
}

/** The occurrences of the period that lies `count` units behind the start, in order. */
function instantsOf({ frequency, schedule, zone }: Recurrence, start: number, count: number): number[] {
  if (frequency === 'Hour') {
    const hour = plannedInstant(zone, Math.floor(start / HOUR) * HOUR) + count * HOUR;
    return (schedule?.minutes ?? []).map((minute) => hour + minute * MINUTE);
  }
  const instants = daysOf(frequency, count, start, schedule).flatMap((day) =>
    timesOfDay(start, schedule).map((time) => plannedInstant(zone, day + time)),
  );
  return instants.sort((one, other) => one - other);
}

/** Times since midnight. Hours and minutes that the schedule does not name are those of the start. */
function timesOfDay(start: number, schedule: Schedule | undefined): number[] {
  if (schedule === undefined) return [timeOfDay(start)];
  const { hour, minute } = fieldsOf(start);
  return (schedule.hours ?? [hour]).flatMap((hours) =>
    (schedule.minutes ?? [minute]).map((minutes) => hours * HOUR + minutes * MINUTE),
  );
}

/** The days of a period, as clock times at midnight. */
function daysOf(frequency: Frequency, count: number, start: number, schedule: Schedule | undefined): number[] {
  const first = start - timeOfDay(start);
  const { year, month, day, weekday } = fieldsOf(start);
  switch (frequency) {
    case 'Week': {
      // Weeks begin on Sunday; the start's own weekday counts when none is named.
      const sunday = first - weekday * DAY + 7 * count * DAY;
      return (schedule?.weekDays ?? [weekday]).map((each) => sunday + each * DAY);
    }
    case 'Month':
    case 'Year': {
      const months = month - 1 + (frequency === 'Month' ? count : 12 * count);
      return monthDaysOf(year + Math.floor(months / 12), (months % 12) + 1, day, schedule);
    }
    default:
      return [first + count * DAY];
  }
}

/**
 * Days of a month, 1 to 12. A plain monthly recurrence takes the last day where the month lacks the start's; a schedule leaves such
 * months out.
 */
function monthDaysOf(year: number, month: number, day: number, schedule: Schedule | undefined): number[] {
  const first = utcClock(year, month, 1);
  const length = daysInMonth(year, month);
  const { monthDays, monthlyOccurrences } = schedule ?? {};
  if (monthDays === undefined && monthlyOccurrences === undefined) return [first + (Math.min(day, length) - 1) * DAY];
  const days = (monthDays ?? []).map((each) => (each < 0 ? length + each + 1 : each));
  for (const { weekDay, occurrence } of monthlyOccurrences ?? []) {
    const earliest = ((weekDay - fieldsOf(first).weekday + 7) % 7) + 1;
    const all = Array.from({ length: Math.floor((length - earliest) / 7) + 1 }, (_, week) => earliest + 7 * week);
    const chosen = occurrence === undefined ? all : [all.at(occurrence > 0 ? occurrence - 1 : occurrence)];
    days.push(...chosen.filter((each) => each !== undefined));
  }
  return [...new Set(days)].filter((each) => each >= 1 && each <= length).map((each) => first + (each - 1) * DAY);
}
