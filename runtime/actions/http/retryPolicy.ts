/**
 * Retry policies. Source: "Handle errors and exceptions in workflows", retry policies: requests that end with 408, 429 or 5xx, or
 * without an answer, are tried again; the default is exponential with up to four retries scaled by 7.5 seconds between 5 and 45.
 */
import { durationMilliseconds } from '../../../language/workflow/duration';
import { numberOf } from '../../engine/numbers';
import { isObject } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { StepFailure } from '../../engine/failure';
import type { Limits } from '../../engine/limits';

export interface RetryPolicy {
  /** Tries after the first. */
  readonly count: number;
  /** Milliseconds before the n-th retry (from 1). */
  delay(retry: number, random: () => number): number;
}

export const noRetries: RetryPolicy = { count: 0, delay: () => 0 };

const DAY = 86_400_000;
const LEAST = 5000;

const standard = exponential(4, 7500, 5000, 45_000);

/** The policy that evaluated inputs ask for. Throws a `StepFailure` for one that does not exist. */
export function retryPolicy(value: Value | undefined, limits: Limits): RetryPolicy {
  if (!isObject(value)) return standard;
  const type = value.get('type');
  const name = typeof type === 'string' ? type.toLowerCase() : 'default';
  const count = Math.min(limits.retryCount, Math.max(0, numberOf(value.get('count')) ?? 4));
  const interval = milliseconds(value.get('interval')) ?? 7500;
  switch (name) {
    case 'none':
      return noRetries;
    case 'default':
      return standard;
    case 'fixed':
      return { count, delay: () => Math.min(DAY, interval) };
    case 'exponential':
      return exponential(
        count,
        interval,
        milliseconds(value.get('minimumInterval')) ?? LEAST,
        milliseconds(value.get('maximumInterval')) ?? DAY,
      );
    default:
      throw new StepFailure(
        'InvalidTemplate',
        `The retry policy type '${name}' is not valid. The types are 'none', 'fixed', 'exponential' and 'default'.`,
      );
  }
}

/** A random interval out of a range that doubles with each retry. */
function exponential(count: number, interval: number, least: number, most: number): RetryPolicy {
  return {
    count,
    delay(retry, random) {
      const from = retry === 1 ? Math.max(0, least) : Math.max(2 ** (retry - 2) * interval, least);
      const to = Math.min(2 ** (retry - 1) * interval, most);
      return to <= from ? Math.min(Math.max(from, least), most) : from + random() * (to - from);
    },
  };
}

function milliseconds(value: Value | undefined): number | undefined {
  return typeof value === 'string' ? durationMilliseconds(value) : undefined;
}

/** True for an answer that is worth another try. */
export function isRetried(statusCode: number): boolean {
  return statusCode === 408 || statusCode === 429 || statusCode >= 500;
}
