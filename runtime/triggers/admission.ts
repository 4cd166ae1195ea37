/**
 * How many runs of a workflow go on at once: `SingleInstance`, or `runtimeConfiguration.concurrency` with its queue.
 * Source: schema reference, "Change trigger concurrency", "Change waiting runs limit".
 */
import type { TriggerPlan } from '../engine/plan';
import { numberOf } from '../engine/numbers';
import type { RunHandle } from '../engine/contract';

/** Runs that may wait beside those that run, unless the trigger says otherwise. */
const WAITING = 10;
/** SingleInstance keeps no queue of its own size: everything that arrives waits its turn. */
const UNBOUNDED = Number.MAX_SAFE_INTEGER;

export interface Ticket {
  /** Undefined: the run begins at once. */
  readonly waitFor: Promise<void> | undefined;
  /** Frees the place when the run has ended. */
  hold(handle: RunHandle): void;
}

class Turnstile {
  #running = 0;
  readonly #queue: (() => void)[] = [];

  constructor(
    readonly runs: number,
    readonly waiting: number,
  ) {}

  enter(): Ticket | undefined {
    const hold = (handle: RunHandle): void => {
      void handle.done.then(() => this.#leave());
    };
    if (this.#running < this.runs) {
      this.#running++;
      return { waitFor: undefined, hold };
    }
    if (this.#queue.length >= this.waiting) return undefined;
    const waitFor = new Promise<void>((resolve) => this.#queue.push(resolve));
    return { waitFor, hold };
  }

  #leave(): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#running--;
    else next();
  }
}

export class Admission {
  readonly #turnstiles = new Map<TriggerPlan, Turnstile | undefined>();

  /** A place for a run; undefined when too many are waiting already. */
  admit(trigger: TriggerPlan): Ticket | undefined {
    if (!this.#turnstiles.has(trigger)) this.#turnstiles.set(trigger, turnstileOf(trigger));
    const turnstile = this.#turnstiles.get(trigger);
    return turnstile === undefined ? { waitFor: undefined, hold: () => undefined } : turnstile.enter();
  }
}

function turnstileOf(trigger: TriggerPlan): Turnstile | undefined {
  const { settings } = trigger;
  if (settings.option('SingleInstance')) return new Turnstile(1, UNBOUNDED);
  const runs = numberOf(settings.runtime('concurrency', 'runs'));
  if (runs === undefined) return undefined;
  const waiting = numberOf(settings.runtime('concurrency', 'maximumWaitingRuns')) ?? WAITING + runs;
  return new Turnstile(Math.max(1, runs), Math.max(1, waiting));
}
