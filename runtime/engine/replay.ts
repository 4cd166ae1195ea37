/**
 * Takes up a run whose process ended: what its events say is finished is not executed again, its results are put back. What was
 * under way when the process ended starts anew.
 */
import { parseValue } from '../../language/json/parse';
import { isArray } from '../../language/json/value';
import type { Value } from '../../language/json/value';
import type { Payload, RunEvent, Step } from '../events';
import { stepKey } from '../events';
import type { StartRequest } from './contract';
import type { Outcome } from './failure';
import type { WorkflowPlan } from './plan';
import type { ActionStep } from './step';
import { variableType } from './variables';
import type { Variable } from './variables';

interface Finished {
  readonly outcome: Outcome;
  /** What it gave was kept out of the events. */
  readonly secured: boolean;
  readonly startTime: number;
  readonly endTime: number;
}

export class Replay {
  readonly sequence: number;
  readonly startTime: number;
  readonly clientTrackingId: string | undefined;
  readonly variables: readonly Variable[];
  readonly #events: readonly RunEvent[];
  readonly #finished = new Map<string, Finished>();
  readonly #inputs = new Map<string, Value>();
  readonly #started = new Map<string, number>();
  /** The last repetition of a loop that had begun. */
  readonly #rounds = new Map<string, number>();

  /** `except`: a step whose result is not put back although it had one. */
  constructor(
    events: readonly RunEvent[],
    private readonly except?: Step,
  ) {
    this.sequence = events.at(-1)?.sequence ?? 0;
    this.startTime = events[0]?.time ?? 0;
    this.#events = events;
    this.clientTrackingId = events.find((event) => event.type === 'runStarted')?.clientTrackingId;
    for (const event of events) {
      switch (event.type) {
        case 'actionStarted':
          this.#started.set(stepKey(event.step), event.time);
          break;
        case 'actionInputs': {
          const inputs = valueOf(event.inputs);
          if (inputs !== undefined) this.#inputs.set(stepKey(event.step), inputs);
          break;
        }
        case 'actionFinished':
          this.#finished.set(stepKey(event.step), {
            outcome: {
              status: event.status,
              code: event.code,
              outputs: valueOf(event.outputs),
              ...(event.error === undefined ? {} : { error: event.error }),
              ...(event.repetitionCount === undefined ? {} : { repetitionCount: event.repetitionCount }),
            },
            secured: event.outputs.secured === true,
            startTime: event.startTime,
            endTime: event.time,
          });
          break;
        case 'iterationStarted': {
          const key = stepKey(event.step);
          this.#rounds.set(key, Math.max(event.index, this.#rounds.get(key) ?? 0));
          break;
        }
        case 'variableSet':
        case 'runStarted':
        case 'triggerFired':
        case 'attempt':
        case 'iterationFinished':
        case 'responseSent':
        case 'paused':
        case 'resumed':
        case 'runFinished':
          break;
      }
    }
    this.variables = this.#variables();
  }

  /** Values as the actions that had finished left them: one that was under way will set its variable again. */
  #variables(): Variable[] {
    const variables = new Map<string, Variable>();
    for (const event of this.#events) {
      if (event.type !== 'variableSet' || !this.knows(event.step)) continue;
      const variable = changed(event, variables.get(event.name.toLowerCase()));
      if (variable !== undefined) variables.set(event.name.toLowerCase(), variable);
    }
    return [...variables.values()];
  }

  /** What the run was started with; undefined when its trigger's outputs are not in the events. */
  request(): StartRequest | undefined {
    const started = this.#events.find((event) => event.type === 'runStarted');
    const fired = this.#events.find((event) => event.type === 'triggerFired');
    if (started === undefined || fired === undefined || fired.outputs.secured === true) return undefined;
    return {
      workflow: started.workflow,
      trigger: started.trigger,
      runId: started.runId,
      result: {
        inputs: valueOf(fired.inputs),
        outputs: valueOf(fired.outputs),
        startTime: fired.startTime,
        status: fired.status,
      },
      ...(started.parent === undefined ? {} : { parent: started.parent }),
    };
  }

  /**
   * What the rest of the run may need and is not in the events because it is secured: in words, or undefined when there is no such thing.
   */
  lost(plan: WorkflowPlan): string | undefined {
    for (const [key, { secured, outcome }] of this.#finished) {
      const action = plan.actions.get(key.replace(/(\[\d+\])+$/, '').toLowerCase());
      if (!secured || action === undefined || action.scopes.length > 0 || outcome.status === 'Skipped') continue;
      // What nothing follows, nothing reads.
      if (action.dependents.length > 0 || action.scope.owner !== undefined) {
        return `what the action '${action.name}' gave is secured and was not kept`;
      }
    }
    for (const event of this.#events) {
      if (event.type !== 'variableSet' || !this.knows(event.step)) continue;
      if (event.value.secured === true || event.appended?.secured === true) {
        return `the value of the variable '${event.name}' is secured and was not kept`;
      }
    }
    return undefined;
  }

  /** The result of a leaf action that had finished. Control actions run again over the results of what is in them. */
  take(step: ActionStep): Outcome | undefined {
    const key = stepKey(step.id);
    const { record } = step;
    const inputs = this.#inputs.get(key);
    if (inputs !== undefined) record.inputs = inputs;
    record.startTime = this.#started.get(key) ?? record.startTime;
    const finished = this.#finished.get(key);
    if (finished === undefined || step.plan.scopes.length > 0) return undefined;
    if (this.except !== undefined && stepKey(this.except) === key) return undefined;
    record.startTime = finished.startTime;
    record.endTime = finished.endTime;
    return finished.outcome;
  }

  /** True when the step had ended. */
  knows(step: Step): boolean {
    return this.#finished.has(stepKey(step));
  }

  /** True when the loop had gone on behind this repetition: its condition is not asked again, for the variables are those of later. */
  wentOn(loop: Step, index: number): boolean {
    return (this.#rounds.get(stepKey(loop)) ?? -1) > index;
  }

  /** What the step had been given. */
  inputs(step: Step): Value | undefined {
    return this.#inputs.get(stepKey(step));
  }
}

type VariableSet = Extract<RunEvent, { readonly type: 'variableSet' }>;

function changed(event: VariableSet, before: Variable | undefined): Variable | undefined {
  const type = variableType(event.kind);
  const value = valueOf(event.value);
  const appended = event.appended && valueOf(event.appended);
  if (type === undefined) return undefined;
  if (value !== undefined) return { name: event.name, type, value };
  if (appended === undefined) return undefined;
  if (typeof appended === 'string' && typeof before?.value === 'string') {
    return { name: event.name, type, value: before.value + appended };
  }
  return { name: event.name, type, value: [...(isArray(before?.value) ? before.value : []), appended] };
}

function valueOf(payload: Payload): Value | undefined {
  if (payload.json === undefined) return undefined;
  const read = parseValue(payload.json);
  return read.ok ? read.value : undefined;
}
