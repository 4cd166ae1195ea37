/**
 * The scenario and test format: one case as read from its file. What it says is checked here, so that the runner meets only sound
 * cases. The format is described in `schemas/test.schema.json`.
 */
import { parseValue } from '../../language/json/parse';
import { isArray, isObject } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import { textOf } from '../engine/text';
import {
  arrayField,
  booleanField,
  integersField,
  numberField,
  objectField,
  ScenarioError,
  stringField,
  stringsField,
} from './fields';

/** A body in one of the forms a case may give it. */
export type CaseBody =
  | { readonly kind: 'json'; readonly value: Value }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'base64'; readonly base64: string }
  /** Relative to the file of the case. */
  | { readonly kind: 'file'; readonly path: string };

export interface RequestTrigger {
  readonly type: 'request';
  readonly name: string | undefined;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly query: string;
  readonly relativePath: string;
  readonly contentType: string | undefined;
  readonly body: CaseBody | undefined;
  readonly repeat: number;
}

export type CaseTrigger =
  | RequestTrigger
  | {
      readonly type: 'fire';
      readonly name: string | undefined;
      readonly outputs: Value | undefined;
      readonly debatched: boolean;
      readonly repeat: number;
    }
  | { readonly type: 'poll'; readonly name: string | undefined };

export interface MockMatch {
  readonly actions: readonly string[] | undefined;
  readonly triggers: readonly string[] | undefined;
  readonly methods: readonly string[] | undefined;
  readonly path: readonly { readonly how: 'equals' | 'contains' | 'endsWith'; readonly any: readonly string[] }[];
  readonly headers: ObjectValue | undefined;
  readonly query: ObjectValue | undefined;
  readonly contentTypes: readonly string[] | undefined;
  readonly bodyContains: readonly string[] | undefined;
  readonly bodyJson: ObjectValue | undefined;
  readonly hits: readonly number[] | undefined;
  readonly notHits: readonly number[] | undefined;
}

export interface MockResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly contentType: string | undefined;
  readonly body: CaseBody | undefined;
  readonly delay: number;
  readonly fault: 'server-exception' | 'connection-reset' | undefined;
}

export interface Mock {
  readonly match: MockMatch;
  readonly responses: readonly MockResponse[];
}

/** A call from outside to an address that an action has given away. */
export interface Callback {
  readonly action: string;
  readonly method: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly contentType: string | undefined;
  readonly body: CaseBody | undefined;
  readonly delay: number;
}

export interface ScenarioCase {
  readonly id: string;
  /** Folder of the project, relative to the file; undefined when `files` hold it. */
  readonly project: string | undefined;
  readonly files: ReadonlyMap<string, Value> | undefined;
  readonly workflow: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly disableRetries: boolean;
  readonly disableChunking: boolean;
  readonly ignoreManagedIdentity: boolean;
  readonly needs: readonly string[];
  readonly trigger: CaseTrigger;
  readonly mocks: readonly Mock[];
  readonly unmatched: MockResponse | undefined;
  readonly callbacks: readonly Callback[];
  readonly expect: ObjectValue | undefined;
}

/** Reads a file of one case or an array of them. Throws a `ScenarioError` that says what is wrong and in which case. */
export function readCases(text: string): ScenarioCase[] {
  const parsed = parseValue(text);
  if (!parsed.ok) throw new ScenarioError(`The file is not valid JSON: ${parsed.message}`);
  const values = isArray(parsed.value) ? parsed.value : [parsed.value];
  return values.map((value, index) => {
    if (!isObject(value)) throw new ScenarioError(`Case ${index + 1} must be an object.`);
    const id = stringField(value, 'id') ?? `case ${index + 1}`;
    try {
      return readCase(id, value);
    } catch (error) {
      if (error instanceof ScenarioError) throw new ScenarioError(`Case '${id}': ${error.message}`);
      throw error;
    }
  });
}

function readCase(id: string, value: ObjectValue): ScenarioCase {
  const workflow = stringField(value, 'workflow');
  if (workflow === undefined) throw new ScenarioError('"workflow" is missing.');
  const options = objectField(value, 'options') ?? new Map<string, Value>();
  const unmatched = objectField(value, 'unmatched');
  const files = objectField(value, 'files');
  return {
    id,
    project: stringField(value, 'project'),
    files,
    workflow,
    settings: settingsOf(objectField(value, 'settings')),
    disableRetries: booleanField(options, 'disableRetries'),
    disableChunking: booleanField(options, 'disableChunking'),
    ignoreManagedIdentity: stringField(options, 'managedIdentity') === 'ignore',
    needs: stringsField(value, 'needs') ?? [],
    trigger: readTrigger(objectField(value, 'trigger') ?? new Map<string, Value>([['type', 'request']])),
    mocks: (arrayField(value, 'mocks') ?? []).map(readMock),
    unmatched: unmatched && readResponse(unmatched),
    callbacks: (arrayField(value, 'callbacks') ?? []).map(readCallback),
    expect: objectField(value, 'expect'),
  };
}

