/** An HTTP client that remembers what went through it. */
import type { Clock, HttpClient, HttpFailure, HttpRequest, HttpResponse } from '../ports';
import type { SeenRequest } from './observation';

export class RecordingClient implements HttpClient {
  readonly requests: SeenRequest[] = [];
  readonly #start: number;

  constructor(
    private readonly client: HttpClient,
    private readonly clock: Clock,
  ) {
    this.#start = clock.now();
  }

  async send(
    request: HttpRequest,
    signal: AbortSignal,
  ): Promise<{ readonly response: HttpResponse } | { readonly failure: HttpFailure }> {
    const { origin, method, url, headers, body } = request;
    const startTime = this.clock.now() - this.#start;
    const seen: SeenRequest = {
      action: origin.name,
      kind: origin.type,
      operationId: undefined,
      attempt: origin.attempt,
      method,
      url,
      headers,
      body,
      payload: undefined,
      startTime,
      endTime: startTime,
    };
    this.requests.push(seen);
    const answer = await this.client.send(request, signal);
    seen.endTime = this.clock.now() - this.#start;
    return answer;
  }
}
