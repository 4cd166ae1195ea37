/** runAfter: the names exist among the siblings, the statuses are known, nothing waits for itself. */
import { jsonText } from '../../json/escape';
import type { Fix } from '../../text/diagnostic';
import { runStatuses } from '../../workflow/model';
import type { Action, RunAfter } from '../../workflow/model';
import { sibling } from '../../workflow/graph';
import { removeProperty } from '../../workflow/changes/removeProperty';
import { pointerOf } from '../../json/path';
import type { Finding, WorkflowContext, WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';

export const runAfterRule: WorkflowRule = {
  name: 'runAfter',
  reach: 'order',
  *check(context) {
    for (const action of context.due.actions()) {
      yield undefined;
      for (const entry of action.runAfter) {
        yield* checkName(context, action, entry);
        yield* checkStatuses(action, entry);
      }
      if (context.order.isCyclic(action)) yield cycle(action);
      if (context.order.isBlocked(action)) yield blocked(action);
    }
  },
};

function entryPath(action: Action, entry: RunAfter): string {
  return action.path + pointerOf(['runAfter', entry.name]);
}

function* checkName(context: WorkflowContext, action: Action, entry: RunAfter): Iterable<Finding> {
  const { workflow } = context;
  if (sibling(action.scope, entry.name) !== undefined) return;
  const range = entry.property.key;
  const path = entryPath(action, entry);
  const { name } = entry;
  const remove: Fix = { title: `Remove '${name}' from runAfter`, edits: removeProperty(workflow.tree, entry.property) };
  const elsewhere = workflow.actionsByName.get(name.toLowerCase());
  if (elsewhere !== undefined) {
    yield {
      code: 'run-after-other-scope',
      range,
      path,
      message: `'${name}' stands in another scope: runAfter can only name actions beside '${action.name}'.`,
      fixes: [remove],
    };
    return;
  }
  const trigger = workflow.triggers.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (trigger !== undefined) {
    // Microsoft's own conversational agents are written so, and run.
    if (trigger.kind?.toLowerCase() === 'agent') return;
    yield {
      code: 'run-after-trigger',
      range,
      path,
      message: `'${name}' is the trigger, which has always fired: runAfter names actions only.`,
      fixes: [{ ...remove, preferred: true }],
    };
    return;
  }
  const others = action.scope.actions.filter((each) => each !== action).map((each) => each.name);
  const near = nearest(name, others);
  yield {
    code: 'run-after-unknown',
    range,
    path,
    message: `There is no action '${name}' beside '${action.name}'.${suggestion(near)}`,
    fixes: [
      ...(near === undefined
        ? []
        : [{ title: `Change to '${near}'`, edits: [{ range, newText: jsonText(near) }], preferred: true }]),
      remove,
    ],
  };
}

const known = [...runStatuses, 'Cancelled'];
const lowerStatuses: ReadonlySet<string> = new Set(known.map((each) => each.toLowerCase()));

function* checkStatuses(action: Action, entry: RunAfter): Iterable<Finding> {
  const list = entry.property.value;
  if (list?.kind !== 'array') return;
  if (list.items.length === 0) {
    yield {
      code: 'run-after-invalid',
      range: list,
      path: entryPath(action, entry),
      message: `No status is given: '${action.name}' runs after '${entry.name}' has ended as … .`,
      fixes: [{ title: "Add 'Succeeded'", edits: [{ range: list, newText: '["Succeeded"]' }], preferred: true }],
    };
  }
  for (const item of list.items) {
    if (item.kind !== 'string') continue;
    if (lowerStatuses.has(item.value.toLowerCase())) continue;
    const near = nearest(item.value, known);
    yield {
      code: 'run-after-invalid-status',
      range: item,
      path: entryPath(action, entry),
      message: `'${item.value}' is no status: an action ends as Succeeded, Failed, Skipped or TimedOut.${suggestion(near)}`,
      fixes:
        near === undefined
          ? []
          : [{ title: `Change to '${near}'`, edits: [{ range: item, newText: jsonText(near) }], preferred: true }],
    };
  }
}

function cycle(action: Action): Finding {
  const self = action.runAfter.find((entry) => sibling(action.scope, entry.name) === action);
  const property = action.node?.properties.findLast((each) => each.key.value === 'runAfter');
  return {
    code: 'run-after-cycle',
    range: self?.property.key ?? property?.key ?? action.property.key,
    path: `${action.path}/runAfter`,
    message:
      self === undefined
        ? `'${action.name}' waits for itself: its runAfter leads back to it through other actions.`
        : `'${action.name}' cannot run after itself.`,
  };
}

function blocked(action: Action): Finding {
  return {
    code: 'action-unreachable',
    range: action.property.key,
    path: action.path,
    message: `'${action.name}' can never run: it waits for actions that wait for each other.`,
  };
}
