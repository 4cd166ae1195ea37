/** Date and time functions. */
import { integer } from '../../json/value';
import type { Value } from '../../json/value';
import type { EvaluationContext } from '../context';
import { culture, defaultCulture } from '../dates/culture';
import type { Culture } from '../dates/culture';
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
import { formatTime, ROUND_TRIP } from '../dates/format';
import { parseTime } from '../dates/parse';
import { parseTimeExactly } from '../dates/parseExactly';
import { formatTimeSpan, parseTimeSpan, timeSpanText } from '../dates/timeSpan';
import { clockAt, instantOf, timeZone } from '../dates/zones';
import type { TimeZone } from '../dates/zones';
import { ArgumentError, FunctionError } from '../failure';
import { integerAt, optionalStringAt, stringAt } from './arguments';
import type { Arguments } from './arguments';
import type { Example, FunctionDefinition, Parameter } from './definition';

const timestamp: Parameter = { name: 'timestamp', type: 'string', description: 'The text that holds the time' };
const format: Parameter = {
  name: 'format',
  type: 'string',
  description: 'A .NET format such as yyyy-MM-dd, or a letter such as D; "o" unless given',
  optional: true,
  suggests: 'dateTimeFormat',
};
const locale: Parameter = {
  name: 'locale',
  type: 'string',
  description: 'A culture such as fr-FR; en-US unless given',
  optional: true,
  suggests: 'culture',
};
const units = ['Second', 'Minute', 'Hour', 'Day', 'Week', 'Month', 'Year'];
const unit: Parameter = { name: 'timeUnit', type: 'string', description: units.join(', '), values: units };
const interval: Parameter = { name: 'interval', type: 'integer', description: 'How many of the units' };

function timeAt(args: Arguments, index: number, name: string, context: EvaluationContext): DateTime {
  const text = stringAt(args, index, 'to be a string that holds a time');
  const time = parseTime(text, defaultCulture(), context.now());
  if (time !== undefined) return time;
  throw new FunctionError(
    `In function '${name}', the value provided for date time string '${text}' was not valid. The datetime string must match ISO 8601 format.`,
    'A time looks like 2018-03-15T13:27:36Z.',
  );
}

function cultureAt(args: Arguments, index: number, name: string): Culture {
  const given = optionalStringAt(args, index);
  const found = given === undefined ? defaultCulture() : culture(given);
  if (found !== undefined) return found;
  throw new FunctionError(
    `In function '${name}', the value provided for locale '${given ?? ''}' was not valid.`,
    'A locale looks like en-US or fr-FR.',
  );
}

/** The text of a time in the format given as argument `index`. */
function written(time: DateTime, args: Arguments, index: number, name: string, by = defaultCulture()): string {
  const given = optionalStringAt(args, index) ?? ROUND_TRIP;
  const text = formatTime(time, given, by);
  if (text !== undefined) return text;
  throw new FunctionError(
    `In function '${name}', the value provided for date time format '${given}' was not valid.`,
    'Use a .NET format such as yyyy-MM-dd HH:mm, or one of the letters d D f F g G m o r s t T u U y.',
  );
}

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

function zoneAt(args: Arguments, index: number, name: string): TimeZone {
  const text = stringAt(args, index);
  const zone = timeZone(text);
  if (zone !== undefined) return zone;
  throw new FunctionError(
    `In function '${name}', the value provided for time zone id '${text}' was not valid.`,
    "A time zone looks like 'W. Europe Standard Time' or 'Europe/Berlin'.",
  );
}

function zoneParameter(name: string, description: string): Parameter {
  return { name, type: 'string', description, suggests: 'timeZone' };
}

/** The clock reading of a time is taken as the zone's; a time of the hour that summer time skips has no instant. */
function toUniversal(time: DateTime, zone: TimeZone, name: string): DateTime {
  const local = instantOf(zone, time.clock);
  if ('instant' in local) return { ...time, clock: local.instant, utc: true };
  throw new FunctionError(
    `In function '${name}', the time does not exist in the time zone '${zone.name}': its clock skips that hour.`,
  );
}

/** A universal time on the zone's clock; it names no zone, unless the zone is UTC. */
function toZone(time: DateTime, zone: TimeZone): DateTime {
  return zone.iana === 'UTC' ? { ...time, utc: true } : { ...time, clock: clockAt(zone, time.clock), utc: false };
}

