/** The gesture that adds what was chosen in the palette at the place that was pointed at. */
import { addAction, addTrigger, freeName } from '../../../language/workflow/changes/addAction';
import type { RunAfterEntry } from '../../../language/workflow/changes/setRunAfter';
import type { Action, Scope, Workflow } from '../../../language/workflow/model';
import type { Designer } from '../designer';
import type { PaletteEntry } from '../palette/entries';
import type { InsertPoint } from './insertPoint';

interface Place {
  readonly scope: Scope;
  readonly runAfter: readonly RunAfterEntry[];
  readonly followers: readonly Action[];
  readonly insteadOf: string | undefined;
}

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

function placeOf(
  workflow: Workflow,
  designer: Designer,
  insertAt: Exclude<InsertPoint, { kind: 'trigger' }>,
): Place | undefined {
  switch (insertAt.kind) {
    case 'into':
      return { scope: insertAt.scope, runAfter: [], followers: [], insteadOf: undefined };
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
