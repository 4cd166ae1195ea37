/** Webhook actions that wait to be called back, by their step. */
import type { IncomingRequest, OutgoingResponse } from '../../engine/contract';
import type { ActionStep } from '../../engine/step';

export interface WebhookCall {
  /** Takes the call; what it answers goes back to the caller. */
  receive(request: IncomingRequest): OutgoingResponse;
}

const waiting = new WeakMap<ActionStep, WebhookCall>();

export function expectCall(step: ActionStep, call: WebhookCall): void {
  waiting.set(step, call);
}

/** What waits in this step for a call, or undefined. */
export function webhookOf(step: ActionStep): WebhookCall | undefined {
  return waiting.get(step);
}
