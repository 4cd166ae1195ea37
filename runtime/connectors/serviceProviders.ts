/**
 * Connections of built-in connectors: finds the connector's client, loads it when it is first needed, and lets actions and triggers
 * use it. A connection is opened once for a reading of the project.
 */
import { isObject, objectOf } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import type { ResolvedConnection, ConnectionResolver } from '../connections/resolve';
import type {
  ConnectorAnswer,
  ConnectorClient,
  ConnectorClients,
  ConnectorLook,
  ConnectorRequest,
} from '../engine/contract';
import type { Failure } from '../events';
import { connectorClient } from './clients';
import { ConnectorError, Parameters } from './connector';
import type { ConnectorConnection } from './connector';

export class ServiceProviders implements ConnectorClients {
  readonly #open = new Map<string, Promise<ConnectorConnection>>();

  constructor(private readonly resolver: ConnectionResolver) {}

  client({ section, connection, connector, operation }: ConnectorRequest): ConnectorClient | undefined {
    const load = section === 'serviceProviderConnections' ? connectorClient(connector) : undefined;
    if (load === undefined) return undefined;
    const open = (): Promise<ConnectorConnection> => {
      const resolved = this.resolver.resolve(section, connection);
      if (resolved === undefined)
        return Promise.reject(new ConnectorError(400, 'ConnectionNotFound', missing(connection)));
      if ('error' in resolved) return Promise.reject(refusal(resolved.error));
      return this.#opened(resolved, async () => (await load()).connect(resolved.values));
    };
    return {
      invoke: (inputs, signal) => invoke(open, operation, parametersOf(inputs), signal),
      look: (inputs, memory, signal) => look(open, operation, parametersOf(inputs), memory, signal),
    };
  }

  #opened({ key }: ResolvedConnection, open: () => Promise<ConnectorConnection>): Promise<ConnectorConnection> {
    const known = this.#open.get(key);
    if (known !== undefined) return known;
    const opened = open();
    this.#open.set(key, opened);
    // What could not be opened is tried again.
    opened.catch(() => this.#open.delete(key));
    return opened;
  }
}

async function invoke(
  open: () => Promise<ConnectorConnection>,
  operation: string,
  parameters: Parameters,
  signal: AbortSignal,
): Promise<ConnectorAnswer> {
  try {
    const { actions } = await open();
    const execute = member(actions, operation);
    if (execute === undefined) throw unknownOperation(operation);
    return { statusCode: 200, body: await execute(parameters, signal) };
  } catch (error) {
    const { statusCode, failure } = failureOf(error);
    return { statusCode, body: undefined, error: failure };
  }
}

async function look(
  open: () => Promise<ConnectorConnection>,
  operation: string,
  parameters: Parameters,
  memory: Value,
  signal: AbortSignal,
): Promise<ConnectorLook> {
  try {
    const { triggers } = await open();
    const trigger = member(triggers, operation);
    if (trigger === undefined) throw unknownOperation(operation);
    return await trigger.look(parameters, memory, signal);
  } catch (error) {
    return { failure: failureOf(error).failure };
  }
}

function failureOf(error: unknown): { readonly statusCode: number; readonly failure: Failure } {
  if (!(error instanceof ConnectorError)) throw error;
  const { statusCode, code, message } = error;
  return { statusCode, failure: { code, message } };
}

function refusal({ code, message }: Failure): ConnectorError {
  return new ConnectorError(400, code, message);
}

function missing(connection: string): string {
  return `There is no connection '${connection}' in connections.json.`;
}

function unknownOperation(operation: string): ConnectorError {
  return new ConnectorError(
    400,
    'NotSupportedLocally',
    `The operation '${operation}' of this connector is not executed on this machine. Mock it in a scenario, or run the workflow in Azure.`,
  );
}

function parametersOf(inputs: Value): Parameters {
  const given = isObject(inputs) ? inputs.get('parameters') : undefined;
  const values: ObjectValue = isObject(given) ? given : objectOf({});
  return new Parameters(values);
}

/** Names of operations match in any case. */
function member<Member>(members: Readonly<Record<string, Member>>, name: string): Member | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(members).find(([each]) => each.toLowerCase() === wanted)?.[1];
}
