/**
 * Names and counts that the platform bounds. Sources: "Definition limits", "Retry policy" and "Inline code action" of Microsoft's
 * limits page, and the definition language schema reference.
 */
import { member } from '../../json/tree';
import type { JsonNode, ObjectNode } from '../../json/tree';
import type { Action, Operation, Workflow } from '../../workflow/model';
import { variableDeclarations } from '../../workflow/variables';
import { isComputed } from '../computed';
import type { Finding, WorkflowRule } from '../rule';

const MAX_ACTIONS = 500;
const MAX_TRIGGERS = 10;
const MAX_NAME = 80;
const MAX_DESCRIPTION = 256;
const MAX_DEPTH = 8;
const MAX_PARAMETERS = 50;
const MAX_OUTPUTS = 10;
const MAX_CASES = 25;
const MAX_VARIABLES = 250;
const MAX_TRACKED = 8000;
/** Characters of an inline script in a Consumption workflow. */
const MAX_SCRIPT = 1024;

export const limitsRule: WorkflowRule = {
  name: 'limits',
  reach: 'order',
  *check({ workflow, due }) {
    yield* checkCounts(workflow);
    for (const operation of due.operations()) yield* checkTexts(operation, workflow);
    for (const action of due.actions()) yield* checkNesting(action);
  },
};

function* checkCounts(workflow: Workflow): Iterable<Finding> {
  const { path } = workflow;
  const excess = (
    kind: string,
    most: number,
    keys: readonly { range: Finding['range']; path: string }[],
  ): Finding[] => {
    const first = keys[most];
    return first === undefined
      ? []
      : [limit(first.range, first.path, `A workflow may have ${most} ${kind}; this one has ${keys.length}.`)];
  };
  const operations = (list: readonly Operation[]): { range: Finding['range']; path: string }[] =>
    list.map((each) => ({ range: each.property.key, path: each.path }));
  yield* excess('actions', MAX_ACTIONS, operations(workflow.actions));
  yield* excess('triggers', MAX_TRIGGERS, operations(workflow.triggers));
  yield* excess(
    'parameters',
    MAX_PARAMETERS,
    workflow.parameters.map(({ property }) => ({ range: property.key, path: `${path}/parameters` })),
  );
  yield* excess('outputs', MAX_OUTPUTS, keysOf(workflow.outputs, `${path}/outputs`));
  yield* excess(
    'variables',
    MAX_VARIABLES,
    variableDeclarations(workflow).map((each) => ({ range: each.nameNode, path: each.path })),
  );
}

function keysOf(node: JsonNode | undefined, path: string): { range: Finding['range']; path: string }[] {
  return node?.kind === 'object' ? node.properties.map(({ key }) => ({ range: key, path })) : [];
}

/** Operations whose texts are short enough; their nodes stay so from version to version. */
const short = new WeakSet<ObjectNode>();

function* checkTexts(operation: Operation, { shape }: Workflow): Iterable<Finding> {
  const { name, node, path } = operation;
  if (name.length > MAX_NAME) {
    yield limit(operation.property.key, path, `A name may have ${MAX_NAME} characters; this one has ${name.length}.`);
  }
  if (node === undefined || short.has(node)) return;
  const found: Finding[] = [];
  const description = member(node, 'description');
  if (description?.kind === 'string' && description.value.length > MAX_DESCRIPTION) {
    const message = `A description may have ${MAX_DESCRIPTION} characters; this one has ${description.value.length}.`;
    found.push(limit(description, `${path}/description`, message));
  }
  const tracked = member(node, 'trackedProperties');
  if (tracked !== undefined && tracked.end - tracked.start > MAX_TRACKED) {
    const message = `Tracked properties may have ${MAX_TRACKED} characters together.`;
    found.push(limit(startOf(tracked), `${path}/trackedProperties`, message));
  }
  const cases = operation.type === 'Switch' ? member(node, 'cases') : undefined;
  const extra = cases?.kind === 'object' ? cases.properties[MAX_CASES] : undefined;
  if (extra !== undefined) {
    found.push(limit(extra.key, `${path}/cases`, `A Switch may have ${MAX_CASES} cases besides its default.`));
  }
  const code = operation.type === 'JavaScriptCode' ? member(operation.inputs, 'code') : undefined;
  if (shape === 'arm' && code?.kind === 'string' && !isComputed(code.value) && code.value.length > MAX_SCRIPT) {
    const message = `In a Consumption workflow, inline code may have ${MAX_SCRIPT} characters; this has ${code.value.length}.`;
    found.push(limit(startOf(code), `${path}/inputs/code`, message));
  }
  if (found.length === 0) short.add(node);
  yield* found;
}

function* checkNesting(action: Action): Iterable<Finding> {
  let depth = 1;
  for (let owner = action.scope.owner; owner !== undefined; owner = owner.scope.owner) depth++;
  // Only the outermost of those too deep: what is inside it adds nothing.
  if (depth === MAX_DEPTH + 1) {
    yield limit(action.property.key, action.path, `Actions may be nested ${MAX_DEPTH} levels deep.`);
  }
}

/** A long value is not underlined as a whole. */
function startOf({ start }: JsonNode): Finding['range'] {
  return { start, end: start + 1 };
}

function limit(range: Finding['range'], path: string, message: string): Finding {
  return { code: 'platform-limit', range, path, message };
}
