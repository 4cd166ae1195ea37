/**
 * Keeps the event loop fair. A thousand requests, runs or answers that are there at once would all be worked off in one turn of the
 * loop; here they pass until a turn has lasted long enough, and the others wait for the next one.
 */

/** Milliseconds of work before others get their turn. */
const BUDGET = 8;

export class Turns {
  readonly #waiting: (() => void)[] = [];
  /** When this turn began; undefined before its first guest. */
  #began: number | undefined;
  #draining = false;

  /** Undefined: go on at once. Else wait. */
  pass(): Promise<void> | undefined {
    if (this.#began === undefined) {
      this.#began = performance.now();
      setImmediate(() => (this.#began = undefined));
    }
    if (this.#waiting.length === 0 && performance.now() - this.#began < BUDGET) return undefined;
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#draining) return;
      this.#draining = true;
      setImmediate(() => void this.#drain());
    });
  }

  async #drain(): Promise<void> {
    const begin = performance.now();
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      next();
      // What the guest does now happens between these lines.
      await Promise.resolve();
      await Promise.resolve();
      await Promise.resolve();
      if (performance.now() - begin > BUDGET) break;
    }
    this.#draining = this.#waiting.length > 0;
    if (this.#draining) setImmediate(() => void this.#drain());
  }
}
