/**
 * The gate with a debugger behind it. Without one it returns at once, so that a run pays nothing for it. Everything that may hold a
 * step is asked here, in the order of what tells a user most: exception, breakpoint, entry, step, pause.
 */
import type { Frame, Gate } from '../../engine/gate';
import type { Failure, RunEvent } from '../../events';
import type { Breakpoint, ExceptionFilter, Hold, HostNotice, Resume } from '../commands';
import { Breakpoints } from './breakpoints';
import type { Evaluation } from './breakpoints';
import { Holds } from './holds';
import type { Held } from './holds';
import type { Nesting } from './nesting';
import { Stepping } from './stepping';

/** The code of a container that failed because something inside it did: the user has been shown that already. */
const FAILED_INSIDE = 'ActionFailed';
/** Skipped because of its runAfter. Branches not taken, and what is inside of something skipped, are no surprise. */
const SKIPPED_BY_RUN_AFTER = 'ActionConditionFailed';

export interface DebugGateOptions {
  readonly nesting: Nesting;
  readonly evaluation: Evaluation;
  notify(notice: HostNotice): void;
}

export class DebugGate implements Gate {
  readonly #options: DebugGateOptions;
  readonly #breakpoints: Breakpoints;
  readonly #stepping: Stepping;
  readonly #holds: Holds;
  #exceptions: ReadonlySet<ExceptionFilter> = new Set();
  #enabled = false;
  #stopOnEntry = false;
  readonly #paused = new Set<string>();
  /** Skipped steps never come to the gate: their run is held at the next step that does. */
  readonly #skipped = new Map<string, Failure>();

  constructor(options: DebugGateOptions) {
    this.#options = options;
    this.#breakpoints = new Breakpoints(options.evaluation);
    this.#stepping = new Stepping(options.nesting);
    this.#holds = new Holds(
      (hold) => options.notify({ type: 'held', hold }),
      (holdId) => options.notify({ type: 'released', holdId }),
    );
  }

  get idle(): boolean {
    return (
      !this.#enabled ||
      (this.#breakpoints.empty &&
        this.#exceptions.size === 0 &&
        this.#stepping.idle &&
        this.#paused.size === 0 &&
        !this.#stopOnEntry)
    );
  }

  before(frame: Frame): Promise<void> | undefined {
    return this.#enabled ? this.#ask(frame, 'before') : undefined;
  }

  after(frame: Frame): Promise<void> | undefined {
    return this.#enabled ? this.#ask(frame, 'after') : undefined;
  }

  /** Must be told every event: runs, iterations and calls are followed even while nobody debugs. */
  observe(event: RunEvent): void {
    this.#stepping.observe(event);
    if (event.type === 'runFinished') {
      this.#paused.delete(event.runId);
      this.#skipped.delete(event.runId);
    } else if (this.#enabled && event.type === 'actionFinished' && event.status === 'Skipped') {
      const { error } = event;
      if (error?.code === SKIPPED_BY_RUN_AFTER && this.#exceptions.has('skipped'))
        this.#skipped.set(event.runId, error);
    }
  }

  setEnabled(enabled: boolean, stopOnEntry = false): void {
    this.#enabled = enabled;
    this.#stopOnEntry = enabled && stopOnEntry;
    if (enabled) return;
    this.#stepping.clear();
    this.#paused.clear();
    this.#skipped.clear();
    this.#holds.releaseAll();
  }

  setBreakpoints(breakpoints: readonly Breakpoint[], exceptions: readonly ExceptionFilter[]): void {
    this.#breakpoints.set(breakpoints);
    this.#exceptions = new Set(exceptions);
  }

  /** Without a run: every run that has begun. */
  pause(runId?: string): void {
    for (const each of runId === undefined ? this.#stepping.runs : [runId]) this.#paused.add(each);
  }

  /** False when the step is not held any more. */
  resume(holdId: number, mode: Resume): boolean {
    const held = this.#holds.get(holdId);
    if (held === undefined) return false;
    const { runId, step, moment } = held.hold;
    this.#paused.delete(runId);
    this.#stepping.plan(mode, runId, step, moment);
    return this.#holds.release(holdId);
  }

  held(holdId: number): Held | undefined {
    return this.#holds.get(holdId);
  }

  #ask(frame: Frame, moment: Hold['moment']): Promise<void> | undefined {
    const found = this.#reason(frame, moment);
    return found && this.#holds.hold(frame, { ...found, moment });
  }

  #reason(frame: Frame, moment: Hold['moment']): Pick<Hold, 'reason' | 'breakpointIds' | 'error'> | undefined {
    const { runId, step } = frame;
    // Asked first and always, because a plan that comes to its end must not stop the run again later.
    const isStep = moment === 'before' && this.#stepping.takes(runId, step);
    const isException = moment === 'after' && this.#isException(frame);
    const skipped = this.#skipped.get(runId);
    this.#skipped.delete(runId);
    const { holds, logs } = this.#breakpoints.meet(
      { workflow: frame.workflow, operation: frame.name, role: step === undefined ? 'trigger' : 'action', moment },
      frame.context,
    );
    for (const log of logs) this.#options.notify({ type: 'log', runId, ...log });
    const found = ((): Hold['reason'] | undefined => {
      if (isException || skipped !== undefined) return 'exception';
      if (holds.length > 0) return 'breakpoint';
      if (moment === 'after') return undefined;
      if (this.#stopOnEntry && step === undefined && !this.#stepping.isCalled(runId)) return 'entry';
      if (isStep) return 'step';
      return this.#paused.has(runId) ? 'pause' : undefined;
    })();
    if (found === undefined) return undefined;
    if (!isStep) this.#stepping.overtake(runId, step);
    return { reason: found, breakpointIds: holds, ...(skipped === undefined ? {} : { error: skipped }) };
  }

  #isException(frame: Frame): boolean {
    const { result, step, workflow, name } = frame;
    if (this.#exceptions.size === 0 || result === undefined || step === undefined) return false;
    const { nesting } = this.#options;
    switch (result.status) {
      case 'Failed':
      case 'TimedOut':
        if (result.code === FAILED_INSIDE && nesting.isContainer(workflow, name)) return false;
        if (this.#exceptions.has('failed')) return true;
        return this.#exceptions.has('unhandled') && !nesting.handles(workflow, name, result.status);
      default:
        return false;
    }
  }
}
