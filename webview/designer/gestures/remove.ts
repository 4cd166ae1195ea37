/** The gesture that deletes an operation; VS Code's undo brings it back. */
import { removeAction } from '../../../language/workflow/changes/removeAction';
import { removeProperty } from '../../../language/workflow/changes/removeProperty';
import type { OperationElement } from '../canvas/places';
import type { Designer } from '../designer';

export function remove(designer: Designer, element: OperationElement): void {
  const { workflow } = designer;
  if (workflow === undefined) return;
  const { operation } = element;
  const edits =
    operation.role === 'action' ? removeAction(workflow, operation) : removeProperty(workflow.tree, operation.property);
  // What it ran after, or the container around it, is the natural next place.
  const before = operation.role === 'action' ? operation.runAfter[0] : undefined;
  const next =
    operation.role !== 'action'
      ? undefined
      : before === undefined
        ? operation.scope.owner?.path
        : operation.scope.actions.find((each) => each.name.toLowerCase() === before.name.toLowerCase())?.path;
  designer.closePanel();
  designer.edit(`Delete ${operation.name}`, edits);
  designer.select(next, 'keep');
}
