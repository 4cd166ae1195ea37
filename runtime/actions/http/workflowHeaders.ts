/** The `x-ms-*` headers that tell a called service who calls, unless the action suppresses them. */
import type { ActionStep } from '../../engine/step';

export function workflowHeaders(step: ActionStep): [string, string][] {
  const { run, plan, record } = step;
  record.trackingId ??= run.trackingId();
  return [
    ['x-ms-workflow-id', run.plan.name],
    ['x-ms-workflow-name', run.plan.name],
    ['x-ms-workflow-run-id', run.runId],
    ['x-ms-workflow-operation-name', plan.name],
    ['x-ms-execution-location', run.services.location],
    ['x-ms-client-tracking-id', run.clientTrackingId],
    ['x-ms-correlation-id', run.correlationId],
    ['x-ms-client-request-id', record.trackingId],
    ['x-ms-tracking-id', run.correlationId],
    ['x-ms-action-tracking-id', record.trackingId],
    ['User-Agent', `azure-logic-apps/1.0 (workflow ${run.plan.name}; version 1) microsoft-flow/1.0`],
    ['Accept-Language', 'en-US'],
  ];
}
