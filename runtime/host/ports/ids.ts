/** Identifiers of runs and events. */
import { randomUUID } from 'node:crypto';
import type { Ids } from '../../ports';

/** The platform counts ticks down from the largest 64-bit integer, so that newer runs sort first. */
const MAX_TICKS = 9223372036854775807n;
const UNIX_EPOCH_TICKS = 621355968000000000n;
const TICKS_PER_MILLISECOND = 10_000n;

export class RealIds implements Ids {
  #last = MAX_TICKS;

  guid(): string {
    return randomUUID();
  }

  /** `08584…CU00`: 20 digits of the time counted backwards, 9 at random, as the platform's own look. */
  runId(): string {
    const now = MAX_TICKS - (UNIX_EPOCH_TICKS + BigInt(Date.now()) * TICKS_PER_MILLISECOND);
    // Runs of one millisecond stay in order, and apart.
    this.#last = now < this.#last ? now : this.#last - 1n;
    const random = Math.floor(Math.random() * 1e9);
    return `${String(this.#last).padStart(20, '0')}${String(random).padStart(9, '0')}CU00`;
  }

  random(): number {
    return Math.random();
  }
}
