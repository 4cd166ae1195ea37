/** Keeps the run history from growing without end: by age now and then, by number as runs end. */
import type { RunStore } from '../store/store';

/** The platform keeps runs for 90 days by default. Source: "Limits and configuration", run duration and history retention. */
const KEPT_DAYS = 90;
const KEPT_RUNS = 10_000;
const DAY = 86_400_000;
const FIRST = 30_000;
const EVERY = 3_600_000;
/** Ended runs after which the surplus goes: few enough that removing them holds up nobody. */
const BATCH = 500;

export class Housekeeping {
  readonly #store: RunStore;
  readonly #keptRuns: number;
  #timer: NodeJS.Timeout | undefined;
  #ended = 0;

  constructor(store: RunStore, keptRuns = KEPT_RUNS) {
    this.#store = store;
    this.#keptRuns = keptRuns;
  }

  /** A run has ended. */
  runEnded(): void {
    this.#ended += 1;
    if (this.#ended < BATCH) return;
    this.#ended = 0;
    this.#store.prune({ endedBefore: undefined, keep: this.#keptRuns });
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
    this.#store.prune({ endedBefore: Date.now() - KEPT_DAYS * DAY, keep: this.#keptRuns });
  }
}
