/** What all runs of an engine share. */
import type { JsonNode } from '../../language/json/tree';
import type { ObjectValue, Value } from '../../language/json/value';
import type { RunEvent } from '../events';
import type { Ports } from '../ports';
import type { Addresses, Batches, ConnectorClients, EngineBehaviour, RunHandle, StartRequest } from './contract';
import type { Outcome } from './failure';
import type { Gate } from './gate';
import type { Limits } from './limits';
import type { WorkflowPlan } from './plan';
import type { RuntimeProject } from './project';
import type { ActionStep } from './step';
import { Turns } from './turns';

export interface EngineServices {
  readonly ports: Ports;
  readonly project: RuntimeProject;
  readonly limits: Limits;
  readonly behaviour: EngineBehaviour;
  readonly addresses: Addresses;
  readonly connectors: ConnectorClients | undefined;
  readonly batches: Batches | undefined;
  /** Undefined when nothing is ever held. */
  readonly gate: Gate | undefined;
  readonly work: WorkCounter;
  /** `workflow()['location']`. */
  readonly location: string;
  emit(event: RunEvent): void;
  /** True for a workflow of whose runs only start, answer and end are told. */
  quiet(plan: WorkflowPlan): boolean;
  commit?(): Promise<void> | undefined;
  execute(step: ActionStep): Outcome | Promise<Outcome> | undefined;
  trackedProperties(step: ActionStep): Value | undefined;
  /** Starts a nested run of a workflow of the same project. */
  start(request: StartRequest): RunHandle;
}

/** Counts work that goes on without waiting for the clock, and spreads it over turns of the event loop. */
export class WorkCounter {
  #count = 0;
  readonly #turns = new Turns();
  /** Undefined: go on at once. Else wait until it is this work's turn; the wait counts as work. */
  pass(): Promise<void> | undefined {
    const turn = this.#turns.pass();
    return turn && this.during(() => turn);
  }
  begin(): void {
    this.#count++;
  }
  end(): void {
    this.#count--;
  }
  /** Counts until what is done here has ended. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.begin();
    try {
      return await work();
    } finally {
      this.end();
    }
  }
  get busy(): boolean {
    return this.#count > 0;
  }
}

/** Evaluates `trackedProperties` of an operation; undefined when there are none or they fail. */
export function trackedProperties(step: ActionStep): ObjectValue | Value | undefined {
  const node: JsonNode | undefined = step.plan.settings.trackedProperties;
  if (node === undefined) return undefined;
  try {
    return step.evaluate(node, step.ownContext());
  } catch {
    // A tracked property that cannot be evaluated is left out; it never changes the action's result.
    return undefined;
  }
}
