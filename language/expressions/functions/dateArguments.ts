/** What date functions share: their parameters, and how they read and write times. */
import type { EvaluationContext } from '../context';
import { culture, defaultCulture } from '../dates/culture';
import type { Culture } from '../dates/culture';
import type { DateTime } from '../dates/dateTime';
import { formatTime, ROUND_TRIP } from '../dates/format';
import { parseTime } from '../dates/parse';
import { excerpt, FunctionError } from '../failure';
import { optionalStringAt, stringAt } from './arguments';
import type { Arguments } from './arguments';
import type { Parameter } from './definition';

export const timestamp: Parameter = { name: 'timestamp', type: 'string', description: 'The text that holds the time' };
export const format: Parameter = {
  name: 'format',
  type: 'string',
  description: 'A .NET format such as yyyy-MM-dd, or a letter such as D; "o" unless given',
  optional: true,
  suggests: 'dateTimeFormat',
};
export const locale: Parameter = {
  name: 'locale',
  type: 'string',
  description: 'A culture such as fr-FR; en-US unless given',
  optional: true,
  suggests: 'culture',
};

/** The time an argument holds. */
export function timeAt(args: Arguments, index: number, name: string, context: EvaluationContext): DateTime {
  const text = stringAt(args, index, 'to be a string that holds a time');
  const time = parseTime(text, defaultCulture(), context.now());
  if (time !== undefined) return time;
  throw new FunctionError(
    `In function '${name}', the value provided for date time string '${excerpt(text)}' was not valid. The datetime string must match ISO 8601 format.`,
    'A time looks like 2018-03-15T13:27:36Z.',
  );
}

/** The culture an optional argument names. */
export function cultureAt(args: Arguments, index: number, name: string): Culture {
  const given = optionalStringAt(args, index);
  const found = given === undefined ? defaultCulture() : culture(given);
  if (found !== undefined) return found;
  throw new FunctionError(
    `In function '${name}', the value provided for locale '${excerpt(given ?? '')}' was not valid.`,
    'A locale looks like en-US or fr-FR.',
  );
}

/** The text of a time in the format given as argument `index`. */
export function written(time: DateTime, args: Arguments, index: number, name: string, by = defaultCulture()): string {
  const given = optionalStringAt(args, index) ?? ROUND_TRIP;
  const text = formatTime(time, given, by);
  if (text !== undefined) return text;
  throw new FunctionError(
    `In function '${name}', the value provided for date time format '${excerpt(given)}' was not valid.`,
    'Use a .NET format such as yyyy-MM-dd HH:mm, or one of the letters d D f F g G m o r s t T u U y.',
  );
}
