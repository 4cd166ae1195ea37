/**
 * Folds a run's events into what the designer shows of it: one small record for each action, however often it repeats. Pure. Inputs and
 * outputs stay here, those of the latest repetition of each action only, until the panel asks for them.
 */
import type { ActionStatus, Payload, RunEvent, RunStatus, Step } from '../../../runtime/events';
import { stepKey } from '../../../runtime/events';
import type { Inspected } from '../../../runtime/host/commands';
import type { StepValues } from '../../../webview/protocol/messages';
import { actionStatuses } from '../../../webview/protocol/run';
import type { PausedAt, RunOverlay, StepOverlay } from '../../../webview/protocol/run';

/** Longer values are not sent to the panel whole. */
const MAX_VALUE = 200_000;

interface ActionRecord {
  readonly action: string;
  readonly statuses: Map<ActionStatus, number>;
  /** Repetitions that have begun and not ended, by step key. */
  readonly open: Set<string>;
  durationMs: number;
  code: string | undefined;
  error: string | undefined;
  latest: readonly number[];
  inputs: Payload | undefined;
  outputs: Payload | undefined;
}

const HIDDEN = 'Hidden, because the step secures its inputs or outputs.';

/** Begins the key of a step that is held by the run itself, apart from the number of a debugger's hold. */
const STEP = 'step ';

export class RunFold {
  readonly runId: string;
  readonly #actions = new Map<string, ActionRecord>();
  #status: RunStatus = 'Running';
  #trigger: RunOverlay['trigger'];
  #triggerValues: { readonly inputs: Payload; readonly outputs: Payload } | undefined;
  /** Where the run is held, by hold; several branches can be held at once. */
  readonly #held = new Map<string, Step | 'trigger'>();
  #error: RunOverlay['error'];

  constructor(runId: string) {
    this.runId = runId;
  }

