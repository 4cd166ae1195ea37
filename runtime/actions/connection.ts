/**
 * Actions that go through a connection of connections.json: managed connectors, service providers, functions, API management.
 * The operation itself is a client's; here are its inputs, its retries and its outcome.
 */
import { isObject, objectOf } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import { readConnections, findConnection } from '../../language/project/connections';
import type { ConnectorAnswer, ConnectorClient, ConnectorRequest } from '../engine/contract';
import { StepFailure } from '../engine/failure';
import type { Outcome } from '../engine/failure';
import type { EngineServices } from '../engine/services';
import type { ActionStep } from '../engine/step';
import { headerObject, wellKnownSpelling } from '../transforms/headers';
import type { ActionHandler } from './handler';
import { callOf } from './http/httpWebhook';
import { isRetried, noRetries, retryPolicy } from './http/retryPolicy';
import { statusName } from './http/statusNames';

type Section = ConnectorRequest['section'];

function handler(
  type: string,
  section: Section,
  operation: (inputs: ObjectValue) => { connection: string; name: string },
): ActionHandler {
  return {
    type,
    external: true,
    async start(step) {
      const { services } = step.run;
      const isWebhook = type === 'ApiConnectionWebhook';
      const context = isWebhook
        ? step.ownContext(services.addresses.webhook(step.run.plan.name, step.run.runId, step.id))
        : step.context;
      const inputs = step.record.inputs ?? step.inputs(context);
      const members = isObject(inputs) ? inputs : new Map<string, Value>();
      const { connection, name } = operation(members);
      const connector = connectorKey(services, section, connection);
      const client = services.connectors?.client({
        section,
        connection,
        connector,
        operation: name,
        action: step.name,
        type,
      });
      if (client === undefined) throw noClient(type, connector, connection);
      // A scenario's answer stands for the call itself.
      const called = isWebhook && services.ports.mocks === undefined ? callOf(step) : undefined;
      const outcome = await invoke(step, client, members);
      return called !== undefined && outcome.status === 'Succeeded' ? called : outcome;
    },
  };
}

async function invoke(step: ActionStep, client: ConnectorClient, inputs: ObjectValue): Promise<Outcome> {
  const { services } = step.run;
  const { clock, ids } = services.ports;
  const policy =
    services.behaviour.disableRetries === true ? noRetries : retryPolicy(inputs.get('retryPolicy'), services.limits);
  for (let number = 1; ; number++) {
    const startTime = clock.now();
    const answer = await client.invoke(inputs, step.signal);
    const code = answer.error?.code ?? statusName(answer.statusCode);
    const { error, statusCode } = answer;
    const endTime = clock.now();
    const attempt = { number, startTime, endTime, code, statusCode, ...(error === undefined ? {} : { error }) };
    step.attempt(attempt);
    if (!isRetried(statusCode) || number > policy.count || step.signal.aborted) return outcomeOf(answer);
    await step.retrying(attempt);
    await clock.sleep(
      policy.delay(number, () => ids.random()),
      step.signal,
    );
  }
}

function outcomeOf({ statusCode, headers, body, error }: ConnectorAnswer): Outcome {
  const outputs = objectOf({
    statusCode,
    headers: headers && headerObject(Object.entries(headers), wellKnownSpelling),
    body,
  });
  const status = statusCode >= 200 && statusCode < 300 ? 'Succeeded' : 'Failed';
  return { status, code: error?.code ?? statusName(statusCode), outputs, ...(error === undefined ? {} : { error }) };
}

/** The connector of a connection, `office365`; empty when the connection is unknown. */
export function connectorKey({ project }: EngineServices, section: Section, key: string): string {
  const tree = project.connections;
  const found = tree && findConnection(readConnections(tree), section, key);
  return found?.connector ?? '';
}

function noClient(type: string, connector: string, connection: string): StepFailure {
  const what =
    connector === '' ? `connection '${connection}'` : `connector '${connector}' (connection '${connection}')`;
  return new StepFailure(
    'NotSupportedLocally',
    `The action of type '${type}' uses the ${what}, which is not executed on this machine. ` +
      `Mock it in a scenario, enable a static result for it, or run the workflow in Azure.`,
  );
}

/** A text below an object, by its path. */
function text(inputs: ObjectValue, ...path: readonly string[]): string {
  const value = path.reduce<Value | undefined>((each, name) => (isObject(each) ? each.get(name) : undefined), inputs);
  return typeof value === 'string' ? value : '';
}

/** Standard files name a reference; Consumption ones carry the connection's resource id. */
function managedOperation(inputs: ObjectValue): { connection: string; name: string } {
  const reference = text(inputs, 'host', 'connection', 'referenceName');
  const id = text(inputs, 'host', 'connection', 'name').split('/').at(-1) ?? '';
  return {
    connection: reference === '' ? id : reference,
    name: `${text(inputs, 'method')} ${text(inputs, 'path')}`.trim(),
  };
}

interface ConnectionType {
  readonly section: Section;
  /** The connection's key and the operation that inputs name. */
  readonly operation: (inputs: ObjectValue) => { readonly connection: string; readonly name: string };
}

const types: Readonly<Record<string, ConnectionType>> = {
  ApiConnection: { section: 'managedApiConnections', operation: managedOperation },
  ApiConnectionWebhook: { section: 'managedApiConnections', operation: managedOperation },
  OpenApiConnection: {
    section: 'managedApiConnections',
    operation: (inputs) => ({
      connection: text(inputs, 'host', 'connection', 'referenceName') || text(inputs, 'host', 'connectionName'),
      name: text(inputs, 'host', 'operationId'),
    }),
  },
  ServiceProvider: {
    section: 'serviceProviderConnections',
    operation: (inputs) => ({
      connection: text(inputs, 'serviceProviderConfiguration', 'connectionName'),
      name: text(inputs, 'serviceProviderConfiguration', 'operationId'),
    }),
  },
  Function: {
    section: 'functionConnections',
    operation: (inputs) => ({
      connection:
        text(inputs, 'function', 'connectionName') || (text(inputs, 'function', 'id').split('/').at(-1) ?? ''),
      name: text(inputs, 'method'),
    }),
  },
  ApiManagement: {
    section: 'apiManagementConnections',
    operation: (inputs) => ({
      connection: text(inputs, 'apiManagement', 'connection') || (text(inputs, 'api', 'id').split('/').at(-1) ?? ''),
      name: text(inputs, 'apiManagement', 'operationId') || text(inputs, 'pathTemplate', 'template'),
    }),
  },
};

export const connectionActions: readonly ActionHandler[] = Object.entries(types).map(([type, { section, operation }]) =>
  handler(type, section, operation),
);

/** The section of connections.json in which an operation type's connections stand; a type is known in any spelling of case. */
export function sectionOf(type: string): Section {
  return typeNamed(type)?.section ?? 'managedApiConnections';
}

export function operationOf(type: string, inputs: ObjectValue): { readonly connection: string; readonly name: string } {
  return (typeNamed(type)?.operation ?? managedOperation)(inputs);
}

function typeNamed(type: string): ConnectionType | undefined {
  return Object.entries(types).find(([name]) => name.toLowerCase() === type.toLowerCase())?.[1];
}
