/** The steps that are held at this moment: each is a stopped thread of its run, let go by its id, by cancellation, or all at once. */
import type { Frame } from '../../engine/gate';
import type { Hold } from '../commands';

export interface Held {
  readonly hold: Hold;
  readonly frame: Frame;
}

type Reason = Pick<Hold, 'reason' | 'breakpointIds' | 'moment' | 'error'>;

interface Entry extends Held {
  readonly release: () => void;
}

export class Holds {
  readonly #entries = new Map<number, Entry>();
  readonly #onHeld: (hold: Hold) => void;
  readonly #onReleased: (holdId: number) => void;
  #lastId = 0;

  constructor(onHeld: (hold: Hold) => void, onReleased: (holdId: number) => void) {
    this.#onHeld = onHeld;
    this.#onReleased = onReleased;
  }

  /** Resolves when the step may go on. */
  hold(frame: Frame, reason: Reason): Promise<void> | undefined {
    if (frame.signal.aborted) return undefined;
    const hold = holdOf((this.#lastId += 1), frame, reason);
    return new Promise((resolve) => {
      const release = (): void => {
        if (!this.#entries.delete(hold.holdId)) return;
        frame.signal.removeEventListener('abort', release);
        this.#onReleased(hold.holdId);
        resolve();
      };
      // A cancelled run must not stay held for ever.
      frame.signal.addEventListener('abort', release, { once: true });
      this.#entries.set(hold.holdId, { hold, frame, release });
      this.#onHeld(hold);
    });
  }

  get(holdId: number): Held | undefined {
    return this.#entries.get(holdId);
  }

  get all(): readonly Held[] {
    return [...this.#entries.values()];
  }

  /** False when there is no such hold any more. */
  release(holdId: number): boolean {
    const entry = this.#entries.get(holdId);
    entry?.release();
    return entry !== undefined;
  }

  releaseAll(): void {
    for (const entry of [...this.#entries.values()]) entry.release();
  }
}

function holdOf(
  holdId: number,
  frame: Frame,
  { reason, breakpointIds, moment, error = frame.result?.error }: Reason,
): Hold {
  return {
    holdId,
    runId: frame.runId,
    workflow: frame.workflow,
    role: frame.step === undefined ? 'trigger' : 'action',
    name: frame.name,
    actionType: frame.type,
    step: frame.step,
    moment,
    reason,
    breakpointIds,
    ...(error === undefined ? {} : { error }),
    enclosing: frame.enclosing.map(({ step, type, iteration }) => ({
      step,
      actionType: type,
      ...(iteration === undefined ? {} : { index: iteration.index }),
      ...(iteration?.count === undefined ? {} : { count: iteration.count }),
    })),
  };
}
