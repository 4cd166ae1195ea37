/**
 * The one place where a run can be held. The engine awaits the gate before and after the trigger and each step; nothing else in
 * it knows of debugging. A gate may return nothing, which costs a run no turn of the event loop.
 */
import type { EvaluationContext } from '../../language/expressions/context';
import type { Value } from '../../language/json/value';
import type { JsonNode } from '../../language/json/tree';
import type { ActionStatus, Attempt, Failure, Payload, Step } from '../events';

/** What is around a step when it is held: everything a debugger shows, read on demand. */
export interface Frame {
  readonly runId: string;
  readonly workflow: string;
  /** Undefined for the trigger. */
  readonly step: Step | undefined;
  /** Name of the trigger or action. */
  readonly name: string;
  readonly type: string;
  /** The definition of the trigger or action, as this run was started with. */
  readonly node: JsonNode | undefined;
  /** The scopes, loops and branches around the step, outermost first, each with its own step. */
  readonly enclosing: readonly EnclosingFrame[];
  /** Evaluates as the step itself would. */
  readonly context: EvaluationContext;
  /** A value as people may see it: hidden when the expression that gave it reads what is secured, and without secrets. */
  shown(value: Value | undefined, expression: string): Payload;
  /** Current variables of the run, in order of initialisation. */
  variables(): readonly { readonly name: string; readonly kind: string; readonly value: Value }[];
  /** Changes a variable while the run is held; an error says why that cannot be. */
  setVariable(name: string, value: Value): Failure | undefined;
  /** Evaluated inputs; before the step they are evaluated on the first call, and never with an effect. */
  inputs(): { readonly value: Value | undefined } | { readonly error: Failure };
  /** Replaces the inputs of a step that has not begun; an error says why that cannot be. */
  setInputs(value: Value): Failure | undefined;
  /** The requests that the step has made so far. */
  attempts(): readonly Attempt[];
  /** True where `secureData` hides the value from people. */
  readonly secured: { readonly inputs: boolean; readonly outputs: boolean };
  /** Set in `after` only. */
  readonly result: StepResult | undefined;
  /** The step's result may be replaced while held in `after`. */
  setResult(result: StepResult): void;
  /** Aborted when the run is cancelled: a held step must let go. */
  readonly signal: AbortSignal;
}

export interface EnclosingFrame {
  readonly step: Step;
  readonly type: string;
  /** For loops: the repetition that runs, and how many there are when that is known. */
  readonly iteration?: { readonly index: number; readonly count: number | undefined; readonly item: Value | undefined };
}

export interface StepResult {
  readonly status: ActionStatus;
  readonly code: string;
  readonly outputs: Value | undefined;
  readonly error?: Failure;
}

export interface Gate {
  /** True while nothing can be held: the engine need not even make a frame then. */
  readonly idle?: boolean;
  /** True when this step is surely not held at this moment: the engine need not make a frame. `status` is set after the step. */
  passes?(runId: string, workflow: string, name: string, status?: ActionStatus): boolean;
  /** Before inputs are evaluated; for the trigger: before the run's first action, with the trigger's outputs at hand. */
  before(frame: Frame): Promise<void> | undefined;
  /** When the step has its result, before anything that depends on it starts. */
  after(frame: Frame): Promise<void> | undefined;
  /** Before a request of a step that has failed is made again. */
  retry?(frame: Frame, attempt: Attempt): Promise<void> | undefined;
}

/** Holds nothing. */
export const openGate: Gate = { idle: true, before: () => undefined, after: () => undefined };
