/** A clock that passes only when it is told to: hours of a workflow take no time, and every wait ends at its exact moment. */
import type { Clock } from '../ports';

interface Sleeper {
  readonly wakeAt: number;
  wake(): void;
}

export class VirtualClock implements Clock {
  #now: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const sleeper: Sleeper = { wakeAt: this.#now + Math.max(0, milliseconds), wake };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  /** Moves on to the next moment at which somebody wakes; false when nobody sleeps. */
  advance(): boolean {
    let next = Infinity;
    for (const { wakeAt } of this.#sleepers) next = Math.min(next, wakeAt);
    if (next === Infinity) return false;
    this.#now = Math.max(this.#now, next);
    for (const sleeper of [...this.#sleepers]) if (sleeper.wakeAt <= this.#now) sleeper.wake();
    return true;
  }
}
