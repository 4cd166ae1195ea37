/** What an action type is to the engine. One file a type implements it; `registry.ts` lists them. */
import type { Value } from '../../language/json/value';
import type { ActionPlan } from '../engine/plan';
import type { ActionStep } from '../engine/step';
import type { Outcome } from '../engine/failure';

export interface ActionHandler {
  /** In the platform's spelling. */
  readonly type: string;
  /** Its nested actions run several times, each time with results of their own. */
  readonly loop?: true;
  /** A scenario may answer instead: what it does lies outside the workflow, or cannot be done on this machine. */
  readonly mockable?: true;
  /** Something outside the process sees what it does, so all that came before must be kept first. */
  readonly external?: true;
  /** A Compose-like action: what it gives back is what it was given, so secured inputs mean secured outputs. */
  readonly passesThrough?: true;
  /**
   * Executes the action once. An outcome that is at hand is returned as it is, which costs the run no turn of the event loop; a
   * control action returns nothing and calls `step.finish` when its nested actions have ended. A `StepFailure` may be thrown.
   */
  start(step: ActionStep): Outcome | Promise<Outcome> | undefined;
  /**
   * What the action will record as its inputs where that is not its `inputs` evaluated: asked when a debugger holds the action before it
   * begins. Has no effect; throws what `start` would.
   */
  preview?(step: ActionStep): Value;
  /** Why the action cannot run as it is written; asked before a trigger is armed. */
  check?(plan: ActionPlan): readonly string[];
}
