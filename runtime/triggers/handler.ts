/** What a trigger type is to the runtime: pure rules for what it brings; arming and timing are the host's. */
import type { TriggerPlan } from '../engine/plan';

/** How a trigger comes to fire. */
export type TriggerManner = 'request' | 'schedule' | 'polling' | 'watching' | 'webhook' | 'batch';

export interface TriggerHandler {
  /** In the platform's spelling. */
  readonly type: string;
  readonly manner: TriggerManner;
  /** False: it is known, but nothing on this machine makes it fire; it can be fired by hand or by a scenario. */
  readonly armed: boolean;
  /** Why it can never fire as it is written. */
  check?(plan: TriggerPlan): readonly string[];
}
