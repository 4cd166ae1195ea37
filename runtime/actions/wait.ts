/** Wait: for an interval, or until a point in time. */
import { isObject } from '../../language/json/value';
import type { Value } from '../../language/json/value';
import { StepFailure, succeeded } from '../engine/failure';
import { numberOf } from '../engine/numbers';
import type { ActionHandler } from './handler';

const units: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
};

export const wait: ActionHandler = {
  type: 'Wait',
  start(step) {
    const inputs = step.inputs();
    const start = step.record.startTime;
    const end = endOf(inputs, start, step.name);
    const left = end - step.now();
    if (left <= 0) return succeeded();
    return step.run.services.ports.clock.sleep(left, step.signal).then(() => succeeded());
  },
};

/** When the wait is over, in milliseconds since 1970. */
function endOf(inputs: Value, start: number, name: string): number {
  const interval = isObject(inputs) ? inputs.get('interval') : undefined;
  if (isObject(interval)) {
    const count = numberOf(interval.get('count'));
    const unit = interval.get('unit');
    const key = typeof unit === 'string' ? unit.toLowerCase() : '';
    if (count === undefined || count < 0) {
      throw new StepFailure('InvalidTemplate', `The interval of action '${name}' has no valid "count".`);
    }
    if (key === 'month') return addMonths(start, count);
    const scale = units[key];
    if (scale === undefined) {
      throw new StepFailure(
        'InvalidTemplate',
        `The interval of action '${name}' has no valid "unit": it must be Second, Minute, Hour, Day, Week or Month.`,
      );
    }
    return start + count * scale;
  }
  const until = isObject(inputs) ? inputs.get('until') : undefined;
  const timestamp = isObject(until) ? until.get('timestamp') : undefined;
  const end = typeof timestamp === 'string' ? parseInstant(timestamp) : Number.NaN;
  if (Number.isNaN(end)) {
    throw new StepFailure(
      'InvalidTemplate',
      `The action '${name}' needs an "interval", or an "until" with a valid "timestamp".`,
    );
  }
  return end;
}

/** A timestamp without an offset is in UTC. */
function parseInstant(text: string): number {
  const zoned = /([zZ]|[+-]\d\d:?\d\d)$/.test(text.trim()) || !text.includes('T') ? text : `${text}Z`;
  // JavaScript knows milliseconds only; the platform writes seven digits.
  return Date.parse(zoned.replace(/(\.\d{3})\d+/, '$1'));
}

function addMonths(time: number, count: number): number {
  const date = new Date(time);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime();
}
