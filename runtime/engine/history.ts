/** Folds the events of a run into what a person wants to see of it. A live run and one read from the store are the same fold. */
import type { ActionStatus, Attempt, Failure, Payload, RunEvent, RunStatus, Step } from '../events';
import { stepKey } from '../events';

/** One execution of an action. */
export interface StepView {
  readonly step: Step;
  status: ActionStatus;
  code: string;
  startTime: number;
  endTime: number | undefined;
  inputs: Payload;
  outputs: Payload;
  error: Failure | undefined;
  trackedProperties: Payload | undefined;
  attempts: Attempt[];
  /** Loops: how many iterations ran. */
  repetitionCount: number | undefined;
}

export interface ActionView {
  readonly name: string;
  /** The worst of its repetitions. */
  readonly status: ActionStatus;
  /** In the order of the loops' indexes; one entry with an empty path when the action is in no loop. */
  readonly repetitions: readonly StepView[];
}

export interface VariableView {
  readonly name: string;
  readonly kind: string;
  readonly value: Payload;
}

export interface TriggerView {
  readonly name: string;
  readonly status: ActionStatus;
  readonly startTime: number;
  readonly inputs: Payload;
  readonly outputs: Payload;
}

export interface ResponseView {
  readonly step: Step | undefined;
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Payload;
}

export class RunHistory {
  runId = '';
  workflow = '';
  stateless = false;
  status: RunStatus = 'Running';
  code: string | undefined;
  error: Failure | undefined;
  startTime = 0;
  /** When a run that had to wait for others began; its start otherwise. */
  waitEndTime = 0;
  endTime: number | undefined;
  clientTrackingId = '';
  parent: { readonly runId: string; readonly step: Step } | undefined;
  trigger: TriggerView | undefined;
  response: ResponseView | undefined;
  readonly #steps = new Map<string, StepView>();
  readonly #variables = new Map<string, VariableView>();

  static of(events: Iterable<RunEvent>): RunHistory {
    const history = new RunHistory();
    for (const event of events) history.add(event);
    return history;
  }

  /** Takes the next event of the run. */
  add(event: RunEvent): void {
    switch (event.type) {
      case 'runStarted':
        this.runId = event.runId;
        this.workflow = event.workflow;
        this.stateless = event.stateless;
        this.clientTrackingId = event.clientTrackingId;
        this.parent = event.parent;
        this.startTime = event.time;
        this.waitEndTime = event.time;
        break;
      case 'triggerFired': {
        const { trigger: name, status, startTime, inputs, outputs } = event;
        this.trigger = { name, status, startTime, inputs, outputs };
        break;
      }
      case 'actionStarted': {
        const view = this.#step(event.step, event.time);
        view.status = 'Running';
        view.startTime = event.time;
        break;
      }
      case 'actionInputs':
        this.#step(event.step, event.time).inputs = event.inputs;
        break;
      case 'attempt':
        this.#step(event.step, event.time).attempts.push(event.attempt);
        break;
      case 'actionFinished': {
        const view = this.#step(event.step, event.time);
        view.status = event.status;
        view.code = event.code;
        view.startTime = event.startTime;
        view.endTime = event.time;
        view.outputs = event.outputs;
        view.error = event.error;
        view.trackedProperties = event.trackedProperties;
        view.repetitionCount = event.repetitionCount;
        break;
      }
      case 'variableSet':
        this.#variables.set(event.name.toLowerCase(), changed(this.#variables.get(event.name.toLowerCase()), event));
        break;
      case 'responseSent': {
        const { step, statusCode, headers, body } = event;
        this.response = { step, statusCode, headers, body };
        break;
      }
      case 'paused':
        if (event.step === undefined) this.status = 'Waiting';
        break;
      case 'resumed':
        if (event.step === undefined) {
          this.status = 'Running';
          this.waitEndTime = event.time;
        }
        break;
      case 'runFinished':
        this.status = event.status;
        this.code = event.code;
        this.error = event.error;
        this.endTime = event.time;
        break;
      case 'iterationStarted':
      case 'iterationFinished':
        break;
    }
  }

  #step(step: Step, time: number): StepView {
    const key = stepKey(step);
    let view = this.#steps.get(key);
    if (view === undefined) {
      view = {
        step,
        status: 'Running',
        code: '',
        startTime: time,
        endTime: undefined,
        inputs: {},
        outputs: {},
        error: undefined,
        trackedProperties: undefined,
        attempts: [],
        repetitionCount: undefined,
      };
      this.#steps.set(key, view);
    }
    return view;
  }

  /** One execution; undefined when it has not been. */
  step(step: Step): StepView | undefined {
    return this.#steps.get(stepKey(step));
  }

  variables(): readonly VariableView[] {
    return [...this.#variables.values()];
  }

  /** Every action that has run or was skipped, in the order in which it first did. */
  actions(): readonly ActionView[] {
    const byName = new Map<string, StepView[]>();
    for (const view of this.#steps.values()) {
      const known = byName.get(view.step.action);
      if (known === undefined) byName.set(view.step.action, [view]);
      else known.push(view);
    }
    return [...byName].map(([name, views]) => {
      const repetitions = views.sort((left, right) => comparePaths(left.step.repetition, right.step.repetition));
      return { name, status: worst(repetitions), repetitions };
    });
  }
}

type VariableSet = Extract<RunEvent, { readonly type: 'variableSet' }>;

function changed(before: VariableView | undefined, event: VariableSet): VariableView {
  const { name, kind, value, appended } = event;
  if (appended === undefined) return { name, kind, value };
  if (appended.json === undefined || before?.value.json === undefined) return { name, kind, value: appended };
  return { name, kind, value: { json: append(before.value.json, appended.json, kind) } };
}

/** Both texts are compact JSON, so that appending is a matter of brackets and quotes. */
function append(before: string, item: string, kind: string): string {
  if (kind === 'String') return `${before.slice(0, -1)}${item.slice(1)}`;
  return before === '[]' ? `[${item}]` : `${before.slice(0, -1)},${item}]`;
}

function comparePaths(left: readonly number[], right: readonly number[]): number {
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? -1) - (right[i] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

const severity: readonly ActionStatus[] = [
  'Failed',
  'TimedOut',
  'Aborted',
  'Cancelled',
  'Running',
  'Paused',
  'Waiting',
  'Succeeded',
  'Skipped',
];

function worst(views: readonly StepView[]): ActionStatus {
  return severity.find((status) => views.some((view) => view.status === status)) ?? 'Skipped';
}
