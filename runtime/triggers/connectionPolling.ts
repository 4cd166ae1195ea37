/**
 * Polling triggers of connections: managed connectors, API Management. One poll through the connection: 200 starts a run, 202 none; both may
 * say when to come back, and give in the query of their Location what the connector has seen.
 * Source: "Polling triggers" of the custom API contract that managed connectors follow.
 */
import { isObject, objectOf } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import { connectorKey, operationOf, sectionOf } from '../actions/connection';
import { retryAfter } from '../actions/http/send';
import { StepFailure } from '../engine/failure';
import type { TriggerPlan } from '../engine/plan';
import type { EngineServices } from '../engine/services';
import { headerObject, wellKnownSpelling } from '../transforms/headers';
import type { TriggerContext } from './context';
import type { PollResult } from './polling';

/** Undefined when nothing on this machine can poll for the trigger. */
export async function pollConnection(
  services: EngineServices,
  trigger: TriggerPlan,
  context: TriggerContext,
  signal: AbortSignal,
  location: string | undefined,
): Promise<PollResult | undefined> {
  try {
    const evaluated = trigger.inputs?.evaluate(context) ?? null;
    const inputs: ObjectValue = isObject(evaluated) ? evaluated : new Map<string, Value>();
    const section = sectionOf(trigger.type);
    const { connection, name: operation } = operationOf(trigger.type, inputs);
    const connector = connectorKey(services, section, connection);
    const request = { section, connection, connector, operation, action: trigger.name, type: trigger.type };
    const client = services.connectors?.client(request);
    if (client === undefined) return undefined;
    const { statusCode, headers = {}, body, error } = await client.invoke(resumed(inputs, location), signal);
    const header = (name: string): string | undefined =>
      Object.entries(headers).find(([each]) => each.toLowerCase() === name)?.[1];
    const next = header('location') ?? location;
    const delay = retryAfter(header('retry-after'), { services });
    const failed = error !== undefined || statusCode >= 400;
    const failure = error ?? { code: String(statusCode), message: `The connector answered with status ${statusCode}.` };
    return {
      fires: !failed && statusCode === 200,
      failed,
      outputs: objectOf({ statusCode, headers: headerObject(Object.entries(headers), wellKnownSpelling), body }),
      ...(failed ? { error: failure } : {}),
      ...(next === undefined ? {} : { nextLocation: next }),
      ...(delay === undefined ? {} : { nextDelay: delay }),
    };
  } catch (error) {
    if (error instanceof StepFailure) return { fires: false, failed: true, error: error.failure };
    throw error;
  }
}

/**
 * The request that goes on where the last answer left off. Only the query of the Location is taken: the path is the trigger's own, and
 * credentials never go to an address that an answer names.
 */
function resumed(inputs: ObjectValue, location: string | undefined): ObjectValue {
  const query = location === undefined ? undefined : URL.parse(location, 'http://localhost')?.searchParams;
  if (query === undefined || query.size === 0) return inputs;
  const before = inputs.get('queries');
  return new Map([...inputs, ['queries', new Map<string, Value>([...(isObject(before) ? before : []), ...query])]]);
}
