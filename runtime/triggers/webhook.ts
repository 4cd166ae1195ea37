/** The HTTP webhook trigger's calls to the service: subscribe when it is armed, unsubscribe when it is not any more. */
import { isObject } from '../../language/json/value';
import type { ObjectValue } from '../../language/json/value';
import { requestOf } from '../actions/http/request';
import { noRetries, retryPolicy } from '../actions/http/retryPolicy';
import { outcomeOfAnswer, send } from '../actions/http/send';
import type { Failure } from '../events';
import type { Engine } from '../engine/engine';
import { StepFailure } from '../engine/failure';
import { anyCase } from '../engine/settings';

/** Makes the call; a failure says why the service did not take it. Undefined when all is well or there is nothing to call. */
export async function webhookCall(
  engine: Engine,
  workflow: string,
  triggerName: string | undefined,
  which: 'subscribe' | 'unsubscribe',
  signal: AbortSignal,
): Promise<Failure | undefined> {
  const trigger = engine.trigger(workflow, triggerName);
  const node = anyCase(trigger.inputsNode, which);
  if (node === undefined) return undefined;
  const { services } = engine;
  try {
    const inputs = trigger.template(node).evaluate(engine.triggerContext(workflow, trigger, undefined));
    if (!isObject(inputs) || inputs.size === 0) return undefined;
    const members: ObjectValue = inputs;
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
    const outcome = outcomeOfAnswer(await send(sender, requestOf(inputs, trigger.name)));
    if (outcome.status === 'Succeeded') return undefined;
    return (
      outcome.error ?? { code: outcome.code ?? 'Failed', message: `The service answered with '${outcome.code ?? ''}'.` }
    );
  } catch (error) {
    if (error instanceof StepFailure) return error.failure;
    throw error;
  }
}
