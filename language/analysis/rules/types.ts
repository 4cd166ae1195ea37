/** Types that are not in the table: a hint, because new types appear on the platform before they appear here. */
import { operationSchema } from '../../catalog/operationSchemas';
import { actionType, actionTypes, triggerType, triggerTypes } from '../../workflow/actions';
import type { Action, Operation, Trigger, Workflow } from '../../workflow/model';
import { jsonText } from '../../json/escape';
import { isComputed } from '../computed';
import type { Finding, WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';

export const typesRule: WorkflowRule = {
  name: 'types',
  *check({ workflow }) {
    for (const operation of [...workflow.triggers, ...workflow.actions]) yield* checkPlan(workflow, operation);
    for (const trigger of workflow.triggers) {
      if (triggerType(trigger.type) === undefined) yield* unknown(trigger, 'trigger', triggerTypes);
    }
    const names = actionTypes.map((each) => each.type);
    for (const action of workflow.actions) {
      if (actionType(action.type) === undefined) yield* unknown(action, 'action', names);
    }
  },
};

function* unknown(operation: Operation, role: 'action' | 'trigger', known: readonly string[]): Iterable<Finding> {
  const { typeNode } = operation;
  if (typeNode?.kind !== 'string' || typeNode.value === '' || isComputed(typeNode.value)) return;
  const near = nearest(operation.type, known);
  yield {
    code: role === 'action' ? 'action-unknown-type' : 'trigger-unknown-type',
    range: typeNode,
    path: `${operation.path}/type`,
    message: `'${operation.type}' is not a known type of ${role}; it cannot be checked or run here.${suggestion(near)}`,
    // A slip of the pen is worth more than a hint.
    ...(near === undefined ? {} : { severity: 'warning' as const }),
    fixes:
      near === undefined
        ? []
        : [{ title: `Change to '${near}'`, edits: [{ range: typeNode, newText: jsonText(near) }], preferred: true }],
  };
}

/** A resource of type Microsoft.Logic/workflows is a Consumption workflow, which lacks what runs inside of a Standard app. */
function* checkPlan({ shape }: Workflow, operation: Action | Trigger): Iterable<Finding> {
  if (shape !== 'arm') return;
  const plans = operationSchema(operation.role, operation.type)?.['x-plans'];
  if (plans === undefined || plans.includes('consumption')) return;
  yield {
    code: 'operation-not-in-plan',
    range: operation.typeNode ?? operation.property.key,
    path: operation.path,
    message: `${operation.type} operations exist in Standard logic apps only, and this is a Consumption workflow.`,
  };
}
