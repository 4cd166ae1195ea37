/**
 * What a debugger has to know of a workflow's structure: which scopes are around an action, what comes after it, and whether its
 * failure is handled. Answers come from the model; unknown names (the file was edited while a run was held) get harmless ones.
 */
import type { Action } from '../../../language/workflow/model';
import { actionType } from '../../../language/workflow/actions';
import { ancestors, enclosing, findAction } from '../../../language/workflow/graph';
import type { Workflow } from '../../../language/workflow/model';

export interface Owner {
  readonly action: string;
  /** True for actions that run their inside repeatedly. */
  readonly loop: boolean;
}

export interface Nesting {
  /** The actions around an action, outermost first. */
  owners(workflow: string, action: string): readonly Owner[];
  /** True when `later` stands in the scope of `earlier` and runs, directly or not, after it. */
  follows(workflow: string, earlier: string, later: string): boolean;
  /** True when some action asks, by its runAfter, for this way of ending, or an action around does. */
  handles(workflow: string, action: string, status: string): boolean;
  isContainer(workflow: string, action: string): boolean;
}

/** Of a run: a run that is under way goes on in the workflow that it began with, whatever has been saved since. */
export type NestingOfRun = (runId: string) => Nesting;

/** `find` gives the model of a workflow by its folder name. */
export function nestingOf(find: (workflow: string) => Workflow | undefined): Nesting {
  const actionOf = (workflow: string, name: string): Action | undefined => {
    const model = find(workflow);
    return model && findAction(model, name);
  };
  return {
    owners(workflow, name) {
      const action = actionOf(workflow, name);
      if (action === undefined) return [];
      return enclosing(action)
        .reverse()
        .map((owner) => ({ action: owner.name, loop: isLoop(owner) }));
    },
    follows(workflow, earlier, later) {
      const [first, second] = [actionOf(workflow, earlier), actionOf(workflow, later)];
      return first !== undefined && second !== undefined && ancestors(second).has(first);
    },
    handles(workflow, name, status) {
      const action = actionOf(workflow, name);
      return action !== undefined && isHandled(action, status);
    },
    isContainer(workflow, name) {
      const action = actionOf(workflow, name);
      return action !== undefined && action.scopes.length > 0;
    },
  };
}

function isLoop(action: Action): boolean {
  const nesting = actionType(action.type)?.nesting;
  return nesting === 'foreach' || nesting === 'until';
}

function isHandled(action: Action, status: string): boolean {
  if (isAskedFor(action, status, new Set())) return true;
  const { owner } = action.scope;
  return owner !== undefined && isHandled(owner, 'Failed');
}

/** A sibling that does not run because of this way of ending is skipped, and may in turn be waited for as skipped. */
function isAskedFor(action: Action, status: string, seen: Set<Action>): boolean {
  if (seen.has(action)) return false;
  seen.add(action);
  const name = action.name.toLowerCase();
  return action.scope.actions.some((sibling) => {
    const entry = sibling.runAfter.find((each) => each.name.toLowerCase() === name);
    if (entry === undefined) return false;
    const asks = entry.statuses.some((each) => each.toLowerCase() === status.toLowerCase());
    return asks || isAskedFor(sibling, 'Skipped', seen);
  });
}
