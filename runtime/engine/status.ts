/**
 * The status that a scope, an iteration or a run ends with. Its last actions decide; a last action that was skipped stands for the
 * actions it waited for. Source: "Handle errors and exceptions in workflows", evaluation of branch statuses.
 */
import type { Activation } from './activation';
import type { ActionPlan, ScopePlan } from './plan';

export type ScopeStatus = 'Succeeded' | 'Failed' | 'Cancelled';

/** Every action of the scope has ended. */
export function scopeStatus(scope: ScopePlan, activation: Activation): ScopeStatus {
  let status: ScopeStatus = 'Succeeded';
  for (const leaf of scope.leaves) {
    const each = leafStatus(leaf, activation);
    if (each === 'Failed') return 'Failed';
    if (each === 'Cancelled') status = 'Cancelled';
  }
  return status;
}

/** Runs over skipped predecessors without recursion: chains may be thousands of actions long. */
function leafStatus(leaf: ActionPlan, activation: Activation): ScopeStatus {
  let status: ScopeStatus = 'Succeeded';
  const open = [leaf];
  let seen: Set<ActionPlan> | undefined;
  for (let action = open.pop(); action !== undefined; action = open.pop()) {
    switch (activation.records[action.slot]?.status) {
      case 'Failed':
      case 'TimedOut':
        return 'Failed';
      case 'Cancelled':
      case 'Aborted':
        status = 'Cancelled';
        break;
      case 'Skipped':
        seen ??= new Set();
        for (const { action: before } of action.predecessors) {
          if (seen.has(before)) continue;
          seen.add(before);
          open.push(before);
        }
        break;
      case 'Succeeded':
      case 'Waiting':
      case 'Running':
      case 'Paused':
      case undefined:
        break;
    }
  }
  return status;
}
