/** Types that are not in the table: a hint, because new types appear on the platform before they appear here. */
import { actionType, actionTypes, triggerType, triggerTypes } from '../../workflow/actions';
import type { Operation } from '../../workflow/model';
import { jsonText } from '../../json/escape';
import { isComputed } from '../computed';
import type { Finding, WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';

export const typesRule: WorkflowRule = {
  name: 'types',
  *check({ workflow }) {
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
