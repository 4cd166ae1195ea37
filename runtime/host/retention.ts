/** Keeps the run history from growing without end: by age and by number, at the start and now and then. */
import type { RunStore } from '../store/store';

/** The platform keeps runs for 90 days by default. Source: "Limits and configuration", run duration and history retention. */
const KEPT_DAYS = 90;
const KEPT_RUNS = 10_000;
const DAY = 86_400_000;
const FIRST = 30_000;
const EVERY = 3_600_000;

export class Housekeeping {
  readonly #store: RunStore;
  #timer: NodeJS.Timeout | undefined;

  constructor(store: RunStore) {
    this.#store = store;
  }

  /** The first pass waits, so that it does not slow the start. */
  start(): void {
    this.#timer = setTimeout(() => {
      this.#sweep();
      this.#timer = setInterval(() => this.#sweep(), EVERY).unref();
    }, FIRST).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #sweep(): void {
    this.#store.prune({ endedBefore: Date.now() - KEPT_DAYS * DAY, keep: KEPT_RUNS });
  }
}
