/**
 * Callers that wait too long for a Response action get 504. All wait equally long, so one sleep for the oldest is enough: a thousand
 * open requests cost one timer.
 */
import type { Clock } from '../ports';
import { errorResponse } from './responseSlot';
import type { Run } from './run';

interface Waiting {
  readonly run: Run;
  readonly deadline: number;
}

export class ResponseTimeouts {
  #waiting: Waiting[] = [];
  #sleeping = false;
  readonly #closed = new AbortController();

  constructor(
    private readonly clock: Clock,
    private readonly timeout: number,
  ) {}

  watch(run: Run): void {
    this.#waiting.push({ run, deadline: this.clock.now() + this.timeout });
    if (!this.#sleeping) void this.#sleep();
  }

  close(): void {
    this.#closed.abort();
  }

  async #sleep(): Promise<void> {
    this.#sleeping = true;
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      await this.clock.sleep(Math.max(0, first.deadline - this.clock.now()), this.#closed.signal);
      if (this.#closed.signal.aborted) return;
      const now = this.clock.now();
      const due = this.#waiting.filter(({ deadline }) => deadline <= now);
      this.#waiting = this.#waiting.filter(({ run, deadline }) => deadline > now && !run.response.answered);
      for (const { run } of due) run.response.accept(timedOut(run));
    }
    this.#sleeping = false;
  }
}

function timedOut(run: Run): ReturnType<typeof errorResponse> {
  const message = `The server did not receive a response from an upstream server. Request tracking id '${run.clientTrackingId}'.`;
  return errorResponse(504, 'GatewayTimeout', message);
}
