/** Fixes and messages about names in expressions that several rules share. */
import { escapedName } from '../json/escape';
import type { Fix } from '../text/diagnostic';
import type { Reference, WorkflowExpressions } from '../workflow/references';

/** Puts another name between the quotes. */
export function renameReference(expressions: WorkflowExpressions, reference: Reference, name: string): Fix {
  return {
    title: `Change to '${name}'`,
    edits: [{ range: expressions.nameRange(reference), newText: escapedName(name) }],
    preferred: true,
  };
}
