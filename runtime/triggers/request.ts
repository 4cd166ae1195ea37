/**
 * What a Request trigger makes of a request: outputs, or the refusal the caller gets.
 * Source: "Receive and respond to inbound HTTPS calls", "Call, trigger, or nest workflows"; error shapes as the host sends them.
 */
import { isObject, objectOf } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import { stringOf } from '../../language/json/tree';
import { checkSchema } from '../actions/data/jsonSchema';
import type { IncomingRequest, OutgoingResponse } from '../engine/contract';
import type { TriggerPlan } from '../engine/plan';
import { errorResponse } from '../engine/responseSlot';
import { anyCase } from '../engine/settings';
import { compile } from '../engine/template';
import { textOf } from '../engine/text';
import { headerObject, headerOf, wellKnownSpelling } from '../transforms/headers';
import { decodeBody } from '../transforms/messageBody';
import type { TriggerContext } from './context';

export type RequestReading =
  { readonly ok: true; readonly outputs: ObjectValue } | { readonly ok: false; readonly response: OutgoingResponse };

/** Query parameters that are the host's own. */
const hostQueries = new Set(['api-version', 'sp', 'sv', 'sig', 'se', 'code']);

export function readRequest(trigger: TriggerPlan, request: IncomingRequest, context: TriggerContext): RequestReading {
  const method = stringOf(anyCase(trigger.inputsNode, 'method'));
  if (method !== undefined && method !== '' && method.toLowerCase() !== request.method.toLowerCase()) {
    return refused(
      405,
      'TriggerRequestMethodNotValid',
      `The HTTP method for the request of trigger '${trigger.name}' is not valid. Expected '${method.toUpperCase()}' but got '${request.method.toUpperCase()}'.`,
    );
  }
  const template = stringOf(anyCase(trigger.inputsNode, 'relativePath')) ?? '';
  const parameters = matchPath(template, request.path);
  if (parameters === undefined) {
    return refused(
      404,
      'TriggerRelativePathNotMatched',
      `The relative path '${request.path}' of the request does not match the path '${template}' of trigger '${trigger.name}'.`,
    );
  }
  const decoded = decodeBody(request.body, headerOf(request.headers, 'content-type'));
  if (!decoded.ok) {
    return refused(
      400,
      'InvalidRequestContent',
      `The request content is not valid and could not be deserialized: '${decoded.message}'.`,
    );
  }
  const mismatch = schemaMismatch(trigger, decoded.value, context);
  if (mismatch !== undefined) return mismatch;
  const queries = queriesOf(request.query);
  return {
    ok: true,
    outputs: objectOf({
      headers: headersOf(trigger, request),
      queries: queries.size === 0 ? undefined : queries,
      relativePathParameters: parameters.size === 0 ? undefined : parameters,
      body: decoded.value,
    }),
  };
}

function refused(statusCode: number, code: string, message: string): RequestReading {
  return { ok: false, response: errorResponse(statusCode, code, message) };
}

/** The Authorization header is the workflow's business only when the trigger says so. */
function headersOf(trigger: TriggerPlan, { headers }: IncomingRequest): ObjectValue {
  const shown = trigger.settings.option('IncludeAuthorizationHeadersInOutputs')
    ? headers
    : headers.filter(([name]) => name.toLowerCase() !== 'authorization');
  return headerObject(shown, wellKnownSpelling);
}

function queriesOf(query: string): ObjectValue {
  const queries = new Map<string, Value>();
  // Most callers send nothing but the host's own, plainly written.
  const own = query.split('&').filter((part) => !hostQueries.has(part.slice(0, part.indexOf('=')).toLowerCase()));
  if (own.length === 0) return queries;
  for (const [name, value] of new URLSearchParams(own.join('&'))) {
    if (hostQueries.has(name.toLowerCase())) continue;
    const before = queries.get(name);
    queries.set(name, typeof before === 'string' ? `${before},${value}` : value);
  }
  return queries;
}

/** The parameters in a path such as `customers/{id}`; undefined when the path is another. */
export function matchPath(template: string, path: string): ObjectValue | undefined {
  const wanted = segments(template);
  const given = segments(path);
  const parameters = new Map<string, Value>();
  for (const [index, part] of wanted.entries()) {
    const value = given[index];
    if (value === undefined) return undefined;
    const name = /^\{\*?([^}]+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (decoded(value).toLowerCase() !== decoded(part).toLowerCase()) return undefined;
    } else if (part.startsWith('{*')) {
      parameters.set(name, given.slice(index).map(decoded).join('/'));
      return parameters;
    } else {
      parameters.set(name, decoded(value));
    }
  }
  return given.length === wanted.length ? parameters : undefined;
}

function segments(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A stray percent sign stands for itself.
    return part;
  }
}

function schemaMismatch(
  trigger: TriggerPlan,
  body: Value | undefined,
  context: TriggerContext,
): RequestReading | undefined {
  const node = anyCase(trigger.inputsNode, 'schema');
  if (node === undefined || !trigger.settings.option('EnableSchemaValidation')) return undefined;
  const check = checkSchema(compile(node).evaluate(context), body ?? null);
  if (check.ok) return undefined;
  const details =
    'invalidSchema' in check
      ? check.invalidSchema
      : check.errors.map((error) => textOf(isObject(error) ? (error.get('message') ?? '') : '')).join(',');
  return refused(
    400,
    'TriggerInputSchemaMismatch',
    `The input body for trigger '${trigger.name}' of type '${trigger.type}' did not match its schema definition. Error details: '${details}'.`,
  );
}
