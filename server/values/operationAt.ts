/** The trigger or action that a place in the document belongs to, and the member of it. */
import { touches } from '../../language/text/range';
import { property } from '../../language/json/tree';
import type { Action, Trigger, Workflow } from '../../language/workflow/model';
import type { NamePlace } from './names';

/** The innermost action or the trigger whose value holds the offset. */
export function operationAt(workflow: Workflow | undefined, offset: number): Action | Trigger | undefined {
  if (workflow === undefined) return undefined;
  // Document order puts inner actions after outer ones.
  const action = workflow.actions.findLast((each) => each.node !== undefined && touches(each.node, offset));
  return action ?? workflow.triggers.find((each) => each.node !== undefined && touches(each.node, offset));
}

export function namePlaceAt(workflow: Workflow | undefined, offset: number): NamePlace {
  const owner = operationAt(workflow, offset);
  const member = owner?.node?.properties.find((each) => touches(each, offset));
  return { owner, member: member?.key.value };
}

/** True where the platform evaluates texts: not in names, notes and runAfter. */
export function isEvaluatedAt(workflow: Workflow | undefined, offset: number): boolean {
  if (workflow === undefined) return false;
  const { owner, member } = namePlaceAt(workflow, offset);
  if (owner === undefined) return workflow.outputs !== undefined && touches(workflow.outputs, offset);
  if (member === undefined || ['type', 'kind', 'description', 'metadata', 'runAfter', 'actions'].includes(member))
    return false;
  return property(owner.node, member)?.value !== undefined;
}
