/**
 * The caller of a Request trigger, waiting for the run's answer: it gets one, whoever gives it first.
 * Source: "Receive and respond to inbound HTTPS calls"; the wording of errors as the host sends it.
 */
import type { Value } from '../../language/json/value';
import type { OutgoingResponse } from './contract';
import type { Run } from './run';
import type { ActionStep } from './step';

export class ResponseSlot {
  readonly first: Promise<OutgoingResponse>;
  /** The answer behind the Location of an asynchronous Response action. */
  readonly final: Promise<OutgoingResponse>;
  #resolveFirst: (response: OutgoingResponse) => void = () => undefined;
  #resolveFinal: (response: OutgoingResponse) => void = () => undefined;
  #answered = false;
  #responded = false;

  constructor(private readonly run: Run) {
    this.first = new Promise((resolve) => {
      this.#resolveFirst = resolve;
    });
    this.final = new Promise((resolve) => {
      this.#resolveFinal = resolve;
    });
  }

  /** Gives the caller an answer that no Response action has made: the 202 of an accepted or asynchronous run, or a time-out. */
  accept(response: OutgoingResponse): void {
    if (this.#answered) return;
    this.#answered = true;
    this.#resolveFirst(response);
  }

  get answered(): boolean {
    return this.#answered;
  }

  /** True once a Response action has given its answer: a second one must fail. */
  get responded(): boolean {
    return this.#responded;
  }

  /** A Response action's answer. */
  respond(step: ActionStep | undefined, response: OutgoingResponse, body: Value | undefined): void {
    this.#responded = true;
    this.run.log.responseSent(step, response, body);
    this.#resolveFinal(response);
    this.accept(response);
  }

  /** The run has ended: who still waits is told that no answer comes. */
  runEnded(): void {
    if (this.#responded) return;
    const message = `The server did not receive a response from an upstream server. Request tracking id '${this.run.clientTrackingId}'.`;
    const response = errorResponse(502, 'NoResponse', message);
    this.#resolveFinal(response);
    this.accept(response);
  }
}

/** The platform's shape of an error answer. */
export function errorResponse(statusCode: number, code: string, message: string): OutgoingResponse {
  return {
    statusCode,
    headers: [['Content-Type', 'application/json; charset=utf-8']],
    body: new TextEncoder().encode(JSON.stringify({ error: { code, message } })),
  };
}
