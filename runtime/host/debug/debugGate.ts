/**
 * The gate with a debugger behind it. Without one it returns at once, so that a run pays nothing for it. Everything that may hold a
 * step is asked here, in the order of what tells a user most: exception, breakpoint, entry, step, pause.
 */
import type { Frame, Gate } from '../../engine/gate';
import type { Value } from '../../../language/json/value';
import type { ActionStatus, Attempt, Failure, RunEvent, Step } from '../../events';
import { stepKey } from '../../events';
import type { Commands, Hold, HostNotice, Resume, StepInTarget } from '../commands';
import { Breakpoints } from './breakpoints';
import type { Evaluation, Meeting, Verdict } from './breakpoints';
import { DataWatches } from './dataWatches';
import { ExceptionFilters } from './exceptionFilters';
import { expressionPlaces } from './expressionPlaces';
import { Holds } from './holds';
import type { Held, HoldReason, Release } from './holds';
import { throughExpressions } from './insideStep';
import type { NestingOfRun } from './nesting';
import { Stepping } from './stepping';

/** The code of a container that failed because something inside it did: the user has been shown that already. */
const FAILED_INSIDE = 'ActionFailed';
/** Skipped because of its runAfter. Branches not taken, and what is inside of something skipped, are no surprise. */
const SKIPPED_BY_RUN_AFTER = 'ActionConditionFailed';

interface Restart {
  /** Undefined: the trigger. */
  readonly key: string | undefined;
  readonly inputs: Value | undefined;
}

export interface DebugGateOptions {
  readonly nesting: NestingOfRun;
  readonly evaluation: Evaluation;
  notify(notice: HostNotice): void;
}

export class DebugGate implements Gate {
  readonly #options: DebugGateOptions;
  readonly #breakpoints: Breakpoints;
  readonly #stepping: Stepping;
  readonly #holds: Holds;
  readonly #watches: DataWatches;
  readonly #exceptions: ExceptionFilters;
  /** Steps that are to be held once they have their result. */
  readonly #finishing = new Set<string>();
  readonly #restarts = new Map<string, Restart>();
  #enabled = false;
  #stopOnEntry = false;
  readonly #paused = new Set<string>();
  /** Skipped steps never come to the gate: their run is held at the next step that does. */
  readonly #skipped = new Map<string, { readonly error: Failure; readonly action: string }>();

