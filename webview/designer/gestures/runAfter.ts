/** The gesture that changes after what an action runs. */
import type { Action } from '../../../language/workflow/model';
import { setRunAfter } from '../../../language/workflow/changes/setRunAfter';
import type { RunAfterEntry } from '../../../language/workflow/changes/setRunAfter';
import type { Designer } from '../designer';

export type { RunAfterEntry };

export function changeRunAfter(designer: Designer, action: Action, entries: readonly RunAfterEntry[]): void {
  const { workflow } = designer;
  if (workflow !== undefined) designer.edit('Change run after', setRunAfter(workflow.tree, action, entries));
}
