/**
 * Work that is ready, done one piece after the other without recursion. Between bundles it lets others have the thread, so that no
 * workflow can hold up its process.
 */
import type { WorkCounter } from './services';

/** Milliseconds of work in one bundle. */
const SLICE = 8;
/** Pieces between looks at the clock. */
const PIECES_PER_LOOK = 64;
/** Done pieces that may stand before the queue is cut. */
const KEPT = 4096;

export class WorkQueue<Piece> {
  #queue: (Piece | undefined)[] = [];
  #head = 0;
  #draining = false;

  constructor(
    private readonly perform: (piece: Piece) => void,
    private readonly work: WorkCounter,
  ) {}

  push(piece: Piece): void {
    this.#queue.push(piece);
  }

  /** Does what is ready, unless that is going on already. */
  drain(): void {
    if (this.#draining || this.#head >= this.#queue.length) return;
    this.#draining = true;
    // Ten thousand runs that begin at once share the thread like one long one.
    const turn = this.work.pass();
    if (turn === undefined) this.#work();
    else void turn.then(() => this.#work());
  }

  #work(): void {
    const started = performance.now();
    let done = 0;
    for (let piece = this.#queue[this.#head]; piece !== undefined; piece = this.#queue[this.#head]) {
      // What has been done must not be kept alive by what is still to do.
      this.#queue[this.#head++] = undefined;
      this.perform(piece);
      if (++done % PIECES_PER_LOOK === 0 && performance.now() - started > SLICE) {
        this.#yield();
        return;
      }
      if (this.#head > KEPT && this.#head * 2 > this.#queue.length) {
        this.#queue = this.#queue.slice(this.#head);
        this.#head = 0;
      }
    }
    this.#queue = [];
    this.#head = 0;
    this.#draining = false;
  }

  #yield(): void {
    this.work.begin();
    setImmediate(() => {
      this.work.end();
      this.#draining = false;
      this.drain();
    });
  }
}
