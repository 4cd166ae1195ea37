/** Actions that get a status without being executed: skipped ones, and those of a branch whose condition cannot be evaluated. */
import type { Failure } from '../events';
import type { Clock } from '../ports';
import { newRecord } from './activation';
import type { Activation } from './activation';
import { branchNotTaken, parentSkipped } from './failure';
import type { ActionPlan, ScopePlan } from './plan';
import type { Replay } from './replay';
import type { RunLog } from './runLog';

export class Unexecuted {
  constructor(
    private readonly clock: Clock,
    private readonly log: RunLog,
    private readonly replay: Replay | undefined,
  ) {}

  /** An action that does not run, with everything in it. */
  skip(action: ActionPlan, activation: Activation, reason: Failure): void {
    const now = this.clock.now();
    const record = newRecord(action, now);
    const code = reason.code === 'Terminated' ? reason.code : 'ActionSkipped';
    record.status = 'Skipped';
    record.code = code;
    record.error = reason;
    // What stands inside a loop that did not run has no slot here: it is told, but nobody can refer to it.
    if (action.loops.at(-1) === activation.loop) activation.records[action.slot] = record;
    const step = { action: action.name, repetition: activation.repetition };
    if (this.replay?.knows(step) !== true) this.log.actionJudged(step, 'Skipped', code, reason, now);
    for (const nested of action.scopes) this.skipBelow(nested, activation, action.name);
  }

  /** A branch, case or else that the condition did not choose. */
  skipBranch(plan: ScopePlan, activation: Activation): void {
    for (const action of plan.actions) this.skip(action, activation, branchNotTaken(action.name));
  }

  /** What stands in an action that is not carried out. */
  skipBelow(plan: ScopePlan, activation: Activation, parent: string): void {
    for (const action of plan.actions) this.skip(action, activation, parentSkipped(action.name, parent));
  }

  /** A branch whose condition cannot be evaluated: its own actions fail, what is inside them is skipped. */
  failBranch(plan: ScopePlan, activation: Activation, error: Failure): void {
    for (const action of plan.actions) {
      const now = this.clock.now();
      activation.records[action.slot] = { ...newRecord(action, now), status: 'Failed', code: error.code, error };
      const step = { action: action.name, repetition: activation.repetition };
      if (this.replay?.knows(step) !== true) this.log.actionJudged(step, 'Failed', error.code, error, now);
      for (const nested of action.scopes) this.skipBelow(nested, activation, action.name);
    }
  }
}
