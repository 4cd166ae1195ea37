/**
 * Sends a request with its retries and, on 202 with a Location, polls until the answer is final.
 * Source: "Asynchronous operations" of the HTTP action; retry policies of "Handle errors and exceptions".
 */
import { objectOf } from '../../../language/json/value';
import type { ObjectValue, Value } from '../../../language/json/value';
import { StepFailure } from '../../engine/failure';
import type { Outcome } from '../../engine/failure';
import type { EngineServices } from '../../engine/services';
import type { Attempt } from '../../events';
import type { HttpFailure, HttpRequest, HttpResponse, RequestOrigin } from '../../ports';
import { headerObject, wellKnownSpelling } from '../../transforms/headers';
import { decodeBody } from '../../transforms/messageBody';
import { authenticate } from './authentication';
import type { RequestParts } from './request';
import { isRetried } from './retryPolicy';
import type { RetryPolicy } from './retryPolicy';
import { statusName } from './statusNames';

/** What sending needs to know of the action or trigger that sends. */
export interface Sender {
  readonly services: EngineServices;
  readonly origin: Omit<RequestOrigin, 'attempt'>;
  readonly signal: AbortSignal;
  readonly authentication: Value | undefined;
  readonly policy: RetryPolicy;
  /** Polls a 202 with a Location. */
  readonly polls: boolean;
  /** Milliseconds that one request may take; the platform's limit when missing. */
  readonly timeout?: number | undefined;
  told(attempt: Attempt): void;
  /** Asked before a request is made again: a debugger may hold it. */
  retrying?(attempt: Attempt): Promise<void> | undefined;
}

export type Answer = { readonly response: HttpResponse } | { readonly failure: HttpFailure };

/** Seconds between polls when the service names none. */
const POLL_INTERVAL = 20_000;

/** Sends with retries and polling. */
export async function send(sender: Sender, parts: RequestParts): Promise<Answer> {
  let attempt = 0;
  let answer = await tried(sender, parts, () => ++attempt);
  let location = parts.url;
  while (sender.polls && 'response' in answer && answer.response.statusCode === 202) {
    const { headers }: HttpResponse = answer.response;
    const next = headers['location'];
    if (next === undefined) return answer;
    location = URL.parse(next, location)?.href ?? next;
    await sender.services.ports.clock.sleep(retryAfter(headers['retry-after'], sender) ?? POLL_INTERVAL, sender.signal);
    if (sender.signal.aborted) return { failure: { code: 'Cancelled', message: 'The request was cancelled.' } };
    const poll: RequestParts = { method: 'GET', url: location, headers: pollHeaders(parts), body: undefined };
    answer = await tried(sender, poll, () => ++attempt);
  }
  return answer;
}

/** Polls carry the headers of the first request, except what speaks of its body. */
function pollHeaders(parts: RequestParts): [string, string][] {
  return parts.headers.filter(([name]) => !name.toLowerCase().startsWith('content-'));
}

async function tried(sender: Sender, parts: RequestParts, count: () => number): Promise<Answer> {
  const { clock, ids } = sender.services.ports;
  for (let retry = 1; ; retry++) {
    const number = count();
    const startTime = clock.now();
    const answer = await once(sender, parts, number);
    const attempt = attemptOf(number, startTime, clock.now(), parts, answer);
    sender.told(attempt);
    const again = 'failure' in answer || isRetried(answer.response.statusCode);
    if (!again || retry > sender.policy.count || sender.signal.aborted) return answer;
    await sender.retrying?.(attempt);
    const asked = 'response' in answer ? retryAfter(answer.response.headers['retry-after'], sender) : undefined;
    const delay = sender.policy.delay(retry, () => ids.random());
    await clock.sleep(Math.max(delay, asked ?? 0), sender.signal);
    if (sender.signal.aborted) return answer;
  }
}

async function once(sender: Sender, parts: RequestParts, attempt: number): Promise<Answer> {
  const origin = { ...sender.origin, attempt };
  const { services, signal } = sender;
  const { headers, certificate } = await authenticate(services, parts, sender.authentication, origin, signal);
  const request: HttpRequest = {
    method: parts.method,
    url: parts.url,
    headers,
    body: parts.body,
    origin,
    ...(certificate === undefined ? {} : { certificate }),
  };
  return withTimeout(sender, (limited) => services.ports.http.send(request, limited));
}

/** A request that takes too long is given up: to retry policies that is a connection that failed. */
async function withTimeout(sender: Sender, sending: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
  const { services, signal } = sender;
  const timeout = sender.timeout ?? services.limits.requestTimeout;
  const request = new AbortController();
  const timer = new AbortController();
  const cancel = (): void => request.abort();
  signal.addEventListener('abort', cancel, { once: true });
  const over = services.ports.clock.sleep(timeout, timer.signal).then((): Answer => {
    if (!timer.signal.aborted) request.abort();
    return {
      failure: { code: 'RequestTimeout', message: `The service did not answer within ${timeout / 1000} seconds.` },
    };
  });
  try {
    return await Promise.race([sending(request.signal), over]);
  } finally {
    // With a reason of its own: the standard one is an error with a stack trace, made for every request.
    timer.abort('ended');
    signal.removeEventListener('abort', cancel);
  }
}

function attemptOf(number: number, startTime: number, endTime: number, parts: RequestParts, answer: Answer): Attempt {
  const base = { number, startTime, endTime, method: parts.method, url: parts.url };
  if ('failure' in answer) {
    const { code, message } = answer.failure;
    return { ...base, code, error: { code, message } };
  }
  const { statusCode } = answer.response;
  return { ...base, code: statusName(statusCode), statusCode };
}

/** Milliseconds of a Retry-After header: seconds, or a date. */
export function retryAfter(value: string | undefined, { services }: Pick<Sender, 'services'>): number | undefined {
  if (value === undefined) return undefined;
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - services.ports.clock.now());
}

/** Status, headers and body of an answer as outputs. */
export function responseOutputs(response: HttpResponse): ObjectValue {
  const decoded = decodeBody(response.body, response.headers['content-type']);
  return objectOf({
    statusCode: response.statusCode,
    headers: headerObject(Object.entries(response.headers), wellKnownSpelling),
    // What calls itself JSON and is none stays readable as text.
    body: decoded.ok ? decoded.value : Buffer.from(response.body).toString('utf8'),
  });
}

/** The outcome of an action that got this answer. Redirects are not followed and count as failures, as on the platform. */
export function outcomeOfAnswer(answer: Answer): Outcome {
  if ('failure' in answer) {
    const { code, message } = answer.failure;
    return { status: 'Failed', code, error: { code, message } };
  }
  const { statusCode } = answer.response;
  const outputs = responseOutputs(answer.response);
  const status = statusCode >= 200 && statusCode < 300 ? 'Succeeded' : 'Failed';
  return { status, code: statusName(statusCode), outputs };
}

/** Refuses a message that is larger than the platform carries. */
export function checkSize(answer: Answer, limit: number, operation: string): void {
  if ('response' in answer && answer.response.body.length > limit) {
    throw new StepFailure(
      'BufferLengthExceeded',
      `The response that '${operation}' received has ${answer.response.body.length} bytes; the limit is ${limit}.`,
    );
  }
}
