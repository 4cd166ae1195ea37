/**
 * The request that an HTTP operation's evaluated inputs ask for: address with queries, headers without those the platform takes out,
 * body with its content type. Source: "Call service endpoints over HTTP or HTTPS", omitted headers.
 */
import { isObject } from '../../../language/json/value';
import type { ObjectValue, Value } from '../../../language/json/value';
import { StepFailure } from '../../engine/failure';
import { textOf } from '../../engine/text';
import { typeName } from '../../engine/variables';
import { encodeBody } from '../../transforms/messageBody';
import { headerList, headerOf } from '../../transforms/headers';

export interface RequestParts {
  readonly method: string;
  readonly url: string;
  readonly headers: [string, string][];
  readonly body: Uint8Array | undefined;
}

/** Builds a request. Throws a `StepFailure` when method or address are missing or malformed. */
export function requestOf(inputs: Value | undefined, operation: string): RequestParts {
  if (!isObject(inputs)) throw new StepFailure('InvalidTemplate', `The inputs of '${operation}' must be an object.`);
  const method = inputs.get('method');
  if (typeof method !== 'string' || !/^[A-Za-z]+$/.test(method)) {
    throw new StepFailure('BadRequest', `The 'method' of '${operation}' must be the name of an HTTP method.`);
  }
  const headers = headerList(inputs.get('headers')).filter(([name]) => !isOmitted(name));
  for (const [name, value] of headers) {
    if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && !/[\r\n\0]/.test(value)) continue;
    throw new StepFailure(
      'BadRequest',
      `The header '${name}' of '${operation}' is not valid: HTTP cannot carry its name or value.`,
    );
  }
  const cookie = inputs.get('cookie');
  if (typeof cookie === 'string' && cookie !== '') headers.push(['Cookie', cookie]);
  const body = encodeBody(inputs.get('body') ?? undefined, headerOf(headers, 'content-type'));
  if (body?.contentType !== undefined && headerOf(headers, 'content-type') === undefined) {
    headers.push(['Content-Type', body.contentType]);
  } else if (body?.contentType?.startsWith('multipart/') === true) {
    const own = headers.findIndex(([name]) => name.toLowerCase() === 'content-type');
    // The boundary must be the one that is in the body.
    if (!/boundary=/i.test(headers[own]?.[1] ?? '')) headers[own] = ['Content-Type', body.contentType];
  }
  return { method: method.toUpperCase(), url: urlOf(inputs, operation), headers, body: body?.bytes };
}

function urlOf(inputs: ObjectValue, operation: string): string {
  const uri = inputs.get('uri');
  if (typeof uri !== 'string') {
    throw new StepFailure(
      'BadRequest',
      `The 'uri' of '${operation}' is of type '${typeName(uri)}'. It must be a string.`,
    );
  }
  const address = withQueries(uri.trim(), inputs.get('queries'));
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new StepFailure(
      'BadRequest',
      `The uri '${uri}' of '${operation}' is not valid. It must be an absolute address that begins with http:// or https://.`,
    );
  }
  return url.href;
}

/** Adds `queries` to an address, percent-encoded; null ones are left out. */
export function withQueries(address: string, queries: Value | undefined): string {
  if (!isObject(queries) || queries.size === 0) return address;
  const pairs = [...queries].flatMap(([name, value]): string[] =>
    value === null ? [] : [`${encodeURIComponent(name)}=${encodeURIComponent(textOf(value))}`],
  );
  if (pairs.length === 0) return address;
  const hash = address.indexOf('#');
  const base = hash < 0 ? address : address.slice(0, hash);
  return `${base}${base.includes('?') ? (/[?&]$/.test(base) ? '' : '&') : '?'}${pairs.join('&')}`;
}

const omitted = new Set([
  'allow',
  'cookie',
  'expires',
  'host',
  'last-modified',
  'origin',
  'set-cookie',
  'transfer-encoding',
  'connection',
]);
const keptContent = new Set(['content-disposition', 'content-encoding', 'content-type']);

function isOmitted(name: string): boolean {
  const lower = name.toLowerCase();
  return omitted.has(lower) || lower.startsWith('accept-') || (lower.startsWith('content-') && !keptContent.has(lower));
}
