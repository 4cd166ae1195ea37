/** Removing an action with everything in it; what ran after it then runs after what it ran after. */
import type { TextEdit } from '../../text/edit';
import type { Action, Workflow } from '../model';
import { removeProperty } from './removeProperty';
import { setRunAfter } from './setRunAfter';
import type { RunAfterEntry } from './setRunAfter';

/** The edits that remove an action. References to it in expressions stay, and are reported by the checks. */
export function removeAction(workflow: Workflow, action: Action): TextEdit[] {
  const { tree } = workflow;
  const key = action.name.toLowerCase();
  const rewired = action.scope.actions.flatMap((follower) => {
    const entry = follower.runAfter.find((each) => each.name.toLowerCase() === key);
    if (entry === undefined || follower === action) return [];
    const others = follower.runAfter
      .filter((each) => each.name.toLowerCase() !== key)
      .map((each): RunAfterEntry => ({ name: each.name, statuses: each.statuses }));
    const inherited = action.runAfter
      .filter((each) => !others.some((other) => other.name.toLowerCase() === each.name.toLowerCase()))
      .map((each): RunAfterEntry => ({ name: each.name, statuses: each.statuses }));
    return setRunAfter(tree, follower, [...inherited, ...others]);
  });
  return [...removeProperty(tree, action.property), ...rewired];
}
