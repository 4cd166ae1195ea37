/**
 * Writes answers to their connections. Those of one turn of the event loop go out together at its end: a caller that has got its answer
 * is woken while the host still works on the others, and waking it once for each is what a busy host spends most of its time on.
 */
import type { ServerResponse } from 'node:http';
import { refusals } from './failures';
import type { HttpAnswer } from './failures';

/** Milliseconds of writing before requests are read again: a thousand answers at once are written in several turns. */
const BUDGET = 8;
/** Bytes up to which joining header and body is cheaper than a second write. */
const ONE_WRITE = 65_536;

interface Pending {
  readonly response: ServerResponse;
  readonly answer: HttpAnswer;
  readonly close: boolean;
}

export class Answers {
  #pending: Pending[] = [];
  #isScheduled = false;

  /** `close`: the connection ends with this answer. */
  send(response: ServerResponse, answer: HttpAnswer, close = false): void {
    this.#pending.push({ response, answer, close });
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    this.#isScheduled = false;
    const pending = this.#pending;
    const end = performance.now() + BUDGET;
    let written = 0;
    for (const { response, answer, close } of pending) {
      write(response, answer, close);
      written += 1;
      if (written % 8 === 0 && performance.now() > end) break;
    }
    this.#pending = written === pending.length ? [] : pending.slice(written);
    if (this.#pending.length > 0) this.#schedule();
  }
}

function write(response: ServerResponse, answer: HttpAnswer, close: boolean): void {
  if (response.destroyed) return;
  const headers: string[] = [];
  for (const [name, value] of answer.headers) headers.push(name, value);
  const { statusCode, body } = answer;
  const bodiless = statusCode === 204 || statusCode === 304 || statusCode < 200;
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.length);
  if (!bodiless) headers.push('Content-Length', String(bytes.length));
  if (close) headers.push('Connection', 'close');
  try {
    response.writeHead(statusCode, headers);
  } catch (error) {
    // A workflow can ask for headers that HTTP cannot carry, such as one with a line break.
    const reason = error instanceof Error ? error.message : String(error);
    write(response, refusals.badHeaders(reason), close);
    return;
  }
  if (bodiless) response.end();
  // As text of single bytes a body goes out with the header in one write; Node sends buffers in a write of their own.
  else if (bytes.length < ONE_WRITE) response.end(bytes.toString('latin1'), 'latin1');
  else response.end(bytes);
}
