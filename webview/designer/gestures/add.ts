/** The gesture that adds what was chosen in the palette at the place that was pointed at. */
import { addAction, addTrigger, freeName } from '../../../language/workflow/changes/addAction';
import type { Place } from '../../../language/workflow/changes/addAction';
import type { Workflow } from '../../../language/workflow/model';
import type { OperationElement } from '../canvas/places';
import type { Designer } from '../designer';
import type { PaletteEntry } from '../palette/entries';
import type { InsertPoint } from './insertPoint';

export function add(designer: Designer, entry: PaletteEntry, insertAt: InsertPoint): void {
  const { workflow } = designer;
  if (workflow === undefined) return;
  const name = freeName(workflow, entry.name);
  if (insertAt.kind === 'trigger') {
    designer.edit(`Add ${entry.label}`, addTrigger(workflow, name, entry.members), `${workflow.path}/triggers/${name}`);
    return;
  }
  const place = placeOf(workflow, designer, insertAt);
  if (place === undefined) return;
  const edits = addAction(workflow, { name, members: entry.members, ...place });
  designer.edit(`Add ${entry.label}`, edits, `${place.scope.path}/${name}`);
}

/** What an insert point means for runAfter; undefined when what it points at has gone. */
export function placeOf(
  workflow: Workflow,
  designer: Designer,
  insertAt: Exclude<InsertPoint, { kind: 'trigger' }>,
): Place | undefined {
  switch (insertAt.kind) {
    case 'into':
      return { scope: insertAt.scope, runAfter: [], followers: [], insteadOf: undefined };
    case 'below':
      return placeBelow(workflow, insertAt.element.operation);
    case 'after': {
      const { element } = insertAt;
      if (element.kind === 'trigger')
        return { scope: workflow.scope, runAfter: [], followers: [], insteadOf: undefined };
      const { name, scope } = element.operation;
      return { scope, runAfter: [{ name, statuses: ['Succeeded'] }], followers: [], insteadOf: undefined };
    }
    case 'between': {
      const target = designer.elementById(insertAt.line.to);
      if (target?.kind === 'empty') return { scope: target.scope, runAfter: [], followers: [], insteadOf: undefined };
      if (target?.kind !== 'action') return undefined;
      const { runAfter } = insertAt.line;
      return {
        scope: target.operation.scope,
        runAfter: runAfter === undefined ? [] : [{ name: runAfter.name, statuses: runAfter.statuses }],
        followers: [target.operation],
        insteadOf: runAfter?.name,
      };
    }
  }
}

/** The new action runs after this one; what ran after it on success runs after the new one. */
function placeBelow(workflow: Workflow, operation: OperationElement['operation']): Place {
  if (operation.role === 'trigger') {
    const followers = workflow.scope.actions.filter((action) => action.runAfter.length === 0);
    return { scope: workflow.scope, runAfter: [], followers, insteadOf: undefined };
  }
  const { name, scope } = operation;
  const followers = scope.actions.filter((action) =>
    action.runAfter.some(
      (entry) =>
        entry.name.toLowerCase() === name.toLowerCase() &&
        (entry.statuses.length === 0 || entry.statuses.includes('Succeeded')),
    ),
  );
  return { scope, runAfter: [{ name, statuses: ['Succeeded'] }], followers, insteadOf: name };
}
