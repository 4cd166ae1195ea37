/** The steps that are held at this moment: each is a stopped thread of its run, let go by its id, by cancellation, or all at once. */
import type { Frame } from '../../engine/gate';
import type { Hold, Inspected, Resume, StepInTarget } from '../commands';

export interface Held {
  readonly hold: Hold;
  readonly frame: Frame;
  /** The parts of an expression that is being evaluated. */
  readonly parts?: readonly Inspected[];
}

export type HoldReason = Pick<Hold, 'reason' | 'breakpointIds' | 'moment' | 'error' | 'expression' | 'note'>;

/** How a held step was let go. */
export interface Release {
  readonly mode: Resume;
  readonly target?: StepInTarget;
}

interface Entry extends Held {
  readonly release: (how: Release) => void;
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
  hold(frame: Frame, reason: HoldReason, parts?: readonly Inspected[]): Promise<Release> | undefined {
    if (frame.signal.aborted) return undefined;
    const hold = holdOf((this.#lastId += 1), frame, reason);
    return new Promise((resolve) => {
      const release = (how: Release): void => {
        if (!this.#entries.delete(hold.holdId)) return;
        frame.signal.removeEventListener('abort', abort);
        this.#onReleased(hold.holdId);
        resolve(how);
      };
      // A cancelled run must not stay held for ever.
      const abort = (): void => release({ mode: 'continue' });
      frame.signal.addEventListener('abort', abort, { once: true });
      this.#entries.set(hold.holdId, { hold, frame, release, ...(parts === undefined ? {} : { parts }) });
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
  release(holdId: number, how: Release): boolean {
    const entry = this.#entries.get(holdId);
    entry?.release(how);
    return entry !== undefined;
  }

  releaseAll(): void {
    for (const entry of [...this.#entries.values()]) entry.release({ mode: 'continue' });
  }
}

/** What a client is told of a held step. */
export function holdOf(
  holdId: number,
  frame: Frame,
  { reason, breakpointIds, moment, error = frame.result?.error, expression, note }: HoldReason,
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
    ...(expression === undefined ? {} : { expression }),
    ...(note === undefined ? {} : { note }),
    enclosing: frame.enclosing.map(({ step, type, iteration }) => ({
      step,
      actionType: type,
      ...(iteration === undefined ? {} : { index: iteration.index }),
      ...(iteration?.count === undefined ? {} : { count: iteration.count }),
    })),
  };
}
