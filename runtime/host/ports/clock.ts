/**
 * The real clock. A thousand waiting runs share one timer: sleepers stand in a heap by the time at which they wake, and only the
 * first one has a timer, which also keeps waits beyond 24.8 days (the most a timer can do) right.
 */
import type { Clock } from '../../ports';

interface Sleeper {
  readonly wakeAt: number;
  readonly order: number;
  wake: (() => void) | undefined;
}

const LONGEST_TIMER = 0x7fffffff;
const MOST_HUSKS = 1024;

export class RealClock implements Clock {
  /** A binary heap: the first to wake is at 0. */
  #heap: Sleeper[] = [];
  /** Sleepers in it that were woken before their time. */
  #husks = 0;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Infinity;
  #order = 0;

  now(): number {
    return Date.now();
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted === true) return Promise.resolve();
    return new Promise((resolve) => {
      const sleeper: Sleeper = {
        wakeAt: Date.now() + Math.max(0, milliseconds),
        order: (this.#order += 1),
        wake: undefined,
      };
      const wake = (): void => {
        if (sleeper.wake === undefined) return;
        sleeper.wake = undefined;
        signal?.removeEventListener('abort', wake);
        if (signal?.aborted === true) this.#leaveHusk();
        resolve();
      };
      sleeper.wake = wake;
      signal?.addEventListener('abort', wake, { once: true });
      this.#push(sleeper);
      this.#arm();
    });
  }

  /** Lets the process end; who still sleeps is not woken. */
  close(): void {
    clearTimeout(this.#timer);
    this.#timerAt = Infinity;
    this.#heap.length = 0;
    this.#husks = 0;
  }

  /** Requests that are answered leave the sleep for their time limit behind: thousands a minute, each for minutes. */
  #leaveHusk(): void {
    this.#husks += 1;
    if (this.#husks < MOST_HUSKS || this.#husks * 2 < this.#heap.length) return;
    const awake = this.#heap.filter(({ wake }) => wake !== undefined);
    this.#heap = [];
    this.#husks = 0;
    for (const sleeper of awake) this.#push(sleeper);
  }

  #arm(): void {
    const [first] = this.#heap;
    if (first === undefined || first.wakeAt >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = first.wakeAt;
    this.#timer = setTimeout(() => this.#ring(), Math.min(LONGEST_TIMER, Math.max(0, first.wakeAt - Date.now())));
  }

  #ring(): void {
    this.#timerAt = Infinity;
    const now = Date.now();
    for (let [first] = this.#heap; first !== undefined; [first] = this.#heap) {
      if (first.wake !== undefined && first.wakeAt > now) break;
      this.#pop();
      if (first.wake === undefined && this.#husks > 0) this.#husks -= 1;
      first.wake?.();
    }
    this.#arm();
  }

  #push(sleeper: Sleeper): void {
    const heap = this.#heap;
    let index = heap.push(sleeper) - 1;
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !isEarlier(sleeper, parent)) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = sleeper;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      const [left, right] = [heap[2 * index + 1], heap[2 * index + 2]];
      if (left === undefined) break;
      const isRight = right !== undefined && isEarlier(right, left);
      const child = isRight ? right : left;
      if (!isEarlier(child, last)) break;
      heap[index] = child;
      index = 2 * index + (isRight ? 2 : 1);
    }
    heap[index] = last;
  }
}

function isEarlier(one: Sleeper, other: Sleeper): boolean {
  return one.wakeAt < other.wakeAt || (one.wakeAt === other.wakeAt && one.order < other.order);
}
