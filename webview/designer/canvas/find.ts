/** Finds triggers and actions by what a user remembers of them: parts of the name, or of the type. */
import type { Action, Trigger, Workflow } from '../../../language/workflow/model';

/** In the order of the document, those whose name matches before those whose type does. Blanks and underscores are alike. */
export function findOperations(
  workflow: Workflow,
  query: string,
  labelOf: (operation: Trigger | Action) => string,
): readonly (Trigger | Action)[] {
  const wanted = plain(query);
  if (wanted === '') return [];
  const all = [...workflow.triggers, ...workflow.actions];
  const byName = all.filter((operation) => plain(operation.name).includes(wanted));
  const byType = all.filter(
    (operation) =>
      !byName.includes(operation) &&
      (plain(operation.type).includes(wanted) || plain(labelOf(operation)).includes(wanted)),
  );
  return [...byName, ...byType];
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll('_', ' ').trim();
}