function adding(name: string, parameter: string, step: number, examples: readonly Example[]): FunctionDefinition {
  return {
    name,
    category: 'date',
    summary: `Add a number of ${parameter} to a time.`,
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
    summary: `Return the start of the ${of} of a time.`,
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
    summary: 'Return the current time in UTC.',
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
  fromTime('addToTime', 1, 'Add a number of time units to a time.', '"2018-01-02T00:00:00.0000000Z"'),
  fromTime('subtractFromTime', -1, 'Subtract a number of time units from a time.', '"2017-12-31T00:00:00.0000000Z"'),
  fromNow('getFutureTime', 1, 'Return the current time plus a number of time units.'),
  fromNow('getPastTime', -1, 'Return the current time minus a number of time units.'),
  {
    name: 'convertFromUtc',
    category: 'date',
    summary: 'Convert a time from UTC to a time zone.',
    parameters: [timestamp, zoneParameter('destinationTimeZone', 'The time zone to convert to'), format],
    returns: 'string',
    examples: [
      {
        expression: "convertFromUtc('2018-01-01T08:00:00Z', 'Pacific Standard Time')",
        result: '"2018-01-01T00:00:00.0000000"',
      },
    ],
    evaluate: (args, context) => {
      const time = timeAt(args, 0, 'convertFromUtc', context);
      return written(toZone(time, zoneAt(args, 1, 'convertFromUtc')), args, 2, 'convertFromUtc');
    },
  },
  {
    name: 'convertToUtc',
    category: 'date',
    summary: 'Convert a time from a time zone to UTC.',
    parameters: [timestamp, zoneParameter('sourceTimeZone', 'The time zone of the time'), format],
    returns: 'string',
    examples: [
      {
        expression: "convertToUtc('01/01/2018 00:00:00', 'Pacific Standard Time')",
        result: '"2018-01-01T08:00:00.0000000Z"',
      },
    ],
    evaluate: (args, context) => {
      const time = timeAt(args, 0, 'convertToUtc', context);
      const universal = toUniversal(time, zoneAt(args, 1, 'convertToUtc'), 'convertToUtc');
      return written(universal, args, 2, 'convertToUtc');
    },
  },
  {
    name: 'convertTimeZone',
    category: 'date',
    summary: 'Convert a time from one time zone to another.',
    parameters: [
      timestamp,
      zoneParameter('sourceTimeZone', 'The time zone of the time'),
      zoneParameter('destinationTimeZone', 'The time zone to convert to'),
      format,
    ],
    returns: 'string',
    examples: [
      {
        expression: "convertTimeZone('2018-01-01T08:00:00Z', 'UTC', 'Pacific Standard Time', 'D')",
        result: '"Monday, January 1, 2018"',
      },
    ],
    evaluate: (args, context) => {
      const time = timeAt(args, 0, 'convertTimeZone', context);
      const universal = toUniversal(time, zoneAt(args, 1, 'convertTimeZone'), 'convertTimeZone');
      return written(toZone(universal, zoneAt(args, 2, 'convertTimeZone')), args, 3, 'convertTimeZone');
    },
  },
  {
    name: 'dateDifference',
    category: 'date',
    summary: 'Return the difference between two times as a time span.',
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
  component('dayOfMonth', 'Return the day of the month of a time.', (time) => fieldsOf(time.clock).day, '15'),
  component(
    'dayOfWeek',
    'Return the day of the week of a time; Sunday is 0.',
    (time) => fieldsOf(time.clock).weekday,
    '4',
  ),
  component(
    'dayOfYear',
    'Return the day of the year of a time.',
    (time) => Math.floor((time.clock - utcClock(fieldsOf(time.clock).year, 1, 1)) / DAY) + 1,
    '74',
  ),
  {
    name: 'formatDateTime',
    category: 'date',
    summary: 'Return a time in a format.',
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
    summary: 'Return a time span in a format.',
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
        `In function 'formatTimeSpan', the value provided for format '${stringAt(args, 1)}' was not valid.`,
        'Use c, g, G, or a pattern of d, h, m, s and f with other characters escaped, such as hh\\:mm.',
      );
    },
  },
  {
    name: 'parseDateTime',
    category: 'date',
    summary: 'Read a time from a text of a culture or format.',
    parameters: [timestamp, locale, format],
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
          ? `In function 'parseDateTime', the value '${text}' is no time in the locale '${by.name}'.`
          : `In function 'parseDateTime', the value '${text}' does not have the format '${exact}'.`,
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
    summary: 'Return the number of 100-nanosecond intervals between 0001-01-01 and a time.',
    parameters: [timestamp],
    returns: 'integer',
    examples: [{ expression: "ticks('2018-01-01T00:00:00Z')", result: '636503616000000000' }],
    evaluate: (args, context) => integer(totalTicks(timeAt(args, 0, 'ticks', context))),
  },
];