  /** Takes in the next event of the run; events of other runs are a mistake of the caller and change nothing. */
  add(event: RunEvent): void {
    if (event.runId !== this.runId) return;
    switch (event.type) {
      case 'runStarted':
        this.#trigger ??= { name: event.trigger, status: 'Succeeded', durationMs: 0 };
        return;
      case 'triggerFired':
        this.#trigger = {
          name: event.trigger,
          status: event.status,
          durationMs: Math.max(0, event.time - event.startTime),
        };
        this.#triggerValues = { inputs: event.inputs, outputs: event.outputs };
        return;
      case 'actionStarted':
        this.#started(event.step);
        return;
      case 'actionInputs':
        this.#record(event.step).inputs = event.inputs;
        return;
      case 'actionFinished':
        this.#finished(event);
        return;
      case 'paused':
        // Without a step the run as a whole waits, for a callback or a time; nobody holds it.
        if (event.step === undefined) this.#status = 'Waiting';
        else this.#held.set(placeKey(event.step), event.step);
        return;
      case 'resumed':
        if (event.step === undefined) this.#status = 'Running';
        else this.#held.delete(placeKey(event.step));
        return;
      case 'runFinished':
        this.#status = event.status;
        this.#held.clear();
        this.#error = event.error && { code: event.error.code, message: event.error.message };
        return;
      case 'attempt':
      case 'iterationStarted':
      case 'iterationFinished':
      case 'variableSet':
      case 'responseSent':
        return;
    }
  }

  /** Marks where a debugger holds the run, until `release`. */
  hold(holdId: number, at: Step | 'trigger'): void {
    this.#held.set(String(holdId), at);
  }

  /** The hold is over; returns false when it was none of this run. */
  release(holdId: number): boolean {
    return this.#held.delete(String(holdId));
  }

  get isFinished(): boolean {
    return this.#status !== 'Running' && this.#status !== 'Waiting';
  }

  overlay(): RunOverlay {
    const held = new Map<string, Step>();
    for (const at of this.#held.values()) if (at !== 'trigger') held.set(at.action.toLowerCase(), at);
    const steps = [...this.#actions.values()].map((record) => overlayOf(record, held.has(record.action.toLowerCase())));
    // A run may be held before a step that has not begun.
    for (const [key, step] of held) if (!this.#actions.has(key)) steps.push(overlayOf(emptyRecord(step), true));
    return {
      runId: this.runId,
      status: this.#status,
      trigger: this.#trigger,
      steps,
      paused: pausedAt([...this.#held.values()].at(-1)),
      error: this.#error,
    };
  }

  /** Inputs and outputs of the latest repetition of an action, or of the trigger, as formatted JSON. */
  values(name: string): StepValues {
    const isTrigger =
      this.#trigger?.name.toLowerCase() === name.toLowerCase() && !this.#actions.has(name.toLowerCase());
    const record = this.#actions.get(name.toLowerCase());
    const { inputs, outputs } = (isTrigger ? this.#triggerValues : record) ?? { inputs: undefined, outputs: undefined };
    const secured = inputs?.secured === true || outputs?.secured === true;
    return {
      action: name,
      repetition: record?.latest ?? [],
      inputs: shownValue(inputs),
      outputs: shownValue(outputs),
      note: secured ? HIDDEN : undefined,
    };
  }

  /** The hold of a debugger at an action, which can be asked for what its inputs will be. */
  holdAt(action: string): number | undefined {
    const key = [...this.#held].find(
      ([, at]) => at !== 'trigger' && at.action.toLowerCase() === action.toLowerCase(),
    )?.[0];
    return key === undefined || key.startsWith(STEP) ? undefined : Number(key);
  }

  /** Like `values`, of an action that is held, from what the debugger sees of it. */
  heldValues(action: string, items: readonly Inspected[]): StepValues {
    const item = (name: string): Inspected | undefined => items.find((each) => each.name === name);
    const inputs = item('inputs');
    const outputs = item('outputs')?.value;
    const secured = inputs?.value.secured === true || outputs?.secured === true;
    const failed = inputs?.kind === 'error';
    return {
      action,
      repetition: this.#actions.get(action.toLowerCase())?.latest ?? [],
      inputs: failed ? undefined : shownValue(inputs?.value),
      outputs: shownValue(outputs),
      note: secured ? HIDDEN : failed ? `Its inputs cannot be evaluated: ${inputs.value.json ?? ''}` : undefined,
    };
  }

  #record(step: Step): ActionRecord {
    const key = step.action.toLowerCase();
    let record = this.#actions.get(key);
    if (record === undefined) this.#actions.set(key, (record = emptyRecord(step)));
    return record;
  }

  #started(step: Step): void {
    const record = this.#record(step);
    record.open.add(stepKey(step));
    count(record, 'Running', 1);
    record.latest = step.repetition;
    record.inputs = undefined;
    record.outputs = undefined;
  }

  #finished(event: Extract<RunEvent, { type: 'actionFinished' }>): void {
    const record = this.#record(event.step);
    // A skipped action ends without having begun.
    if (record.open.delete(stepKey(event.step))) count(record, 'Running', -1);
    count(record, event.status, 1);
    record.durationMs += Math.max(0, event.time - event.startTime);
    record.code = event.code;
    record.latest = event.step.repetition;
    record.outputs = event.outputs;
    if (event.error !== undefined && event.status !== 'Skipped')
      record.error = `${event.error.code}: ${event.error.message}`;
  }
}

function emptyRecord(step: Step): ActionRecord {
  return {
    action: step.action,
    statuses: new Map(),
    open: new Set(),
    durationMs: 0,
    code: undefined,
    error: undefined,
    latest: step.repetition,
    inputs: undefined,
    outputs: undefined,
  };
}

function count(record: ActionRecord, status: ActionStatus, by: number): void {
  const next = (record.statuses.get(status) ?? 0) + by;
  if (next === 0) record.statuses.delete(status);
  else record.statuses.set(status, next);
}

function overlayOf(record: ActionRecord, isHeld: boolean): StepOverlay {
  const total = [...record.statuses.values()].reduce((sum, each) => sum + each, 0);
  return {
    action: record.action,
    status: isHeld ? 'Paused' : (actionStatuses.find((status) => record.statuses.has(status)) ?? 'Waiting'),
    count: Math.max(1, total),
    statuses: Object.fromEntries(record.statuses),
    durationMs: record.durationMs,
    code: record.code,
    error: record.error,
    latest: record.latest,
  };
}

function placeKey(step: Step): string {
  return `${STEP}${stepKey(step)}`;
}

function pausedAt(at: Step | 'trigger' | undefined): PausedAt | undefined {
  if (at === undefined) return undefined;
  return at === 'trigger' ? { role: 'trigger' } : { role: 'action', action: at.action, repetition: at.repetition };
}

/** The JSON of a payload, laid out for reading; undefined when there is none or it is secured. */
function shownValue(payload: Payload | undefined): string | undefined {
  if (payload?.json === undefined || payload.secured === true) return undefined;
  const { json } = payload;
  return json.length > MAX_VALUE ? `${json.slice(0, MAX_VALUE)}…` : layOut(json);
}

/** Lays JSON out without changing a number in it, which a round trip through doubles would. */
function layOut(json: string): string {
  let depth = 0;
  return json.replaceAll(/"(?:[^"\\]|\\.)*"|[{[]\s*[}\]]|[{}[\],:]|\s+/g, (token) => {
    if (/^\s+$/.test(token)) return '';
    if (token.length > 1) return token.startsWith('"') ? token : token.replaceAll(/\s/g, '');
    if (token === '{' || token === '[') return `${token}\n${'  '.repeat(++depth)}`;
    if (token === '}' || token === ']') return `\n${'  '.repeat(--depth)}${token}`;
    if (token === ',') return `,\n${'  '.repeat(depth)}`;
    return ': ';
  });
}
