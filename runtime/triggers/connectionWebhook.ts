/**
 * Webhook triggers of managed connectors: they subscribe through their connection with the trigger's callback address, and end the
 * subscription where its Location says. Source: "Webhook triggers" of the custom API contract that managed connectors follow.
 */
import { isObject } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import { connectorKey, operationOf, sectionOf } from '../actions/connection';
import type { ConnectorAnswer } from '../engine/contract';
import type { Engine } from '../engine/engine';
import { StepFailure } from '../engine/failure';
import type { RuntimeProject } from '../engine/project';
import type { Failure } from '../events';

/** A service outside must be able to reach this host: the app setting names the address under which it can, such as that of a tunnel. */
const publicUrlSetting = 'LogicAppsWorkbench.PublicUrl';

/** Without a slash at the end. */
export function publicUrl({ appSettings }: RuntimeProject): string | undefined {
  const url = appSettings.get(publicUrlSetting)?.replace(/\/+$/, '');
  return url === '' ? undefined : url;
}

export type Subscription =
  | { readonly failure: Failure }
  /** Ends the subscription; a failure says why the service did not take it. */
  | { end(signal: AbortSignal): Promise<Failure | undefined> };

/** Undefined when nothing on this machine can subscribe for the trigger. */
export async function subscribeConnection(
  engine: Engine,
  workflow: string,
  triggerName: string,
  signal: AbortSignal,
): Promise<Subscription | undefined> {
  const { services } = engine;
  const trigger = engine.trigger(workflow, triggerName);
  if (publicUrl(services.project) === undefined) return undefined;
  try {
    const evaluated = trigger.inputs?.evaluate(engine.triggerContext(workflow, trigger, undefined)) ?? null;
    const inputs: ObjectValue = isObject(evaluated) ? evaluated : new Map<string, Value>();
    const section = sectionOf(trigger.type);
    const { connection, name: operation } = operationOf(trigger.type, inputs);
    const connector = connectorKey(services, section, connection);
    const request = { section, connection, connector, operation, action: trigger.name, type: trigger.type };
    const client = services.connectors?.client(request);
    if (client === undefined) return undefined;
    const answer = await client.invoke(new Map([['method', 'POST'], ...inputs]), signal);
    const failure = failureOf(answer);
    if (failure !== undefined) return { failure };
    const path = subscriptionPath(answer, inputs);
    return {
      async end(endSignal) {
        if (path === undefined) return undefined;
        const host = inputs.get('host') ?? null;
        return failureOf(
          await client.invoke(
            new Map<string, Value>([
              ['host', host],
              ['method', 'DELETE'],
              ['path', path],
            ]),
            endSignal,
          ),
        );
      },
    };
  } catch (error) {
    if (error instanceof StepFailure) return { failure: error.failure };
    throw error;
  }
}

function failureOf({ error, statusCode }: ConnectorAnswer): Failure | undefined {
  if (error !== undefined) return error;
  if (statusCode < 400) return undefined;
  return { code: String(statusCode), message: `The connector answered with status ${statusCode}.` };
}

/** Where the subscription is, behind the connection's own address: credentials go nowhere else. */
function subscriptionPath({ headers = {} }: ConnectorAnswer, inputs: ObjectValue): string | undefined {
  const location = Object.entries(headers).find(([name]) => name.toLowerCase() === 'location')?.[1];
  const url = location === undefined ? null : URL.parse(location, 'http://localhost');
  const path = inputs.get('path');
  if (url === null || typeof path !== 'string') return undefined;
  const start = decodeURI(url.pathname).toLowerCase().indexOf(path.toLowerCase());
  return start < 0 ? undefined : `${decodeURI(url.pathname).slice(start)}${url.search}`;
}
