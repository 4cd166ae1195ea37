/**
 * When a recurrence is due. Source: "Schedule and run recurring workflows", table of start date and time behaviours: without a start
 * time the first run is at once; a start time in the past counts, but runs missed since are not made up for.
 */
import type { Frequency, Recurrence, Schedule } from './recurrence';
import type { LocalTime, Zone } from './zone';

const fixed: Readonly<Partial<Record<Frequency, number>>> = { Second: 1000, Minute: 60_000, Hour: 3_600_000 };
const DAY = 86_400_000;
/** A schedule that names a day that hardly ever comes (29 February every fourth year …) is given up after this many periods. */
const MOST_PERIODS = 5000;

/** When the trigger fires for the first time; `now` is the time at which it was armed. Undefined: never. */
export function firstOccurrence(recurrence: Recurrence, now: number): number | undefined {
  const { startTime } = recurrence;
  if (startTime === undefined) return within(recurrence, now);
  if (startTime >= now && recurrence.schedule === undefined) return within(recurrence, startTime);
  return nextOccurrence(recurrence, startTime, Math.max(now, startTime) - 1);
}

/**
 * The first occurrence after a time. `anchor` is the start time, or the first run when there is none: intervals are counted from it,
 * and it gives the hours and minutes that the schedule does not name. Undefined: never.
 */
export function nextOccurrence(recurrence: Recurrence, anchor: number, after: number): number | undefined {
  const { frequency, interval, schedule, zone } = recurrence;
  const milliseconds = fixed[frequency];
  if (milliseconds !== undefined && schedule?.minutes === undefined) {
    const step = milliseconds * interval;
    const count = Math.max(0, Math.floor((after - anchor) / step) + 1);
    return within(recurrence, anchor + count * step);
  }
  const start = zone.local(anchor);
  const first = Math.max(0, periodsBetween(frequency, interval, start, zone.local(after)) - 1);
  for (let period = first; period < first + MOST_PERIODS; period += 1) {
    const due = timesOf(frequency, period * interval, start, schedule, zone).find(
      (time) => time > after && time >= anchor,
    );
    if (due !== undefined) return within(recurrence, due);
  }
  return undefined;
}

function within({ endTime }: Recurrence, time: number): number | undefined {
  return endTime === undefined || time <= endTime ? time : undefined;
}

/** How many whole periods lie between two times, about: the search begins one before. */
function periodsBetween(frequency: Frequency, interval: number, from: LocalTime, to: LocalTime): number {
  const daysBetween = (dayNumber(to) - dayNumber(from)) / interval;
  const months = ((to.year - from.year) * 12 + to.month - from.month) / interval;
  switch (frequency) {
    case 'Second':
    case 'Minute':
    case 'Hour':
      return Math.floor(daysBetween * 24);
    case 'Day':
      return Math.floor(daysBetween);
    case 'Week':
      return Math.floor(daysBetween / 7);
    case 'Month':
      return Math.floor(months);
    case 'Year':
      return Math.floor(months / 12);
  }
}

/** The occurrences of the period that lies `count` units behind the anchor, in order. */
function timesOf(
  frequency: Frequency,
  count: number,
  start: LocalTime,
  schedule: Schedule | undefined,
  zone: Zone,
): number[] {
  if (frequency === 'Hour') {
    const hour = zone.instant({ ...start, minute: 0, second: 0 }) + count * 3_600_000;
    return (schedule?.minutes ?? []).map((minute) => hour + minute * 60_000);
  }
  const hours = schedule?.hours ?? [start.hour];
  const minutes = schedule?.minutes ?? [start.minute];
  const times = daysOf(frequency, count, start, schedule).flatMap((day) => {
    const date = new Date(day * DAY);
    return hours.flatMap((hour) =>
      minutes.map((minute) =>
        zone.instant({
          year: date.getUTCFullYear(),
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
          hour,
          minute,
          second: schedule === undefined ? start.second : 0,
        }),
      ),
    );
  });
  return times.sort((one, other) => one - other);
}

/** The days of a period, as numbers of days since 1970. */
function daysOf(frequency: Frequency, count: number, start: LocalTime, schedule: Schedule | undefined): number[] {
  const first = dayNumber(start);
  switch (frequency) {
    case 'Day':
      return [first + count].filter((day) => schedule?.weekDays?.includes(weekDay(day)) ?? true);
    case 'Week': {
      // Weeks begin on Sunday; the anchor's own weekday counts when none is named.
      const sunday = first - weekDay(first) + 7 * count;
      return (schedule?.weekDays ?? [weekDay(first)]).map((day) => sunday + day);
    }
    case 'Month':
    case 'Year': {
      const months = start.month - 1 + (frequency === 'Month' ? count : 12 * count);
      return monthDaysOf(start.year + Math.floor(months / 12), months % 12, start.day, schedule);
    }
    case 'Second':
    case 'Minute':
    case 'Hour':
      return [];
  }
}

/** `month` is 0 to 11. */
function monthDaysOf(year: number, month: number, day: number, schedule: Schedule | undefined): number[] {
  const first = Date.UTC(year, month, 1) / DAY;
  const length = Date.UTC(year, month + 1, 1) / DAY - first;
  const { monthDays, monthlyOccurrences } = schedule ?? {};
  if (monthDays === undefined && monthlyOccurrences === undefined) return [first + Math.min(day, length) - 1];
  const named = (monthDays ?? []).map((each) => (each < 0 ? length + each : each - 1));
  const weekly = (monthlyOccurrences ?? []).map(({ weekDay: wanted, occurrence }) => {
    const offset = (wanted - weekDay(first) + 7) % 7;
    if (occurrence > 0) return offset + 7 * (occurrence - 1);
    const last = offset + 7 * Math.floor((length - 1 - offset) / 7);
    return last + 7 * (occurrence + 1);
  });
  return [...named, ...weekly].filter((each) => each >= 0 && each < length).map((each) => first + each);
}

function dayNumber({ year, month, day }: LocalTime): number {
  return Date.UTC(year, month - 1, day) / DAY;
}

/** 1970-01-01 was a Thursday. */
function weekDay(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}
