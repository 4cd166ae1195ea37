/** One pass through the actions of a scope: which of them still wait, and for how many predecessors. */
import type { Activation } from './activation';
import type { ActionPlan, ScopePlan } from './plan';
import type { ActionStep } from './step';

export class ScopeRun {
  /** Predecessors that have not ended, by index of the action. */
  readonly #open: number[];
  left: number;

  constructor(
    readonly plan: ScopePlan,
    readonly activation: Activation,
    /** The control action around it; undefined for the run itself. */
    readonly owner: ActionStep | undefined,
    readonly done: (scopeRun: ScopeRun) => void,
  ) {
    this.#open = plan.actions.map((action) => action.predecessors.length);
    this.left = plan.actions.length;
  }

  /** One predecessor of `action` has ended; true when that was the last. */
  release(action: ActionPlan): boolean {
    const open = (this.#open[action.index] ?? 1) - 1;
    this.#open[action.index] = open;
    return open === 0;
  }
}
