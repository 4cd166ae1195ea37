/**
 * Callers that wait too long for a Response action get 504. All wait equally long, so one sleep for the oldest is enough: a thousand
 * open requests cost one timer.
 */
import type { Clock } from '../ports';
import { errorResponse } from './responseSlot';
import type { Run } from './run';

export class ResponseTimeouts {
  /** By deadline: all wait equally long, so the oldest come first. */
  readonly #waiting = new Map<Run, number>();
  #sleeping = false;
  readonly #closed = new AbortController();

  constructor(
    private readonly clock: Clock,
    private readonly timeout: number,
  ) {}

  watch(run: Run): void {
    this.#waiting.set(run, this.clock.now() + this.timeout);
    if (!this.#sleeping) void this.#sleep();
  }

  /** The run has ended: its caller has an answer. */
  forget(run: Run): void {
    this.#waiting.delete(run);
  }

  close(): void {
    this.#closed.abort();
  }

  async #sleep(): Promise<void> {
    this.#sleeping = true;
    for (let wait: number | undefined = this.timeout; wait !== undefined; wait = this.#due()) {
      await this.clock.sleep(wait, this.#closed.signal);
      if (this.#closed.signal.aborted) return;
    }
    this.#sleeping = false;
  }

  /** Answers those whose time is over; milliseconds until the next one's is. */
  #due(): number | undefined {
    const now = this.clock.now();
    for (const [run, deadline] of this.#waiting) {
      if (deadline > now) return deadline - now;
      this.#waiting.delete(run);
      run.response.accept(timedOut(run));
    }
    return undefined;
  }
}

function timedOut(run: Run): ReturnType<typeof errorResponse> {
  const message = `The server did not receive a response from an upstream server. Request tracking id '${run.clientTrackingId}'.`;
  return errorResponse(504, 'GatewayTimeout', message);
}
