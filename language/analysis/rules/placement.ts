/**
 * Actions that may not stand where they stand, and operations that the kind of workflow does not have.
 * Sources: Microsoft's schema reference for trigger and action types ("Response action", "Terminate action", "Initialize variable")
 * and "Single-tenant versus multitenant", table of stateful and stateless workflows.
 */
import { enclosing } from '../../workflow/graph';
import type { Action, Workflow } from '../../workflow/model';
import { jsonText } from '../../json/escape';
import { member, property } from '../../json/tree';
import { isComputed } from '../computed';
import type { Finding, WorkflowContext, WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';

export const placementRule: WorkflowRule = {
  name: 'placement',
  reach: 'order',
  *check(context) {
    const { workflow, due } = context;
    for (const action of due.actions()) {
      yield* checkAction(context, action);
    }
    yield* checkKind(workflow);
    yield* checkTriggers(workflow);
  },
};

function* checkAction({ workflow }: WorkflowContext, action: Action): Iterable<Finding> {
  const place = (code: Finding['code'], message: string): Finding => ({
    code,
    message,
    range: action.typeNode ?? action.property.key,
    path: action.path,
  });
  const loop = enclosing(action).find((each) => each.type === 'Foreach' || each.type === 'Until');
  switch (action.type) {
    case 'Response': {
      if (loop !== undefined) {
        yield place(
          'workflow-invalid-context',
          `A Response cannot stand inside the loop '${loop.name}': the caller gets one answer.`,
        );
      }
      const trigger = workflow.triggers[0];
      if (trigger !== undefined && !answersCallers(trigger.type)) {
        yield place(
          'workflow-invalid-context',
          `A Response answers the caller of a Request trigger, but '${trigger.name}' is a ${trigger.type} trigger.`,
        );
      }
      // Source: "Trigger multiple runs on an array": such a workflow runs asynchronously and answers 202 at once.
      if (trigger !== undefined && member(trigger.node, 'splitOn') !== undefined) {
        yield {
          ...place(
            'workflow-invalid-context',
            `'${trigger.name}' starts a run per item (splitOn), so its caller gets 202 at once and never this Response.`,
          ),
          severity: 'warning',
        };
      }
      return;
    }
    case 'Terminate':
      if (loop !== undefined) {
        yield place('workflow-invalid-context', `Terminate cannot stand inside the loop '${loop.name}'.`);
      }
      return;
    case 'InitializeVariable':
      if (action.scope.owner !== undefined) {
        yield place(
          'variable-in-scope',
          `A variable is declared for the whole run: move '${action.name}' out of '${action.scope.owner.name}' to the top level.`,
        );
      }
      return;
    default:
      return;
  }
}

/** Unknown types and types computed by a template are given the benefit of the doubt. */
function answersCallers(type: string): boolean {
  return !['Recurrence', 'SlidingWindow', 'Batch'].includes(type);
}

const kinds = ['Stateful', 'Stateless', 'Agent', 'Agentic'];

function* checkKind({ kind }: Workflow): Iterable<Finding> {
  if (kind === undefined || isComputed(kind.value)) return;
  if (kinds.some((each) => each.toLowerCase() === kind.value.toLowerCase())) return;
  const near = nearest(kind.value, kinds);
  yield {
    code: 'workflow-unknown-kind',
    ...(near === undefined ? {} : { severity: 'warning' as const }),
    range: kind,
    path: '/kind',
    message: `'${kind.value}' is not a known kind of workflow.${suggestion(near)}`,
    fixes:
      near === undefined
        ? []
        : [{ title: `Change to '${near}'`, edits: [{ range: kind, newText: jsonText(near) }], preferred: true }],
  };
}

function* checkTriggers(workflow: Workflow): Iterable<Finding> {
  const triggers = property(workflow.definition, 'triggers');
  if (triggers?.value?.kind === 'object' && workflow.triggers.length === 0 && workflow.actions.length > 0) {
    yield {
      code: 'trigger-count',
      severity: 'information',
      range: triggers.key,
      path: `${workflow.path}/triggers`,
      message: 'A workflow without a trigger never starts.',
    };
  }
  for (const operation of [...workflow.triggers, ...workflow.actions]) {
    if (operation.name.trim() !== '') continue;
    yield {
      code: 'workflow-invalid-value',
      range: operation.property.key,
      path: operation.path,
      message: 'An operation needs a name.',
    };
  }
  if (workflow.shape === 'arm') return;
  for (const trigger of workflow.triggers.slice(1)) {
    yield {
      code: 'trigger-count',
      range: trigger.property.key,
      path: trigger.path,
      message: 'A workflow starts with one trigger; designers show only the first.',
    };
  }
}