  constructor(options: DebugGateOptions) {
    this.#options = options;
    this.#breakpoints = new Breakpoints(options.evaluation);
    this.#stepping = new Stepping(options.nesting);
    this.#watches = new DataWatches(options.evaluation);
    this.#exceptions = new ExceptionFilters(options.evaluation);
    this.#holds = new Holds(
      (hold) => options.notify({ type: 'held', hold }),
      (holdId) => options.notify({ type: 'released', holdId }),
    );
  }

  get idle(): boolean {
    if (this.#restarts.size > 0) return false;
    return (
      !this.#enabled ||
      (this.#breakpoints.empty &&
        this.#watches.empty &&
        this.#exceptions.empty &&
        this.#stepping.idle &&
        this.#paused.size === 0 &&
        !this.#stopOnEntry)
    );
  }

  passes(runId: string, workflow: string, name: string, status?: ActionStatus): boolean {
    if (this.#restarts.size > 0) return false;
    if (!this.#enabled) return true;
    if (!this.#stepping.idle || this.#paused.has(runId) || this.#skipped.size > 0) return false;
    if (status !== undefined) {
      if (this.#watches.pending || this.#finishing.size > 0) return false;
      if (!this.#exceptions.empty && (status === 'Failed' || status === 'TimedOut')) return false;
    }
    return !this.#breakpoints.at(workflow, 'action', name);
  }

  before(frame: Frame): Promise<void> | undefined {
    if (!this.#enabled && this.#restarts.size === 0) return undefined;
    const restart = this.#restarts.get(frame.runId);
    if (restart !== undefined) return this.#restarted(frame, restart);
    const held = this.#ask(frame, 'before');
    if (frame.step === undefined) return this.#throughTrigger(frame, held);
    const hasInside = this.#breakpoints.hasInside(frame.workflow, 'action', frame.name);
    return held === undefined && !hasInside ? undefined : this.#throughInputs(frame, held, hasInside);
  }

  after(frame: Frame): Promise<void> | undefined {
    return this.#enabled ? this.#ask(frame, 'after')?.then(() => undefined) : undefined;
  }

  retry(frame: Frame, attempt: Attempt): Promise<void> | undefined {
    const { code: failure } = attempt.error ?? attempt;
    const isHeld = this.#enabled && this.#exceptions.meets('retried', { action: frame.name, code: failure }, frame);
    if (!isHeld) return undefined;
    const { number, code, statusCode, method = 'the request', url = '' } = attempt;
    const answer = statusCode === undefined ? code : `${statusCode} ${code}`;
    const error = attempt.error ?? { code, message: `${method} ${url}: ${answer}`.replace(' :', ':') };
    const note = `Attempt ${number} has failed; the request is about to be made again.`;
    return this.#holds
      .hold(frame, { reason: 'exception', breakpointIds: [], moment: 'before', error, note })
      ?.then(() => undefined);
  }

  /** Must be told every event: runs, iterations and calls are followed even while nobody debugs. */
  observe(event: RunEvent): void {
    this.#stepping.observe(event);
    this.#watches.observe(event);
    if (event.type === 'runFinished') this.forget(event.runId);
    else if (this.#enabled && event.type === 'actionFinished' && event.status === 'Skipped') {
      const { error, runId, step } = event;
      if (error?.code === SKIPPED_BY_RUN_AFTER && this.#exceptions.has('skipped'))
        this.#skipped.set(runId, { error, action: step.action });
    }
  }

  /** Nothing of this run is to be held any more. */
  forget(runId: string): void {
    this.#paused.delete(runId);
    this.#skipped.delete(runId);
    this.#restarts.delete(runId);
    for (const key of this.#finishing) if (key.startsWith(`${runId}|`)) this.#finishing.delete(key);
  }

  setEnabled(enabled: boolean, stopOnEntry = false): void {
    this.#enabled = enabled;
    this.#stopOnEntry = enabled && stopOnEntry;
    if (enabled) return;
    this.#stepping.clear();
    this.#paused.clear();
    this.#skipped.clear();
    this.#finishing.clear();
    this.#holds.releaseAll();
  }

  setBreakpoints({
    breakpoints,
    exceptions,
    exceptionConditions = {},
    data = [],
  }: Commands['setBreakpoints']['request']): void {
    this.#breakpoints.set(breakpoints);
    this.#watches.set(data);
    this.#exceptions.set(exceptions, exceptionConditions);
  }

  /** Without a run: every run that has begun. */
  pause(runId?: string): void {
    for (const each of runId === undefined ? this.#stepping.runs : [runId]) this.#paused.add(each);
  }

  /** False when the step is not held any more. */
  resume(holdId: number, mode: Resume, target?: StepInTarget): boolean {
    const held = this.#holds.get(holdId);
    if (held === undefined) return false;
    const { runId, step, moment, expression } = held.hold;
    const release: Release = target === undefined ? { mode } : { mode, target };
    this.#paused.delete(runId);
    // What is inside of a step is gone through by `#throughInputs`, which plans at its end.
    if (expression === undefined && !this.#entersExpressions(held, release)) {
      this.#stepping.plan(mode, runId, step, moment);
    }
    return this.#holds.release(holdId, release);
  }

  stepInTargets(holdId: number): readonly StepInTarget[] {
    const held = this.#holds.get(holdId);
    if (held === undefined || !isBefore(held)) return [];
    return [
      ...(hasExpressions(held.frame) ? (['expressions'] as const) : []),
      ...(this.#hasInside(held.frame) ? (['inside'] as const) : []),
    ];
  }

  held(holdId: number): Held | undefined {
    return this.#holds.get(holdId);
  }

  /** The debugger's own change of a variable is no surprise. */
  unwatched<Result>(change: () => Result): Result {
    return this.#watches.paused(change);
  }

  hasBreakpoint(meeting: Meeting): boolean {
    return this.#breakpoints.atMoment(meeting);
  }

  /** Holds a run at a step that it begins again; what comes before has been held once. */
  restartAt(runId: string, step: Step | undefined, inputs: Value | undefined): void {
    this.#restarts.set(runId, { key: step && stepKey(step), inputs });
  }

  /** Breakpoints that would hold at this place of the past. */
  wouldHold(meeting: Meeting, frame: Frame): readonly number[] {
    return this.#breakpoints.wouldHold(meeting, frame.context);
  }

  #ask(frame: Frame, moment: Hold['moment']): Promise<Release> | undefined {
    const found = this.#reason(frame, moment);
    return found && this.#holds.hold(frame, { ...found, moment });
  }

  /** A trigger is held before anything of it is used, and on its closing brace with its outputs at hand. */
  #throughTrigger(frame: Frame, held: Promise<Release> | undefined): Promise<void> | undefined {
    const after = (): Promise<unknown> | undefined => {
      const { holds, logs } = this.#breakpoints.meet(meetingOf(frame, 'after'), frame);
      this.#tell(frame, logs);
      if (holds.length === 0) return undefined;
      this.#stepping.overtake(frame.runId, undefined, true);
      return this.#holds.hold(frame, { reason: 'breakpoint', breakpointIds: holds, moment: 'after' });
    };
    return (held === undefined ? after() : held.then(after))?.then(() => undefined);
  }

  #restarted(frame: Frame, { key, inputs }: Restart): Promise<void> | undefined {
    if ((frame.step && stepKey(frame.step)) !== key) return undefined;
    this.#restarts.delete(frame.runId);
    if (inputs !== undefined) frame.setInputs(inputs);
    if (!this.#enabled) return undefined;
    const held = this.#holds.hold(frame, { reason: 'restart', breakpointIds: [], moment: 'before' });
    if (frame.step === undefined) return this.#throughTrigger(frame, held);
    return this.#throughInputs(frame, held, this.#breakpoints.hasInside(frame.workflow, 'action', frame.name));
  }

  async #throughInputs(frame: Frame, first: Promise<Release> | undefined, hasInside: boolean): Promise<void> {
    const { runId, step } = frame;
    const release = await first;
    const entered = release !== undefined && this.#enters(frame, release);
    if (!entered && !hasInside) return;
    const last = await throughExpressions(frame, entered, {
      meet: (held, path) => {
        const verdict = this.#breakpoints.meetInside(meetingOf(frame, 'before'), path, held);
        this.#tell(frame, verdict.logs);
        return verdict;
      },
      hold: (held, reason, parts) => {
        this.#stepping.overtake(runId, step, true);
        return this.#holds.hold(held, reason, parts);
      },
    });
    if (step === undefined || frame.signal.aborted) return;
    const mode = last === undefined && entered ? 'next' : last?.mode;
    if (mode === 'stepOut') this.#finishing.add(`${runId}|${stepKey(step)}`);
    else if (mode === 'next' || mode === 'stepIn') this.#stepping.plan('next', runId, step, 'before');
  }

  #entersExpressions(held: Held, release: Release): boolean {
    return isBefore(held) && this.#enters(held.frame, release);
  }

  /** By default what is inside of an action comes first: its expressions are entered when that is all there is, or when asked for. */
  #enters(frame: Frame, { mode, target }: Release): boolean {
    if (mode !== 'stepIn' || frame.step === undefined || !hasExpressions(frame)) return false;
    return target === 'expressions' || (target === undefined && !this.#hasInside(frame));
  }

  #hasInside({ runId, workflow, name, type }: Frame): boolean {
    return type.toLowerCase() === 'workflow' || this.#options.nesting(runId).isContainer(workflow, name);
  }

  #tell({ runId }: Frame, logs: Verdict['logs']): void {
    for (const log of logs) this.#options.notify({ type: 'log', runId, ...log });
  }

  #reason(frame: Frame, moment: Hold['moment']): Omit<HoldReason, 'moment'> | undefined {
    const { runId, step } = frame;
    // Asked first and always, because a plan that comes to its end must not stop the run again later.
    const isStep =
      moment === 'before'
        ? this.#stepping.takes(runId, step)
        : step !== undefined && this.#finishing.delete(`${runId}|${stepKey(step)}`);
    const isException = moment === 'after' && this.#isException(frame);
    const data = moment === 'after' && step !== undefined ? this.#watches.take(runId, step, frame.context) : undefined;
    const skipped = this.#takeSkipped(frame);
    const { holds, logs } = this.#breakpoints.meet(meetingOf(frame, moment), frame);
    this.#tell(frame, logs);
    const found = ((): Hold['reason'] | undefined => {
      if (isException || skipped !== undefined) return 'exception';
      if (data !== undefined) return 'data breakpoint';
      if (holds.length > 0) return 'breakpoint';
      if (isStep) return 'step';
      if (moment === 'after') return undefined;
      if (this.#stopOnEntry && step === undefined && !this.#stepping.isCalled(runId)) return 'entry';
      return this.#paused.has(runId) ? 'pause' : undefined;
    })();
    if (found === undefined) return undefined;
    if (!isStep) this.#stepping.overtake(runId, step);
    return {
      reason: found,
      breakpointIds: [...holds, ...(data?.ids ?? [])],
      ...(skipped === undefined ? {} : { error: skipped }),
      ...(data === undefined ? {} : { note: `The variable '${data.variable}' was set.` }),
    };
  }

  /** Why the last action was skipped, when that has to hold the run at this frame. */
  #takeSkipped(frame: Frame): Failure | undefined {
    const skipped = this.#skipped.get(frame.runId);
    if (skipped === undefined) return undefined;
    this.#skipped.delete(frame.runId);
    const { action, error } = skipped;
    return this.#exceptions.meets('skipped', { action, code: error.code }, frame) ? error : undefined;
  }

  #isException(frame: Frame): boolean {
    const { result, step, runId, workflow, name } = frame;
    if (this.#exceptions.empty || result === undefined || step === undefined) return false;
    switch (result.status) {
      case 'Failed':
      case 'TimedOut': {
        const nesting = this.#options.nesting(runId);
        if (result.code === FAILED_INSIDE && nesting.isContainer(workflow, name)) return false;
        const trouble = { action: name, code: result.error?.code ?? result.code };
        if (this.#exceptions.meets('failed', trouble, frame)) return true;
        const isHandled = nesting.handles(workflow, name, result.status);
        return !isHandled && this.#exceptions.meets('unhandled', trouble, frame);
      }
      default:
        return false;
    }
  }
}

function isBefore({ hold, frame }: Held): boolean {
  return (
    hold.moment === 'before' && hold.reason !== 'exception' && hold.expression === undefined && frame.step !== undefined
  );
}

function hasExpressions({ node, type }: Frame): boolean {
  return expressionPlaces(node, type).length > 0;
}

function meetingOf({ workflow, name, step }: Frame, moment: Meeting['moment']): Meeting {
  return { workflow, operation: name, role: step === undefined ? 'trigger' : 'action', moment };
}
