/**
 * The HTTP trigger: one poll. Status 200 starts a run; 202 asks to come back, to its Location when it names one; everything else
 * starts none. Source: schema reference, HTTP trigger.
 */
import { isObject } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import { noRetries, retryPolicy } from '../actions/http/retryPolicy';
import { requestOf } from '../actions/http/request';
import { responseOutputs, retryAfter, send } from '../actions/http/send';
import type { Failure } from '../events';
import { StepFailure } from '../engine/failure';
import type { TriggerPlan } from '../engine/plan';
import type { EngineServices } from '../engine/services';
import type { TriggerContext } from './context';

export interface PollResult {
  readonly fires: boolean;
  readonly failed: boolean;
  readonly outputs?: ObjectValue;
  readonly error?: Failure;
  /** Where and when (milliseconds) the service wants to be asked next, instead of the recurrence's next time. */
  readonly nextLocation?: string;
  readonly nextDelay?: number;
}

export async function pollOnce(
  services: EngineServices,
  trigger: TriggerPlan,
  context: TriggerContext,
  signal: AbortSignal,
  location: string | undefined,
): Promise<PollResult> {
  try {
    const inputs = trigger.inputs?.evaluate(context) ?? null;
    const members: ObjectValue = isObject(inputs) ? inputs : new Map<string, Value>();
    const parts = requestOf(inputs, trigger.name);
    const sender = {
      services,
      origin: { kind: 'trigger' as const, name: trigger.name, type: trigger.type },
      signal,
      authentication: members.get('authentication'),
      policy:
        services.behaviour.disableRetries === true
          ? noRetries
          : retryPolicy(members.get('retryPolicy'), services.limits),
      polls: false,
      told: () => undefined,
    };
    const answer = await send(sender, location === undefined ? parts : { ...parts, method: 'GET', url: location });
    if ('failure' in answer) {
      return { fires: false, failed: true, error: { code: answer.failure.code, message: answer.failure.message } };
    }
    const { statusCode, headers } = answer.response;
    const next = headers['location'];
    const delay = retryAfter(headers['retry-after'], { services });
    return {
      fires: statusCode === 200,
      failed: statusCode >= 400,
      outputs: responseOutputs(answer.response),
      ...(next === undefined ? {} : { nextLocation: URL.parse(next, parts.url)?.href ?? next }),
      ...(delay === undefined ? {} : { nextDelay: delay }),
    };
  } catch (error) {
    if (error instanceof StepFailure) return { fires: false, failed: true, error: error.failure };
    throw error;
  }
}
