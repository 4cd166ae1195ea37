/**
 * The results of actions. An activation holds those of one iteration of a loop, or of the run itself: a slot for each action that is
 * not in a loop further inside.
 */
import type { Failure, ActionStatus, Attempt } from '../events';
import type { ObjectValue, Value } from '../../language/json/value';
import type { ActionPlan } from './plan';

export interface ActionRecord {
  readonly plan: ActionPlan;
  status: ActionStatus;
  code: string;
  startTime: number;
  endTime: number;
  inputs: Value | undefined;
  outputs: Value | undefined;
  error: Failure | undefined;
  trackingId: string | undefined;
  attempts: Attempt[] | undefined;
  repetitionCount: number | undefined;
  /** Loops: iterations by index. An Until keeps only its last. */
  iterations: Activation[] | undefined;
  /** What `actions('x')` gives once the action has ended. */
  view: ObjectValue | undefined;
}

export class Activation {
  readonly records: (ActionRecord | undefined)[];

  constructor(
    /** The loop this is an iteration of; undefined for the run itself. */
    readonly loop: ActionPlan | undefined,
    readonly parent: Activation | undefined,
    readonly index: number,
    /** The item of a Foreach; undefined in an Until. */
    readonly item: Value | undefined,
    /** Zero-based indexes of the loops around, outermost first. */
    readonly repetition: readonly number[],
    slots: number,
  ) {
    this.records = new Array<ActionRecord | undefined>(slots);
  }

  /** The activation of this one's chain in which an action has its slot, or of the innermost common loop. */
  around(plan: ActionPlan): Activation {
    const inside = this.loop === undefined || plan.loops.includes(this.loop);
    return inside || this.parent === undefined ? this : this.parent.around(plan);
  }
}

/** The record of an action that starts now. */
export function newRecord(plan: ActionPlan, startTime: number): ActionRecord {
  return {
    plan,
    status: 'Running',
    code: '',
    startTime,
    endTime: startTime,
    inputs: undefined,
    outputs: undefined,
    error: undefined,
    trackingId: undefined,
    attempts: undefined,
    repetitionCount: undefined,
    iterations: undefined,
    view: undefined,
  };
}
