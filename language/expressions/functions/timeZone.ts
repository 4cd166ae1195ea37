/** Functions that convert times between time zones. */
import type { DateTime } from '../dates/dateTime';
import { clamped } from '../dates/dateTime';
import { clockAt, instantOf, timeZone } from '../dates/zones';
import type { TimeZone } from '../dates/zones';
import { excerpt, FunctionError } from '../failure';
import { stringAt } from './arguments';
import type { Arguments } from './arguments';
import { format, timeAt, timestamp, written } from './dateArguments';
import type { FunctionDefinition, Parameter } from './definition';

function zoneAt(args: Arguments, index: number, name: string): TimeZone {
  const text = stringAt(args, index);
  const zone = timeZone(text);
  if (zone !== undefined) return zone;
  throw new FunctionError(
    `In function '${name}', the value provided for time zone id '${excerpt(text)}' was not valid.`,
    "A time zone looks like 'W. Europe Standard Time' or 'Europe/Berlin'.",
  );
}

function zoneParameter(name: string, description: string): Parameter {
  return { name, type: 'string', description, suggests: 'timeZone' };
}

/** The clock reading of a time is taken as the zone's; a time of the hour that summer time skips has no instant. */
function toUniversal(time: DateTime, zone: TimeZone, name: string): DateTime {
  const local = instantOf(zone, time.clock);
  if ('instant' in local) return clamped({ ...time, clock: local.instant, utc: true });
  throw new FunctionError(
    `In function '${name}', the time does not exist in the time zone '${zone.name}': its clock skips that hour.`,
  );
}

/** A universal time on the zone's clock; it names no zone, unless the zone is UTC. */
function toZone(time: DateTime, zone: TimeZone): DateTime {
  return zone.iana === 'UTC'
    ? { ...time, utc: true }
    : clamped({ ...time, clock: clockAt(zone, time.clock), utc: false });
}

export const timeZoneFunctions: readonly FunctionDefinition[] = [
  {
    name: 'convertFromUtc',
    category: 'date',
    summary: 'Converts a time from UTC to a time zone.',
    details:
      'The result names no zone. Time zones have the names of Windows, with or without their points, or those of IANA.',
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
    summary: 'Converts a time from a time zone to UTC.',
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
    summary: 'Converts a time from one time zone to another.',
    details: 'Time zones have the names of Windows, with or without their points, or those of IANA.',
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
];
