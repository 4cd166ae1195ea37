/**
 * A run that has ended, begun again from some of its actions: these and everything that follows them are executed once more, what came
 * before or stands beside them keeps its results. Source: "Rerun a workflow from an action", considerations and limitations.
 */
import type { RunEvent } from '../events';
import type { ActionPlan, WorkflowPlan } from './plan';

export type Resubmission =
  | { readonly events: readonly RunEvent[] }
  | { readonly problem: string; readonly code: 'WorkflowRunActionNotFound' | 'WorkflowRunActionNotResubmittable' };

/** The events with which the new run begins; `runId` and `time` are the new run's. */
export function resubmission(
  plan: WorkflowPlan,
  events: readonly RunEvent[],
  actions: readonly string[],
  runId: string,
  time: number,
): Resubmission {
  const again = new Set<string>();
  for (const name of actions) {
    const action = plan.actions.get(name.toLowerCase());
    if (action === undefined) {
      return { problem: `The workflow has no action '${name}'.`, code: 'WorkflowRunActionNotFound' };
    }
    const loop = action.loops.at(-1);
    if (loop !== undefined) {
      return {
        problem: `The action '${action.name}' is part of the loop '${loop.name}': a run can begin again with the loop, not within it.`,
        code: 'WorkflowRunActionNotResubmittable',
      };
    }
    for (let each: ActionPlan | undefined = action; each !== undefined; each = each.scope.owner)
      addFollowers(each, again);
    addInside(action, again);
  }
  const kept: RunEvent[] = [];
  for (const event of events) {
    const sequence = kept.length + 1;
    switch (event.type) {
      case 'runStarted': {
        // Nobody waits for the new run, also when another one had called the old one.
        const { type, workflow, trigger, stateless, clientTrackingId } = event;
        kept.push({ type, runId, sequence, time, workflow, trigger, stateless, clientTrackingId });
        break;
      }
      case 'triggerFired':
        kept.push({ ...event, runId, sequence, time });
        break;
      case 'actionStarted':
      case 'actionInputs':
      case 'attempt':
      case 'actionFinished':
      case 'iterationStarted':
      case 'iterationFinished':
      case 'variableSet':
        if (!again.has(event.step.action.toLowerCase())) kept.push({ ...event, runId, sequence });
        break;
      case 'responseSent':
      case 'paused':
      case 'resumed':
      case 'runFinished':
        break;
    }
  }
  return { events: kept };
}

/** An action, and all that waits for it: it must be told anew how they ended. */
function addFollowers(action: ActionPlan, again: Set<string>): void {
  const open = [action];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const name = next.name.toLowerCase();
    if (again.has(name)) continue;
    again.add(name);
    for (const dependent of next.dependents) {
      addInside(dependent, again);
      open.push(dependent);
    }
  }
}

function addInside(action: ActionPlan, again: Set<string>): void {
  for (const scope of action.scopes) {
    for (const each of scope.actions) {
      again.add(each.name.toLowerCase());
      addInside(each, again);
    }
  }
}
