/**
 * Connections that are an HTTP address: Azure functions, APIs of API Management, and managed connectors through their runtime address.
 * Each turns the inputs of an action into one request; retries are the engine's.
 * Source: the sections of connections.json as the designer writes them, and the actions' reference.
 */
import { isObject, objectOf } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import { authenticate } from '../actions/http/authentication';
import { requestOf, withQueries } from '../actions/http/request';
import type { ConnectorAnswer, ConnectorClient, ConnectorClients, ConnectorRequest } from '../engine/contract';
import { StepFailure } from '../engine/failure';
import type { EngineServices } from '../engine/services';
import { textOf } from '../engine/text';
import type { Failure } from '../events';
import type { RequestOrigin } from '../ports';
import { decodeBody } from '../transforms/messageBody';
import type { ConnectionResolver, ResolvedConnection } from './resolve';

/** What a connection makes of an action's inputs: the inputs of an HTTP request, and how it is authenticated. */
interface Target {
  readonly inputs: ObjectValue;
  readonly authentication: Value | undefined;
}

type Shape = (connection: ResolvedConnection, inputs: ObjectValue) => Target;

const shapes: Readonly<Partial<Record<ConnectorRequest['section'], { readonly type: string; readonly shape: Shape }>>> =
  {
    functionConnections: { type: 'Function', shape: functionTarget },
    apiManagementConnections: { type: 'ApiManagement', shape: apiManagementTarget },
    managedApiConnections: { type: 'ApiConnection', shape: managedTarget },
  };

export class HttpConnections implements ConnectorClients {
  readonly #resolver: ConnectionResolver;
  readonly #services: () => EngineServices;

  constructor(resolver: ConnectionResolver, services: () => EngineServices) {
    this.#resolver = resolver;
    this.#services = services;
  }

  client({ section, connection }: ConnectorRequest): ConnectorClient | undefined {
    const kind = shapes[section];
    const resolved = kind && this.#resolver.resolve(section, connection);
    if (kind === undefined || resolved === undefined) return undefined;
    if ('error' in resolved) return { invoke: () => Promise.resolve(failed(resolved.error, 400)) };
    // Without its runtime address a managed connection exists in Azure only.
    if (section === 'managedApiConnections' && text(resolved.values, 'connectionRuntimeUrl') === '') return undefined;
    return { invoke: (inputs, signal) => this.#invoke(kind, resolved, inputs, signal) };
  }

  async #invoke(
    { type, shape }: { readonly type: string; readonly shape: Shape },
    connection: ResolvedConnection,
    inputs: Value,
    signal: AbortSignal,
  ): Promise<ConnectorAnswer> {
    const services = this.#services();
    const origin: RequestOrigin = { kind: 'action', name: connection.key, type, attempt: 1 };
    try {
      const target = shape(connection, isObject(inputs) ? inputs : objectOf({}));
      const parts = requestOf(target.inputs, connection.key);
      const authenticated = await authenticate(services, parts, target.authentication, origin, signal);
      const answer = await services.ports.http.send({ ...parts, ...authenticated, origin }, signal);
      if ('failure' in answer) return failed(answer.failure);
      const { statusCode, headers, body } = answer.response;
      const decoded = decodeBody(body, headers['content-type']);
      const value = decoded.ok ? decoded.value : Buffer.from(body).toString('utf8');
      return { statusCode, headers, body: value };
    } catch (error) {
      if (error instanceof StepFailure) return failed({ code: error.code, message: error.message }, 400);
      throw error;
    }
  }
}

/** No answer came: the engine's retries treat it as they treat a broken gateway. */
function failed(error: Failure, statusCode = 502): ConnectorAnswer {
  return { statusCode, body: undefined, error };
}

/** The function's address carries the key as a query, or a header, as the connection says. */
function functionTarget({ values }: ResolvedConnection, inputs: ObjectValue): Target {
  const authentication = values.get('authentication');
  const type = text(authentication, 'type').toLowerCase();
  const url = text(values, 'triggerUrl');
  const name = text(authentication, 'name');
  const uri =
    type === 'querystring' && name !== '' ? withQueries(url, objectOf({ [name]: text(authentication, 'value') })) : url;
  return {
    inputs: withUri(inputs, uri, text(inputs, 'method') || 'POST'),
    authentication: type === 'querystring' ? undefined : authentication,
  };
}

function apiManagementTarget({ values }: ResolvedConnection, inputs: ObjectValue): Target {
  const template = inputs.get('pathTemplate');
  const given = isObject(template) ? template.get('parameters') : undefined;
  const path = text(template, 'template').replaceAll(/\{([^{}]+)\}/g, (whole, name: string) => {
    const value = isObject(given) ? given.get(name) : undefined;
    return value === undefined ? whole : encodeURIComponent(textOf(value));
  });
  const key = inputs.get('subscriptionKey') ?? values.get('subscriptionKey');
  const target = withUri(inputs, joined(text(values, 'baseUrl'), path), text(inputs, 'method') || 'GET');
  return {
    inputs: key === undefined ? target : withHeader(target, 'Ocp-Apim-Subscription-Key', key),
    authentication: inputs.get('authentication') ?? values.get('authentication'),
  };
}

function managedTarget({ values }: ResolvedConnection, inputs: ObjectValue): Target {
  const uri = joined(text(values, 'connectionRuntimeUrl'), text(inputs, 'path'));
  return {
    inputs: withUri(inputs, uri, text(inputs, 'method') || 'GET'),
    authentication: inputs.get('authentication') ?? values.get('authentication'),
  };
}

function joined(base: string, path: string): string {
  return path === '' ? base : `${base.replace(/\/$/, '')}/${path.replace(/^\//, '')}`;
}

function withUri(inputs: ObjectValue, uri: string, method: string): ObjectValue {
  const copy = new Map(inputs);
  copy.set('uri', uri);
  copy.set('method', method);
  return copy;
}

function withHeader(inputs: ObjectValue, name: string, value: Value): ObjectValue {
  const headers = inputs.get('headers');
  const copy = new Map(inputs);
  copy.set('headers', new Map([...(isObject(headers) ? headers : []), [name, value]]));
  return copy;
}

function text(value: Value | undefined, member: string): string {
  const found = isObject(value) ? value.get(member) : undefined;
  return typeof found === 'string' ? found : '';
}
