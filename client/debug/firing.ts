/** What fires a trigger by hand, as the launch configuration says it, and what is said when no run comes of it. */
import { base64Decode, base64Encode, utf8Decode, utf8Encode } from '../../language/json/base64';
import { parseValue } from '../../language/json/parse';
import { isObject } from '../../language/json/value';
import type { SentResponse } from '../../runtime/host/commands';
import type { LaunchTrigger } from './launchArguments';

/** The request that a Request trigger gets. */
export function requestOf({ method = 'POST', headers = {}, relativePath, query, body, bodyBase64 }: LaunchTrigger): {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly relativePath?: string;
  readonly query?: string;
  readonly bodyBase64?: string;
} {
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const hasType = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  return {
    method,
    headers: text === undefined || hasType ? headers : { ...headers, 'Content-Type': type },
    ...(relativePath === undefined ? {} : { relativePath }),
    ...(query === undefined ? {} : { query }),
    ...(bodyBase64 === undefined ? {} : { bodyBase64 }),
    ...(text === undefined ? {} : { bodyBase64: base64Encode(utf8Encode(text)) }),
  };
}

/** What a trigger that is no Request brings; a body alone is its output. */
export function outputsOf({ outputs, body }: LaunchTrigger): { readonly outputs?: string } {
  if (outputs !== undefined) return { outputs: JSON.stringify(outputs) };
  return body === undefined ? {} : { outputs: JSON.stringify({ body }) };
}

/** A trigger that was fired without a run: by its conditions, or because the host refused the request with a reason. */
export function notStarted(workflow: string, response: SentResponse | undefined): string {
  if (response === undefined || response.statusCode < 400) {
    return `${workflow}: no run was started: the trigger was not met.`;
  }
  return `${workflow}: no run was started: ${response.statusCode}, ${reasonIn(response)}`;
}

/** The message of the host's error body, or the body as it is. */
function reasonIn({ bodyBase64 }: SentResponse): string {
  const text = utf8Decode(base64Decode(bodyBase64) ?? new Uint8Array());
  const read = parseValue(text);
  const error = read.ok && isObject(read.value) ? read.value.get('error') : undefined;
  const message = error !== undefined && isObject(error) ? error.get('message') : undefined;
  return typeof message === 'string' ? message : text;
}
