/** What it takes to fire a trigger by hand. Pure. */
import type { Trigger } from '../../language/workflow/model';

/** True for triggers that are called by a request. */
export function isCallable(trigger: Pick<Trigger, 'type'>): boolean {
  return trigger.type === 'Request' || trigger.type === 'Manual';
}

/** True for triggers that bring nothing but the time: they can be fired without further ado. */
export function isTimer(trigger: Pick<Trigger, 'type'>): boolean {
  return trigger.type === 'Recurrence' || trigger.type === 'SlidingWindow';
}
