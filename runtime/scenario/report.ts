/**
 * What happened as JSON: the shape of `run --format json`, and the one that `test --actuals` writes for outside judges.
 * Values stay exact, so both are made of the platform's value model.
 */
import { parseValue } from '../../language/json/parse';
import { objectOf } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import type { OutgoingResponse } from '../engine/contract';
import type { ActionView, RunHistory, StepView } from '../engine/history';
import { timestamp } from '../engine/time';
import type { Attempt, Failure, Payload } from '../events';
import { headerObject, headerOf } from '../transforms/headers';
import { repetitionCountOf, singleStep } from './judge';
import type { Observation, SeenRequest } from './observation';

/** The JSON of `logicapps run`. */
export function runReport(
  run: RunHistory,
  response: OutgoingResponse | undefined,
  requests: readonly SeenRequest[],
): ObjectValue {
  const { trigger } = run;
  return objectOf({
    run: objectOf({
      id: run.runId,
      workflow: run.workflow,
      status: run.status,
      code: run.code,
      error: failureValue(run.error),
      startTime: timestamp(run.startTime),
      endTime: run.endTime === undefined ? undefined : timestamp(run.endTime),
      correlation: objectOf({ clientTrackingId: run.clientTrackingId }),
    }),
    trigger: objectOf({ name: trigger?.name, status: trigger?.status, outputs: valueOf(trigger?.outputs) ?? null }),
    response: response === undefined ? null : responseReport(response),
    actions: new Map(run.actions().map((action) => [action.name, actionReport(action)])),
    requests: requests.map((request) => requestReport(request, securedActions(run))),
  });
}

function valueOf(payload: Payload | undefined): Value | undefined {
  if (payload?.json === undefined) return undefined;
  const parsed = parseValue(payload.json);
  return parsed.ok ? parsed.value : undefined;
}

function failureValue(error: Failure | undefined): Value | undefined {
  return error && objectOf({ code: error.code, message: error.message });
}

function responseReport({ statusCode, headers, body }: OutgoingResponse): ObjectValue {
  return objectOf({
    statusCode,
    headers: headerObject(headers),
    body: bodyValue(body, headerOf(headers, 'content-type')),
  });
}

/** JSON as a value, other text as a string, what is no text as base64. */
function bodyValue(bytes: Uint8Array | undefined, contentType: string | undefined): Value {
  if (bytes === undefined || bytes.length === 0) return null;
  const text = textOf(bytes);
  if (text === undefined)
    return objectOf({ '$content-type': contentType, $content: Buffer.from(bytes).toString('base64') });
  const parsed = contentType?.includes('json') === true ? parseValue(text) : undefined;
  return parsed?.ok === true ? parsed.value : text;
}

/** The text of bytes that are UTF-8; undefined for others. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function actionReport(action: ActionView): ObjectValue {
  const single = singleStep(action);
  if (single !== undefined) return objectOf({ ...stepMembers(single), repetitionCount: single.repetitionCount });
  return objectOf({
    status: action.status,
    repetitionCount: action.repetitions.length,
    repetitions: action.repetitions.map((step) =>
      objectOf({ index: [...step.step.repetition], ...stepMembers(step), repetitionCount: step.repetitionCount }),
    ),
  });
}

function stepMembers(step: StepView): Record<string, Value | undefined> {
  return {
    status: step.status,
    code: step.code,
    inputs: valueOf(step.inputs),
    outputs: valueOf(step.outputs),
    error: failureValue(step.error),
    startTime: timestamp(step.startTime),
    endTime: step.endTime === undefined ? undefined : timestamp(step.endTime),
    trackedProperties: valueOf(step.trackedProperties),
    retryHistory: step.attempts.length > 1 ? step.attempts.map(attemptReport) : undefined,
    hidden: hiddenOf(step),
  };
}

function attemptReport(attempt: Attempt): ObjectValue {
  return objectOf({
    startTime: timestamp(attempt.startTime),
    endTime: timestamp(attempt.endTime),
    code: attempt.code,
    error: failureValue(attempt.error),
  });
}

function hiddenOf({ inputs, outputs }: StepView): Value[] | undefined {
  const hidden = [...(inputs.secured === true ? ['inputs'] : []), ...(outputs.secured === true ? ['outputs'] : [])];
  return hidden.length === 0 ? undefined : hidden;
}

/** Actions whose inputs the history hides: what they sent is hidden too. */
function securedActions(run: RunHistory): ReadonlySet<string> {
  const secured = run.actions().filter(({ repetitions }) => repetitions.some(({ inputs }) => inputs.secured === true));
  return new Set(secured.map(({ name }) => name));
}

