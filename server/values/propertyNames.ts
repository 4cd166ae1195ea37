/** Names of properties after `?['` and `.`, from what is known of the value before them. */
import type { Expression } from '../../language/expressions/ast';
import { membersOf, shapeOf } from '../../language/workflow/shapes';
import type { DocumentView } from '../workspace';
import type { NamePlace, OfferedName } from './names';

export function propertyNames(view: DocumentView, place: NamePlace, target: Expression): OfferedName[] {
  const { workflow } = view.document;
  return workflow === undefined ? [] : membersOf(shapeOf(workflow, place.owner, target));
}
