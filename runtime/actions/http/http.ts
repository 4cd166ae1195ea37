/** HTTP: one request with authentication, retries, and the asynchronous polling pattern. */
import { isObject } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { durationMilliseconds } from '../../../language/workflow/duration';
import type { Outcome } from '../../engine/failure';
import type { ActionStep } from '../../engine/step';
import { headerOf } from '../../transforms/headers';
import type { ActionHandler } from '../handler';
import { isChunked, sendInChunks } from './chunks';
import { requestOf } from './request';
import type { RequestParts } from './request';
import { noRetries, retryPolicy } from './retryPolicy';
import { checkSize, outcomeOfAnswer, send } from './send';
import type { Sender } from './send';
import { workflowHeaders } from './workflowHeaders';

export const http: ActionHandler = {
  type: 'Http',
  external: true,
  start: (step) => call(step, step.inputs()),
};

/** Makes a request out of evaluated inputs and sends it. */
export async function call(step: ActionStep, inputs: Value): Promise<Outcome> {
  const parts = requestOf(inputs, step.name);
  const sender = senderOf(step, inputs);
  const request = withWorkflowHeaders(step, parts);
  const answer = isChunked(step) ? await sendInChunks(step, sender, request) : await send(sender, request);
  checkSize(answer, step.run.services.limits.messageSize, step.name);
  return outcomeOfAnswer(answer);
}

export function senderOf(step: ActionStep, inputs: Value): Sender {
  const { services } = step.run;
  const members = isObject(inputs) ? inputs : new Map<string, Value>();
  return {
    services,
    origin: { kind: 'action', name: step.name, type: step.plan.type },
    signal: step.signal,
    authentication: members.get('authentication'),
    policy:
      services.behaviour.disableRetries === true ? noRetries : retryPolicy(members.get('retryPolicy'), services.limits),
    timeout: requestTimeout(step),
    polls: !step.plan.settings.option('DisableAsyncPattern'),
    told: (attempt) => step.attempt(attempt),
    retrying: (attempt) => step.retrying(attempt),
  };
}

export function withWorkflowHeaders(step: ActionStep, parts: RequestParts): RequestParts {
  if (step.plan.settings.option('SuppressWorkflowHeaders')) return parts;
  const own = workflowHeaders(step).filter(([name]) => headerOf(parts.headers, name) === undefined);
  return { ...parts, headers: [...parts.headers, ...own] };
}

/** `runtimeConfiguration.requestOptions.timeout`, in milliseconds. */
function requestTimeout(step: ActionStep): number | undefined {
  const written = step.evaluate(step.plan.settings.runtime('requestOptions', 'timeout'));
  return typeof written === 'string' ? durationMilliseconds(written) : undefined;
}
