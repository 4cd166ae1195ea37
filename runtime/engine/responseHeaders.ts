/** The `x-ms-*` headers of an answer to the caller of a run, unless the trigger suppresses them. */
import type { Run } from './run';

export function responseHeaders(run: Run): [string, string][] {
  if (run.trigger.settings.option('SuppressWorkflowHeadersOnResponse')) return [];
  return [
    ['x-ms-workflow-id', run.plan.name],
    ['x-ms-workflow-name', run.plan.name],
    ['x-ms-workflow-run-id', run.runId],
    ['x-ms-client-tracking-id', run.clientTrackingId],
    ['x-ms-trigger-history-name', run.runId],
    ['x-ms-execution-location', run.services.location],
    ['x-ms-tracking-id', run.correlationId],
    ['x-ms-correlation-id', run.correlationId],
    ['x-ms-request-id', run.correlationId],
  ];
}
