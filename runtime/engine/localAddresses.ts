/** Addresses as the host on this machine would give them out, for runs without a host. */
import { stepKey } from '../events';
import type { Addresses } from './contract';

const base = 'http://localhost:7071';

export const localAddresses: Addresses = {
  asyncResponse: (workflow, runId) =>
    `${base}/runtime/webhooks/workflow/scaleUnits/prod-00/workflows/${workflow}/runs/${runId}/operations/response?api-version=2022-05-01`,
  webhook: (workflow, runId, step) =>
    `${base}/runtime/webhooks/workflow/scaleUnits/prod-00/workflows/${workflow}/runs/${runId}/actions/${encodeURIComponent(stepKey(step))}/run?api-version=2022-05-01`,
  trigger: (workflow, trigger) =>
    `${base}/api/${workflow}/triggers/${trigger}/invoke?api-version=2022-05-01&sp=%2Ftriggers%2F${trigger}%2Frun&sv=1.0&sig=local`,
};
