/** Triggers of connections that look for what is new: one look through the connector's client. */
import { isObject } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import { findConnection, readConnections } from '../../language/project/connections';
import type { ConnectorClient, ConnectorLook } from '../engine/contract';
import { StepFailure } from '../engine/failure';
import type { TriggerPlan } from '../engine/plan';
import type { EngineServices } from '../engine/services';
import type { TriggerContext } from './context';

/** Undefined when nothing on this machine can look for the trigger. */
export async function lookOnce(
  services: EngineServices,
  trigger: TriggerPlan,
  context: TriggerContext,
  memory: Value,
  signal: AbortSignal,
): Promise<ConnectorLook | undefined> {
  try {
    const inputs = trigger.inputs?.evaluate(context) ?? null;
    return await clientOf(services, trigger, inputs)?.look?.(inputs, memory, signal);
  } catch (error) {
    if (error instanceof StepFailure) return { failure: error.failure };
    throw error;
  }
}

function clientOf(services: EngineServices, { name, type }: TriggerPlan, inputs: Value): ConnectorClient | undefined {
  const members: ObjectValue = isObject(inputs) ? inputs : new Map<string, Value>();
  const configuration = members.get('serviceProviderConfiguration');
  const [connection, operation] = [text(configuration, 'connectionName'), text(configuration, 'operationId')];
  const tree = services.project.connections;
  const section = 'serviceProviderConnections';
  const connector = tree && findConnection(readConnections(tree), section, connection)?.connector;
  if (connector === undefined) return undefined;
  return services.connectors?.client({ section, connection, connector, operation, action: name, type });
}

function text(value: Value | undefined, name: string): string {
  const found = isObject(value) ? value.get(name) : undefined;
  return typeof found === 'string' ? found : '';
}
