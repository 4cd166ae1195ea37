/** The mocks of a case: they answer every call that leaves the workflow, and remember it. */
import { parseValue } from '../../language/json/parse';
import { isObject, objectOf } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import { stringify } from '../../language/json/stringify';
import type { ConnectorAnswer, ConnectorClient, ConnectorClients, ConnectorRequest } from '../engine/contract';
import type { ActionMocks, Clock, HttpClient, HttpFailure, HttpRequest, HttpResponse, MockAnswer } from '../ports';
import { textOf } from '../engine/text';
import { statusName } from '../actions/http/statusNames';
import { decodeBody } from '../transforms/messageBody';
import { headerList, headerOf } from '../transforms/headers';
import type { HeaderList } from '../transforms/headers';
import { bytesOf } from './body';
import type { Mock, MockMatch, MockResponse, ScenarioCase } from './case';
import { equalValues } from './match';
import type { SeenRequest } from './observation';

/** A call as the mocks see it, whatever kind of action makes it. */
interface Call {
  readonly kind: 'action' | 'trigger';
  readonly name: string;
  readonly type: string;
  readonly attempt: number;
  readonly operationId?: string;
  readonly method: string;
  /** Absolute, or only a path for connectors. */
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array | undefined;
  readonly payload?: Value;
}

interface Answered {
  readonly response: MockResponse;
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

export class CaseMocks implements HttpClient, ActionMocks, ConnectorClients {
  readonly requests: SeenRequest[] = [];
  readonly errors: string[] = [];
  concurrent = 0;
  #underWay = 0;
  /** How often each mock's other conditions have been met. */
  readonly #hits = new Map<Mock, number>();
  /** How often each mock has answered. */
  readonly #used = new Map<Mock, number>();

  constructor(
    private readonly scenario: ScenarioCase,
    private readonly folder: string,
    private readonly clock: Clock,
    private readonly start: number,
    /** Types that run for real when no mock fits them. */
    private readonly runsForReal: (type: string, inputs: Value) => boolean,
  ) {}

  async send(
    request: HttpRequest,
    signal: AbortSignal,
  ): Promise<{ readonly response: HttpResponse } | { readonly failure: HttpFailure }> {
    const { origin, method, url, headers, body } = request;
    const { kind, name, type, attempt } = origin;
    const answered = await this.#answer({ kind, name, type, attempt, method, url, headers, body }, signal);
    if (answered === undefined) return { failure: { code: 'NoMock', message: this.errors.at(-1) ?? '' } };
    if (answered.response.fault === 'connection-reset') return { failure: connectionReset };
    return { response: { statusCode: answered.response.status, headers: answered.headers, body: answered.bytes } };
  }

