/**
 * HTTP webhook: subscribes with an address of its own, waits to be called there, and unsubscribes when the wait ends without a call.
 * Source: "Subscribe and wait for events to run workflows using HTTP webhooks"; schema reference, endpoint subscriptions.
 */
import { isObject, objectOf } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { succeeded } from '../../engine/failure';
import type { Outcome } from '../../engine/failure';
import type { IncomingRequest } from '../../engine/contract';
import { anyCase } from '../../engine/settings';
import type { ActionStep } from '../../engine/step';
import { headerObject, headerOf } from '../../transforms/headers';
import { decodeBody } from '../../transforms/messageBody';
import type { ActionHandler } from '../handler';
import { senderOf, withWorkflowHeaders } from './http';
import { requestOf } from './request';
import { outcomeOfAnswer, send } from './send';
import { expectCall } from './webhookCalls';

export const httpWebhook: ActionHandler = {
  type: 'HttpWebhook',
  external: true,
  start: (step) => subscribe(step),
};

async function subscribe(step: ActionStep): Promise<Outcome> {
  const { run, plan } = step;
  const url = run.services.addresses.webhook(run.plan.name, run.runId, step.id);
  const context = step.ownContext(url);
  const subscription = step.evaluate(anyCase(plan.inputsNode, 'subscribe'), context) ?? null;
  step.recordInputs(objectOf({ subscribe: subscription }));
  const called = callOf(step);
  step.signal.addEventListener('abort', () => void unsubscribe(step, url));
  if (isObject(subscription)) {
    const parts = withWorkflowHeaders(step, requestOf(subscription, step.name));
    const answer = await send(senderOf(step, subscription), parts);
    const outcome = outcomeOfAnswer(answer);
    if (outcome.status === 'Failed') return outcome;
  }
  return called;
}

/** Waits to be called back; cancelled when the action is. */
export function callOf(step: ActionStep): Promise<Outcome> {
  return new Promise((resolve) => {
    expectCall(step, {
      receive(request) {
        resolve(outcomeOfCall(request));
        return { statusCode: 200, headers: [], body: new Uint8Array() };
      },
    });
    step.signal.addEventListener('abort', () => resolve({ status: 'Cancelled', code: 'ActionCancelled' }));
  });
}

/** A call is a success whatever it says; an `error` code in the query fails the action, as the platform's contract has it. */
function outcomeOfCall(request: IncomingRequest): Outcome {
  const decoded = decodeBody(request.body, headerOf(request.headers, 'content-type'));
  const queries = new Map<string, Value>(new URLSearchParams(request.query));
  const outputs = objectOf({
    headers: headerObject(request.headers),
    queries: queries.size === 0 ? undefined : queries,
    body: decoded.ok ? decoded.value : Buffer.from(request.body ?? []).toString('utf8'),
  });
  return succeeded(outputs);
}

async function unsubscribe(step: ActionStep, url: string): Promise<void> {
  const node = anyCase(step.plan.inputsNode, 'unsubscribe');
  const inputs = node && step.evaluate(node, step.ownContext(url));
  if (!isObject(inputs) || inputs.size === 0) return;
  const sender = { ...senderOf(step, inputs), signal: new AbortController().signal };
  await send(sender, withWorkflowHeaders(step, requestOf(inputs, step.name)));
}
