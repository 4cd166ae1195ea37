/** The gesture that changes after what an action runs. */
import type { Action } from '../../../language/workflow/model';
import { setRunAfter } from '../../../language/workflow/changes/setRunAfter';
import type { RunAfterEntry } from '../../../language/workflow/changes/setRunAfter';
import { ancestors } from '../../../language/workflow/graph';
import type { DrawnElement } from '../canvas/drawing';
import type { Designer } from '../designer';

export type { RunAfterEntry };

/** True when an action may come to run after another: both stand in one scope, and no circle comes of it. */
export function mayRunAfter(later: DrawnElement | undefined, earlier: DrawnElement | undefined): boolean {
  if (later?.kind !== 'action' || earlier?.kind !== 'action' || later === earlier) return false;
  const action = later.operation;
  const before = earlier.operation;
  const already = action.runAfter.some((entry) => entry.name.toLowerCase() === before.name.toLowerCase());
  return action.scope === before.scope && !already && !ancestors(before).has(action);
}

/** The gesture of drawing a line from one action to another. */
export function addRunAfter(
  designer: Designer,
  later: DrawnElement | undefined,
  earlier: DrawnElement | undefined,
): void {
  if (later?.kind !== 'action' || earlier?.kind !== 'action' || !mayRunAfter(later, earlier)) return;
  const entries = later.operation.runAfter.map(({ name, statuses }): RunAfterEntry => ({ name, statuses }));
  changeRunAfter(designer, later.operation, [...entries, { name: earlier.operation.name, statuses: ['Succeeded'] }]);
}

export function changeRunAfter(designer: Designer, action: Action, entries: readonly RunAfterEntry[]): void {
  const { workflow } = designer;
  if (workflow !== undefined) designer.edit('Change run after', setRunAfter(workflow.tree, action, entries));
}
