/** Date and time functions. */
import { integer } from '../../json/value';
import type { Value } from '../../json/value';
import {
  DAY,
  fieldsOf,
  fromEpoch,
  HOUR,
  MINUTE,
  moved,
  movedByMonths,
  SECOND,
  totalTicks,
  utcClock,
} from '../dates/dateTime';
import type { DateTime } from '../dates/dateTime';
import { parseTime } from '../dates/parse';
import { parseTimeExactly } from '../dates/parseExactly';
import { formatTimeSpan, parseTimeSpan, timeSpanText } from '../dates/timeSpan';
import { ArgumentError, excerpt, FunctionError } from '../failure';
import { integerAt, optionalStringAt, stringAt } from './arguments';
import type { Arguments } from './arguments';
import { cultureAt, format, locale, timeAt, timestamp, written } from './dateArguments';
import type { Example, FunctionDefinition, Parameter } from './definition';
import { timeZoneFunctions } from './timeZone';

const units = ['Second', 'Minute', 'Hour', 'Day', 'Week', 'Month', 'Year'];
const unit: Parameter = { name: 'timeUnit', type: 'string', description: units.join(', '), values: units };
const textFormat: Parameter = {
  name: 'format',
  type: 'string',
  description: 'The .NET format the text has; unless given, the forms of the culture are tried',
  optional: true,
  suggests: 'dateTimeFormat',
};
const interval: Parameter = { name: 'interval', type: 'integer', description: 'How many of the units' };

function inRange(time: DateTime | undefined, name: string): DateTime {
  if (time !== undefined) return time;
  throw new FunctionError(`In function '${name}', the resulting time is outside the years 1 to 9999.`);
}

/** A time moved by a number of units; the unit is matched in any case, and a plural is not a unit. */
function movedByUnits(time: DateTime, count: number, args: Arguments, index: number, name: string): DateTime {
  const text = stringAt(args, index);
  switch (text.toLowerCase()) {
    case 'second':
      return inRange(moved(time, count * SECOND), name);
    case 'minute':
      return inRange(moved(time, count * MINUTE), name);
    case 'hour':
      return inRange(moved(time, count * HOUR), name);
    case 'day':
      return inRange(moved(time, count * DAY), name);
    case 'week':
      return inRange(moved(time, count * 7 * DAY), name);
    case 'month':
      return inRange(movedByMonths(time, count), name);
    case 'year':
      return inRange(movedByMonths(time, count * 12), name);
    default:
      throw new ArgumentError(index, `to be one of '${units.join(', ')}'`, text);
  }
}

function adding(name: string, parameter: string, step: number, examples: readonly Example[]): FunctionDefinition {
  return {
    name,
    category: 'date',
    summary: `Adds a number of ${parameter} to a time.`,
    parameters: [
      timestamp,
      { name: parameter, type: 'integer', description: `How many ${parameter} to add; negative to go back` },
      format,
    ],
    returns: 'string',
    examples,
    evaluate: (args, context) => {
      const time = timeAt(args, 0, name, context);
      return written(inRange(moved(time, integerAt(args, 1) * step), name), args, 2, name);
    },
  };
}

function starting(
  name: string,
  of: string,
  start: (clock: number) => number,
  examples: readonly Example[],
): FunctionDefinition {
  return {
    name,
    category: 'date',
    summary: `Returns the start of the ${of} of a time.`,
    parameters: [timestamp, format],
    returns: 'string',
    examples,
    evaluate: (args, context) => {
      const time = timeAt(args, 0, name, context);
      return written({ ...time, clock: start(time.clock), ticks: 0 }, args, 1, name);
    },
  };
}

function component(
  name: string,
  summary: string,
  read: (time: DateTime) => number,
  result: string,
): FunctionDefinition {
  return {
    name,
    category: 'date',
    summary,
    parameters: [timestamp],
    returns: 'integer',
    examples: [{ expression: `${name}('2018-03-15T13:27:36Z')`, result }],
    evaluate: (args, context) => read(timeAt(args, 0, name, context)),
  };
}

