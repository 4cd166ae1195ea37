/**
 * Actions that inline scripts name: in `explicitDependencies`, and in JavaScript as `workflowContext.actions.Name`. They exist, and
 * have ended when the script starts. Source: "Run code snippets in workflows".
 */
import { pointerOf } from '../../json/path';
import { member } from '../../json/tree';
import type { JsonNode } from '../../json/tree';
import { jsonText, StringOffsets } from '../../json/escape';
import type { Action, Workflow } from '../../workflow/model';
import { isComputed } from '../computed';
import type { Finding, WorkflowContext, WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';

export const scriptsRule: WorkflowRule = {
  name: 'scripts',
  *check(context) {
    for (const action of context.workflow.actions) {
      if (action.type !== 'JavaScriptCode' && action.type !== 'CSharpScriptCode' && action.type !== 'PowerShellCode')
        continue;
      yield* dependencies(context, action);
      if (action.type === 'JavaScriptCode') yield* code(context, action);
    }
  },
};

function* dependencies(context: WorkflowContext, action: Action): Iterable<Finding> {
  const path = ['inputs', 'explicitDependencies', 'actions'];
  const list = path.reduce<JsonNode | undefined>((each, name) => member(each, name), action.node);
  if (list?.kind !== 'array') return;
  for (const [index, node] of list.items.entries()) {
    if (node.kind !== 'string' || isComputed(node.value)) continue;
    const pointer = action.path + pointerOf([...path, index]);
    const found = judge(context, action, node.value, spelled(node.value));
    if (found === undefined) continue;
    const { near, ...rest } = found;
    yield {
      ...rest,
      range: node,
      path: pointer,
      fixes:
        near === undefined
          ? []
          : [{ title: `Change to '${near}'`, edits: [{ range: node, newText: jsonText(near) }], preferred: true }],
    };
  }
}

const access = /\bworkflowContext\s*\.\s*actions\s*(?:\.\s*([A-Za-z_$][\w$]*)|\[\s*(['"])((?:(?!\2)[^\\])*)\2\s*\])/g;

function* code(context: WorkflowContext, action: Action): Iterable<Finding> {
  const node = member(action.inputs, 'code');
  if (node?.kind !== 'string' || isComputed(node.value) || !node.value.includes('workflowContext')) return;
  const offsets = new StringOffsets(context.workflow.tree.text, node);
  for (const match of node.value.matchAll(access)) {
    const name = match[1] ?? match[3] ?? '';
    const found = judge(context, action, name, spelled(name));
    if (found === undefined) continue;
    const start = match.index + match[0].lastIndexOf(name);
    yield {
      code: found.code,
      message: found.message,
      // The script may look before it reads.
      severity: 'warning',
      range: offsets.rangeInDocument({ start, end: start + name.length }),
      path: `${action.path}/inputs/code`,
    };
  }
}

/** In scripts, names match in any case, and blanks are underscores. */
function spelled(name: string): (other: string) => boolean {
  const plain = (text: string): string => text.toLowerCase().replaceAll(' ', '_');
  return (other) => plain(other) === plain(name);
}

interface Judgement {
  readonly code: Finding['code'];
  readonly message: string;
  readonly near?: string | undefined;
}

function judge(
  { workflow, order }: WorkflowContext,
  action: Action,
  name: string,
  isMeant: (other: string) => boolean,
): Judgement | undefined {
  const target = workflow.actions.find((each) => isMeant(each.name));
  if (target === undefined) {
    const near = nearest(name, actionNames(workflow));
    return { code: 'action-unknown', message: `There is no action '${name}'.${suggestion(near)}`, near };
  }
  if (order.precedes(target, action)) return undefined;
  return {
    code: 'action-not-run-before',
    message: `'${target.name}' may not have run when the script '${action.name}' starts: it is not on its runAfter path.`,
  };
}

function actionNames(workflow: Workflow): string[] {
  return workflow.actions.map((each) => each.name);
}