function settingsOf(settings: ObjectValue | undefined): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of settings ?? []) values[name] = textOf(value);
  return values;
}

function readTrigger(value: ObjectValue): CaseTrigger {
  const name = stringField(value, 'name');
  const type = stringField(value, 'type') ?? 'request';
  switch (type) {
    case 'request': {
      const rawQuery = stringField(value, 'rawQuery');
      return {
        type,
        name,
        method: stringField(value, 'method') ?? 'POST',
        headers: headersOf(objectField(value, 'headers')),
        query: rawQuery ?? queryOf(objectField(value, 'query')),
        relativePath: stringField(value, 'relativePath') ?? '',
        contentType: stringField(value, 'contentType'),
        body: readBody(value),
        repeat: numberField(value, 'repeat') ?? 1,
      };
    }
    case 'fire':
      return {
        type,
        name,
        outputs: value.get('outputs'),
        debatched: booleanField(value, 'debatched'),
        repeat: numberField(value, 'repeat') ?? 1,
      };
    case 'poll':
      return { type, name };
    default:
      throw new ScenarioError(`The trigger type '${type}' is unknown: it must be request, fire or poll.`);
  }
}

function queryOf(query: ObjectValue | undefined): string {
  const params = new URLSearchParams();
  for (const [name, value] of query ?? []) params.append(name, textOf(value));
  return params.toString();
}

function headersOf(headers: ObjectValue | undefined): [string, string][] {
  return [...(headers ?? [])].map(([name, value]) => [
    name,
    typeof value === 'string' ? value : String(value as unknown),
  ]);
}

function readBody(value: ObjectValue): CaseBody | undefined {
  const text = stringField(value, 'bodyText');
  if (text !== undefined) return { kind: 'text', text };
  const base64 = stringField(value, 'bodyBase64');
  if (base64 !== undefined) return { kind: 'base64', base64 };
  const path = stringField(value, 'bodyFile');
  if (path !== undefined) return { kind: 'file', path };
  const body = value.get('body');
  return body === undefined ? undefined : { kind: 'json', value: body };
}

function readMock(value: Value): Mock {
  if (!isObject(value)) throw new ScenarioError('A mock must be an object.');
  const responses = (arrayField(value, 'responses') ?? []).map((each) => {
    if (!isObject(each)) throw new ScenarioError('A response of a mock must be an object.');
    return readResponse(each);
  });
  const single = objectField(value, 'response');
  if (single !== undefined) responses.push(readResponse(single));
  return { match: readMatch(objectField(value, 'match') ?? new Map<string, Value>()), responses };
}

function readMatch(match: ObjectValue): MockMatch {
  const path = objectField(match, 'path');
  return {
    actions: stringsField(match, 'action'),
    triggers: stringsField(match, 'trigger'),
    methods: stringsField(match, 'method'),
    path: (['equals', 'contains', 'endsWith'] as const).flatMap((how) => {
      const any = path && stringsField(path, how);
      return any === undefined ? [] : [{ how, any }];
    }),
    headers: objectField(match, 'headers'),
    query: objectField(match, 'query'),
    contentTypes: stringsField(match, 'contentType'),
    bodyContains: stringsField(match, 'bodyContains'),
    bodyJson: objectField(match, 'bodyJson'),
    hits: integersField(match, 'hits'),
    notHits: integersField(match, 'notHits'),
  };
}

function readResponse(value: ObjectValue): MockResponse {
  const fault = stringField(value, 'fault');
  if (fault !== undefined && fault !== 'server-exception' && fault !== 'connection-reset') {
    throw new ScenarioError(`The fault '${fault}' is unknown: it must be server-exception or connection-reset.`);
  }
  return {
    status: numberField(value, 'status') ?? (fault === undefined ? 200 : 500),
    headers: headersOf(objectField(value, 'headers')),
    contentType: stringField(value, 'contentType'),
    body: readBody(value),
    delay: numberField(value, 'delayMs') ?? 0,
    fault,
  };
}

function readCallback(value: Value): Callback {
  if (!isObject(value)) throw new ScenarioError('A callback must be an object.');
  const action = stringField(value, 'urlFrom') ?? stringField(value, 'action');
  if (action === undefined) throw new ScenarioError('A callback needs "urlFrom", the name of an action.');
  return {
    action,
    method: stringField(value, 'method') ?? 'POST',
    headers: headersOf(objectField(value, 'headers')),
    contentType: stringField(value, 'contentType'),
    body: readBody(value),
    delay: numberField(value, 'delayMs') ?? 0,
  };
}