function fromNow(name: string, direction: 1 | -1, summary: string): FunctionDefinition {
  return {
    name,
    category: 'date',
    summary,
    parameters: [interval, unit, format],
    returns: 'string',
    examples: [{ expression: `${name}(5, 'Day', 'yyyy-MM-dd')` }],
    evaluate: (args, context) => {
      const time = movedByUnits(fromEpoch(context.now()), direction * integerAt(args, 0), args, 1, name);
      return written(time, args, 2, name);
    },
  };
}

function fromTime(name: string, direction: 1 | -1, summary: string, result: string): FunctionDefinition {
  return {
    name,
    category: 'date',
    summary,
    parameters: [timestamp, interval, unit, format],
    returns: 'string',
    examples: [{ expression: `${name}('2018-01-01T00:00:00Z', 1, 'Day')`, result }],
    evaluate: (args, context) => {
      const time = timeAt(args, 0, name, context);
      return written(movedByUnits(time, direction * integerAt(args, 1), args, 2, name), args, 3, name);
    },
  };
}

const floorTo =
  (step: number) =>
  (clock: number): number =>
    Math.floor(clock / step) * step;

function startOfMonth(clock: number): number {
  const { year, month } = fieldsOf(clock);
  return utcClock(year, month, 1);
}

export const dateFunctions: readonly FunctionDefinition[] = [
  {
    name: 'utcNow',
    category: 'date',
    summary: 'Returns the current time in UTC.',
    parameters: [format],
    returns: 'string',
    examples: [{ expression: "utcNow('yyyy-MM-dd')" }],
    evaluate: (args, context): Value => written(fromEpoch(context.now()), args, 0, 'utcNow'),
  },
  adding('addDays', 'days', DAY, [
    { expression: "addDays('2018-03-15T00:00:00Z', 10)", result: '"2018-03-25T00:00:00.0000000Z"' },
  ]),
  adding('addHours', 'hours', HOUR, [
    { expression: "addHours('2018-03-15T00:00:00Z', 10)", result: '"2018-03-15T10:00:00.0000000Z"' },
  ]),
  adding('addMinutes', 'minutes', MINUTE, [
    { expression: "addMinutes('2018-03-15T00:50:00Z', 15, 'HH:mm')", result: '"01:05"' },
  ]),
  adding('addSeconds', 'seconds', SECOND, [
    { expression: "addSeconds('2018-03-15T00:00:30Z', -5)", result: '"2018-03-15T00:00:25.0000000Z"' },
  ]),
  fromTime('addToTime', 1, 'Adds a number of time units to a time.', '"2018-01-02T00:00:00.0000000Z"'),
  fromTime('subtractFromTime', -1, 'Subtracts a number of time units from a time.', '"2017-12-31T00:00:00.0000000Z"'),
  fromNow('getFutureTime', 1, 'Returns the current time plus a number of time units.'),
  fromNow('getPastTime', -1, 'Returns the current time minus a number of time units.'),
  ...timeZoneFunctions,
  {
    name: 'dateDifference',
    category: 'date',
    summary: 'Returns the difference between two times as a time span.',
    parameters: [
      { name: 'startDate', type: 'string', description: 'The time to begin at' },
      { name: 'endDate', type: 'string', description: 'The time to end at' },
    ],
    returns: 'string',
    examples: [{ expression: "dateDifference('2015-02-08', '2018-07-30')", result: '"1268.00:00:00"' }],
    evaluate: (args, context) => {
      const start = timeAt(args, 0, 'dateDifference', context);
      return timeSpanText(totalTicks(timeAt(args, 1, 'dateDifference', context)) - totalTicks(start));
    },
  },
  component('dayOfMonth', 'Returns the day of the month of a time.', (time) => fieldsOf(time.clock).day, '15'),
  component(
    'dayOfWeek',
    'Returns the day of the week of a time; Sunday is 0.',
    (time) => fieldsOf(time.clock).weekday,
    '4',
  ),
  component(
    'dayOfYear',
    'Returns the day of the year of a time.',
    (time) => Math.floor((time.clock - utcClock(fieldsOf(time.clock).year, 1, 1)) / DAY) + 1,
    '74',
  ),
  {
    name: 'formatDateTime',
    category: 'date',
    summary: 'Returns a time in a format.',
    parameters: [timestamp, format, locale],
    returns: 'string',
    examples: [
      { expression: "formatDateTime('03/15/2018 12:00:00', 'yyyy-MM-ddTHH:mm:ss')", result: '"2018-03-15T12:00:00"' },
      { expression: "formatDateTime('01/31/2016', 'dddd MMMM d', 'fr-fr')", result: '"dimanche janvier 31"' },
    ],
    evaluate: (args, context) => {
      const time = timeAt(args, 0, 'formatDateTime', context);
      return written(time, args, 1, 'formatDateTime', cultureAt(args, 2, 'formatDateTime'));
    },
  },
  {
    name: 'formatTimeSpan',
    category: 'date',
    summary: 'Returns a time span in a format.',
    parameters: [
      { name: 'timeSpan', type: 'string', description: 'A span such as 1.02:03:04, as dateDifference returns it' },
      { name: 'format', type: 'string', description: 'A .NET format such as g, or a pattern such as hh\\:mm' },
      locale,
    ],
    returns: 'string',
    undocumented: 'The function list of the designer',
    examples: [{ expression: "formatTimeSpan('1.02:03:04', 'd\\.hh\\:mm')", result: '"1.02:03"' }],
    evaluate: (args) => {
      const text = stringAt(args, 0);
      cultureAt(args, 2, 'formatTimeSpan');
      const ticks = parseTimeSpan(text);
      if (ticks === undefined) throw new ArgumentError(0, "to be a time span such as '1.02:03:04'", text);
      const result = formatTimeSpan(ticks, stringAt(args, 1));
      if (result !== undefined) return result;
      throw new FunctionError(
        `In function 'formatTimeSpan', the value provided for format '${excerpt(stringAt(args, 1))}' was not valid.`,
        'Use c, g, G, or a pattern of d, h, m, s and f with other characters escaped, such as hh\\:mm.',
      );
    },
  },
  {
    name: 'parseDateTime',
    category: 'date',
    summary: 'Reads a time from a text of a culture or format.',
    parameters: [timestamp, locale, textFormat],
    returns: 'string',
    examples: [{ expression: "parseDateTime('20/10/2014', 'fr-fr')", result: '"2014-10-20T00:00:00.0000000"' }],
    evaluate: (args, context) => {
      const text = stringAt(args, 0);
      const by = cultureAt(args, 1, 'parseDateTime');
      const exact = optionalStringAt(args, 2);
      const time =
        exact === undefined ? parseTime(text, by, context.now()) : parseTimeExactly(text, exact, by, context.now());
      if (time !== undefined) return written(time, [], 0, 'parseDateTime');
      throw new FunctionError(
        exact === undefined
          ? `In function 'parseDateTime', the value '${excerpt(text)}' is no time in the locale '${by.name}'.`
          : `In function 'parseDateTime', the value '${excerpt(text)}' does not have the format '${excerpt(exact)}'.`,
      );
    },
  },
  starting('startOfDay', 'day', floorTo(DAY), [
    { expression: "startOfDay('2018-03-15T13:30:30Z')", result: '"2018-03-15T00:00:00.0000000Z"' },
  ]),
  starting('startOfHour', 'hour', floorTo(HOUR), [
    { expression: "startOfHour('2018-03-15T13:30:30Z')", result: '"2018-03-15T13:00:00.0000000Z"' },
  ]),
  starting('startOfMonth', 'month', startOfMonth, [
    { expression: "startOfMonth('2018-03-15T13:30:30Z')", result: '"2018-03-01T00:00:00.0000000Z"' },
  ]),
  {
    name: 'ticks',
    category: 'date',
    summary: 'Returns the number of 100-nanosecond intervals between 0001-01-01 and a time.',
    parameters: [timestamp],
    returns: 'integer',
    examples: [{ expression: "ticks('2018-01-01T00:00:00Z')", result: '636503616000000000' }],
    evaluate: (args, context) => integer(totalTicks(timeAt(args, 0, 'ticks', context))),
  },
];
