/** Scope: its actions, and the status they end with. */
import { actionFailed } from '../../engine/failure';
import type { Outcome } from '../../engine/failure';
import type { ScopeRun } from '../../engine/scopeRun';
import { scopeStatus } from '../../engine/status';
import type { ActionHandler } from '../handler';

export const scope: ActionHandler = {
  type: 'Scope',
  start(step) {
    const [body] = step.plan.scopes;
    if (body === undefined) return { status: 'Succeeded' };
    step.enter(body, step.activation, (scopeRun) => step.finish(outcomeOf(scopeRun)));
    return undefined;
  },
};

/** The outcome of a control action whose nested actions have all ended. */
export function outcomeOf(scopeRun: ScopeRun): Outcome {
  // What is around a Terminate, or a cancelled action, is cancelled with it: measured in the cloud.
  if (scopeRun.owner?.run.ending === true) return { status: 'Cancelled', code: 'ActionCancelled' };
  const status = scopeStatus(scopeRun.plan, scopeRun.activation);
  switch (status) {
    case 'Succeeded':
      return { status, code: 'NotSpecified' };
    case 'Failed':
      return { status, code: actionFailed.code, error: actionFailed };
    case 'Cancelled':
      return { status, code: 'ActionCancelled' };
  }
}
