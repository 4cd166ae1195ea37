/** What `trigger()` and `workflow()` give in a run. Source: functions reference. */
import { objectOf } from '../../language/json/value';
import type { ObjectValue } from '../../language/json/value';
import type { RunBasis } from './run';
import { timestamp } from './time';

export function triggerView(
  { trigger, request, clientTrackingId }: RunBasis,
  startTime: number,
  trackingId: string,
): ObjectValue {
  const { result } = request;
  return objectOf({
    name: trigger.name,
    inputs: result.inputs,
    outputs: result.outputs,
    startTime: timestamp(result.startTime ?? startTime),
    endTime: timestamp(startTime),
    scheduledTime: trigger.type === 'Recurrence' ? timestamp(result.startTime ?? startTime) : undefined,
    trackingId,
    clientTrackingId,
    originHistoryName: request.runId,
    code: result.code ?? 'OK',
    status: result.status ?? 'Succeeded',
  });
}

export function workflowView({ plan, runId, services }: RunBasis): ObjectValue {
  const id = `/workflows/${plan.name}`;
  return objectOf({
    id,
    name: plan.name,
    type: 'Microsoft.Logic/workflows',
    location: services.location,
    tags: objectOf({}),
    run: objectOf({ id: `${id}/runs/${runId}`, name: runId, type: 'Microsoft.Logic/workflows/runs' }),
  });
}
