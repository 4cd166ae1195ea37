/** The events of a run that begins as another one did: everything before a step, under a new id. */
import { stepKey } from '../../events';
import type { RunEvent, Step } from '../../events';

/** Undefined when the step has not begun in that run. Without a step: what the trigger brought. */
export function eventsBefore(
  events: readonly RunEvent[],
  step: Step | undefined,
  runId: string,
): readonly RunEvent[] | undefined {
  const key = step && stepKey(step);
  const end =
    key === undefined
      ? events.findIndex((event) => event.type === 'triggerFired') + 1
      : events.findLastIndex((event) => event.type === 'actionStarted' && stepKey(event.step) === key);
  if (end <= 0) return undefined;
  return events.slice(0, end).map((event): RunEvent => {
    if (event.type !== 'runStarted') return { ...event, runId };
    // Nobody waits for the new run, also when the old one had been called by another.
    const { type, sequence, time, workflow, trigger, stateless, clientTrackingId } = event;
    return { type, runId, sequence, time, workflow, trigger, stateless, clientTrackingId };
  });
}