function requestReport(request: SeenRequest, secured: ReadonlySet<string>): ObjectValue {
  const { action, method, url, headers, body, attempt } = request;
  if (secured.has(action)) return objectOf({ action, method, attempt, hidden: ['url', 'headers', 'body'] });
  // Credentials do not belong into a report.
  const shown = headers.filter(([name]) => name.toLowerCase() !== 'authorization');
  return objectOf({
    action,
    method,
    url,
    headers: headerObject(shown),
    body: bodyValue(body, headerOf(headers, 'content-type')),
    attempt,
  });
}

/** One case in the shape of `test --actuals`. Times are milliseconds of workflow time since the case began. */
export function actualsOf(seen: Observation): ObjectValue {
  return objectOf({
    runs: seen.runs.map((run) => runActuals(run, seen.start)),
    response: seen.response && messageActuals(seen.response),
    asyncResponse: seen.asyncResponse && messageActuals(seen.asyncResponse),
    requests: seen.requests.map(requestActuals),
  });
}

function runActuals(run: RunHistory, start: number): ObjectValue {
  return objectOf({
    status: run.status,
    code: run.code ?? null,
    error: failureValue(run.error) ?? null,
    clientTrackingId: run.clientTrackingId,
    startMs: run.waitEndTime - start,
    endMs: (run.endTime ?? run.startTime) - start,
    actions: new Map(run.actions().map((action) => [action.name, actionActuals(action, start)])),
  });
}

function actionActuals(action: ActionView, start: number): ObjectValue {
  const step = singleStep(action);
  const last = step ?? action.repetitions.at(-1);
  const loops = step === undefined ? action.repetitions : [];
  return objectOf({
    status: action.status,
    ...(last === undefined ? {} : stepActuals(last)),
    startMs: Math.min(...action.repetitions.map(({ startTime }) => startTime)) - start,
    endMs: Math.max(...action.repetitions.map(({ endTime, startTime }) => endTime ?? startTime)) - start,
    repetitionCount: repetitionCountOf(action),
    repetitions:
      loops.length === 0
        ? undefined
        : loops.map((each) =>
            objectOf({ index: [...each.step.repetition], status: each.status, ...stepActuals(each) }),
          ),
    hidden: last && hiddenOf(last),
  });
}

function stepActuals(step: StepView): Record<string, Value | undefined> {
  return {
    code: step.code,
    error: failureValue(step.error),
    inputs: valueOf(step.inputs),
    outputs: valueOf(step.outputs),
    trackedProperties: valueOf(step.trackedProperties),
  };
}

function messageActuals({ statusCode, headers, body }: OutgoingResponse): ObjectValue {
  return objectOf({ status: statusCode, headers: headerObject(headers), ...bodyMembers(body) });
}

function bodyMembers(body: Uint8Array | undefined): Record<string, Value | undefined> {
  if (body === undefined) return {};
  const text = textOf(body);
  return text === undefined ? { bodyBase64: Buffer.from(body).toString('base64') } : { bodyText: text };
}

function requestActuals(request: SeenRequest): ObjectValue {
  return objectOf({
    action: request.action,
    kind: request.kind,
    operationId: request.operationId,
    method: request.method,
    url: request.url,
    headers: headerObject(request.headers),
    ...bodyMembers(request.body),
    payload: request.payload,
    startMs: request.startTime,
    endMs: request.endTime,
  });
}