  /** Actions that are not HTTP and could run here: undefined lets them. */
  async answer(action: {
    readonly name: string;
    readonly type: string;
    readonly repetition: readonly number[];
    readonly inputs: Value;
  }): Promise<MockAnswer | undefined> {
    const call = callOf(action.name, action.type, 1, action.inputs);
    if (this.#find(call, false) === undefined && this.runsForReal(action.type, action.inputs)) return undefined;
    const answered = await this.#answer(call, new AbortController().signal);
    if (answered === undefined) {
      return {
        status: 'Failed',
        code: 'NoMock',
        outputs: undefined,
        error: { code: 'NoMock', message: this.errors.at(-1) ?? '' },
      };
    }
    const { statusCode, body, error } = connectorAnswer(answered);
    const failed = statusCode >= 400;
    const outputs = objectOf({ statusCode, body });
    return {
      status: failed ? 'Failed' : 'Succeeded',
      code: statusName(statusCode),
      outputs,
      ...(error === undefined ? {} : { error }),
    };
  }

  client(request: ConnectorRequest): ConnectorClient {
    let attempt = 0;
    return {
      invoke: async (inputs, signal) => {
        const call = callOf(request.action, request.type, ++attempt, inputs, request.operation);
        const answered = await this.#answer(call, signal);
        if (answered === undefined) {
          return { statusCode: 400, body: undefined, error: { code: 'NoMock', message: this.errors.at(-1) ?? '' } };
        }
        return connectorAnswer(answered);
      },
    };
  }

  async #answer(call: Call, signal: AbortSignal): Promise<Answered | undefined> {
    const seen: SeenRequest = {
      action: call.name,
      kind: call.type,
      operationId: call.operationId,
      attempt: call.attempt,
      method: call.method,
      url: call.url,
      headers: call.headers,
      body: call.body,
      payload: call.payload,
      startTime: this.clock.now() - this.start,
      endTime: this.clock.now() - this.start,
    };
    this.requests.push(seen);
    const response = this.#find(call, true) ?? this.scenario.unmatched;
    if (response === undefined) {
      const what = call.url === '' ? call.type : `${call.method} ${call.url}`;
      const error = `No mock answers the call '${what}' of '${call.name}'.`;
      if (!this.errors.includes(error)) this.errors.push(error);
      return undefined;
    }
    this.concurrent = Math.max(this.concurrent, ++this.#underWay);
    const body = await bytesOf(response.body, this.folder);
    if (response.delay > 0) await this.clock.sleep(response.delay, signal);
    this.#underWay--;
    seen.endTime = this.clock.now() - this.start;
    const headers: Record<string, string> = {};
    for (const [name, value] of response.headers) headers[name.toLowerCase()] = value;
    const contentType = response.contentType ?? headers['content-type'] ?? body?.contentType;
    if (contentType !== undefined && (body !== undefined || response.contentType !== undefined)) {
      headers['content-type'] = contentType;
    }
    return { response, bytes: body?.bytes ?? new Uint8Array(), headers };
  }

  /** The answer of the first mock that fits; `counts` false only looks. */
  #find(call: Call, counts: boolean): MockResponse | undefined {
    for (const mock of this.scenario.mocks) {
      if (!fits(mock.match, call)) continue;
      const hit = (this.#hits.get(mock) ?? 0) + 1;
      if (counts) this.#hits.set(mock, hit);
      const { hits, notHits } = mock.match;
      if (hits !== undefined && !hits.includes(hit)) continue;
      if (notHits?.includes(hit) === true) continue;
      const used = this.#used.get(mock) ?? 0;
      if (counts) this.#used.set(mock, used + 1);
      return mock.responses[Math.min(used, mock.responses.length - 1)];
    }
    return undefined;
  }
}

const connectionReset: HttpFailure = {
  code: 'ConnectionReset',
  message: 'An error occurred while sending the request. The connection was reset by the remote host.',
};

function connectorAnswer({ response, bytes, headers }: Answered): ConnectorAnswer {
  if (response.fault === 'connection-reset') {
    return {
      statusCode: 503,
      body: undefined,
      error: { code: connectionReset.code, message: connectionReset.message },
    };
  }
  const decoded = decodeBody(bytes, headers['content-type']);
  const body = decoded.ok ? decoded.value : Buffer.from(bytes).toString('utf8');
  return { statusCode: response.status, headers, body };
}

/** What an action that is not HTTP would send, as far as its inputs tell. */
function callOf(name: string, type: string, attempt: number, inputs: Value, operationId?: string): Call {
  const members: ObjectValue = isObject(inputs) ? inputs : new Map<string, Value>();
  const parameters = members.get('parameters');
  const body = members.get('body');
  const configuration = members.get('serviceProviderConfiguration');
  const operation =
    operationId ?? (isObject(configuration) ? textOf(configuration.get('operationId') ?? '') : undefined);
  const queries = members.get('queries');
  const query = isObject(queries)
    ? new URLSearchParams([...queries].map(([key, value]): [string, string] => [key, textOf(value)])).toString()
    : '';
  return {
    kind: 'action',
    name,
    type,
    attempt,
    ...(operation === undefined ? {} : { operationId: operation }),
    method: textOf(members.get('method') ?? 'POST').toUpperCase(),
    url: `${textOf(members.get('path') ?? '')}${query === '' ? '' : `?${query}`}`,
    headers: headerList(members.get('headers')),
    body: Buffer.from(stringify(body ?? parameters ?? inputs)),
    payload: parameters ?? inputs,
  };
}

/** True when everything but the count of hits fits. */
function fits(match: MockMatch, call: Call): boolean {
  const { actions, triggers, methods, path, headers, query, contentTypes, bodyContains, bodyJson } = match;
  if (actions !== undefined && !(call.kind === 'action' && includesName(actions, call.name))) return false;
  if (triggers !== undefined && !(call.kind === 'trigger' && includesName(triggers, call.name))) return false;
  if (
    methods !== undefined &&
    !methods.some((each) => each === '*' || each.toUpperCase() === call.method.toUpperCase())
  ) {
    return false;
  }
  const url = URL.parse(call.url, 'http://connector');
  const sent = url?.pathname ?? call.url;
  for (const { how, any } of path) if (!any.some((each) => pathFits(how, sent, each))) return false;
  if (headers !== undefined && !membersFit(headers, (name) => headerOf(call.headers, name))) return false;
  if (query !== undefined && !membersFit(query, (name) => url?.searchParams.get(name) ?? undefined)) return false;
  if (contentTypes !== undefined && !contentTypes.includes(headerOf(call.headers, 'content-type') ?? '')) return false;
  const text = call.body === undefined ? '' : Buffer.from(call.body).toString('utf8');
  if (bodyContains !== undefined && !bodyContains.every((each) => text.includes(each))) return false;
  return bodyJson === undefined || bodyMembersFit(bodyJson, text);
}

function includesName(names: readonly string[], name: string): boolean {
  return names.some((each) => each.toLowerCase() === name.toLowerCase());
}

function pathFits(how: 'equals' | 'contains' | 'endsWith', sent: string, wanted: string): boolean {
  switch (how) {
    case 'equals':
      return sent === wanted;
    case 'contains':
      return sent.includes(wanted);
    case 'endsWith':
      return sent.endsWith(wanted);
  }
}

/** Each name with exactly this value; null asks only that it is there. */
function membersFit(wanted: ObjectValue, given: (name: string) => string | undefined): boolean {
  return [...wanted].every(([name, value]) => {
    const found = given(name);
    return found !== undefined && (value === null || textOf(value) === found);
  });
}

function bodyMembersFit(wanted: ObjectValue, text: string): boolean {
  const parsed = parseValue(text);
  const body = parsed.ok ? parsed.value : undefined;
  return isObject(body) && [...wanted].every(([name, value]) => equalValues(body.get(name), value));
}
