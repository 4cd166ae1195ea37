/** The real HTTP client: undici, loaded with the first request, because a host that sends none should not pay for it. */
import type * as undici from 'undici';
import type { Agent, Dispatcher } from 'undici';
import type { Turns } from '../../engine/turns';
import type { HttpClient, HttpFailure, HttpRequest, HttpResponse } from '../../ports';

/** What undici itself sets, or may not be given: see RFC 9110 section 7.6.1 for the hop-by-hop ones. */
const ownHeaders: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'connection',
  'transfer-encoding',
  'keep-alive',
  'expect',
  'upgrade',
]);

export class UndiciClient implements HttpClient {
  readonly #responseLimit: number;
  readonly #turns: Turns;
  readonly #agents = new Map<string, Agent>();
  #library: Promise<typeof undici> | undefined;

  /** `responseLimit`: bytes of a response body; a longer one is a failure. */
  constructor(responseLimit: number, turns: Turns) {
    this.#responseLimit = responseLimit;
    this.#turns = turns;
  }

  async send(
    request: HttpRequest,
    signal: AbortSignal,
  ): Promise<{ readonly response: HttpResponse } | { readonly failure: HttpFailure }> {
    try {
      const library = await (this.#library ??= import('undici'));
      const answer = await library.request(request.url, {
        method: methodOf(request.method),
        headers: headersOf(request),
        body: request.body ?? null,
        signal,
        dispatcher: this.#agent(library, request),
        // The engine sets its own limits of time through the signal.
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      const result = await this.#read(answer);
      const turn = this.#turns.pass();
      if (turn !== undefined) await turn;
      return result;
    } catch (error) {
      return { failure: failureOf(error) };
    }
  }

  /** Frees idle connections. */
  async close(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.destroy()));
    this.#agents.clear();
  }

  #agent(library: typeof undici, { certificate }: HttpRequest): Agent {
    const key =
      certificate === undefined ? '' : `${Buffer.from(certificate.pfx).toString('base64')}:${certificate.passphrase}`;
    let agent = this.#agents.get(key);
    if (agent === undefined) {
      const { pfx, passphrase } = certificate ?? {};
      agent = new library.Agent({
        connect: {
          ...(pfx === undefined ? {} : { pfx: Buffer.from(pfx) }),
          ...(passphrase === undefined ? {} : { passphrase }),
        },
      });
      this.#agents.set(key, agent);
    }
    return agent;
  }

  async #read(answer: Dispatcher.ResponseData): Promise<{ response: HttpResponse } | { failure: HttpFailure }> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of answer.body) {
      if (!(chunk instanceof Uint8Array)) continue;
      size += chunk.byteLength;
      if (size > this.#responseLimit) {
        answer.body.destroy();
        const message = `The response is larger than the limit of ${this.#responseLimit} bytes.`;
        return { failure: { code: 'HttpResponseContentTooLarge', message } };
      }
      chunks.push(chunk);
    }
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(answer.headers)) {
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
    }
    return { response: { statusCode: answer.statusCode, headers, body: Buffer.concat(chunks) } };
  }
}

function headersOf(request: HttpRequest): string[] {
  const headers: string[] = [];
  for (const [name, value] of request.headers) {
    if (!ownHeaders.has(name.toLowerCase())) headers.push(name, value);
  }
  return headers;
}

function methodOf(method: string): Dispatcher.HttpMethod {
  const upper = method.toUpperCase();
  const known: readonly Dispatcher.HttpMethod[] = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PATCH'];
  const found = known.find((each) => each === upper);
  if (found === undefined) throw new Error(`'${method}' is no HTTP method.`);
  return found;
}

/** What a user reads when a request did not get through: what was tried, and what the system said. */
function failureOf(error: unknown): HttpFailure {
  if (!(error instanceof Error)) return { code: 'BadRequest', message: String(error) };
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : error.name;
  const inner = cause instanceof AggregateError ? cause.errors.map((each: unknown) => messageOf(each)).join('; ') : '';
  return { code, message: inner === '' ? cause.message : inner };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
