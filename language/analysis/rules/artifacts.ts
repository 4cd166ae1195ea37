/** What an operation names outside of its workflow: other workflows of the project, maps, schemas, static results. */
import { jsonText } from '../../json/escape';
import { member } from '../../json/tree';
import type { JsonNode } from '../../json/tree';
import { calledWorkflow } from '../../workflow/calls';
import type { Operation } from '../../workflow/model';
import { isComputed } from '../computed';
import type { Finding, WorkflowContext, WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';

export const artifactsRule: WorkflowRule = {
  name: 'artifacts',
  reach: 'operation',
  *check(context) {
    const { workflow, project, due } = context;
    for (const operation of due.actions()) {
      yield* checkStaticResult(context, operation);
      if (workflow.shape !== 'standard' || project.documents.size === 0) continue;
      if (operation.type === 'Workflow' || operation.type === 'NestedAgent') yield* checkWorkflow(context, operation);
      yield* checkFile(operation, 'map', project.artifacts.maps);
      yield* checkFile(operation, 'schema', project.artifacts.schemas);
    }
  },
};

function* checkWorkflow({ project }: WorkflowContext, operation: Operation): Iterable<Finding> {
  const node = calledWorkflow(operation);
  if (node === undefined || isComputed(node.value) || node.value.startsWith('/')) return;
  const names = [...project.workflows.keys()];
  const called = names.find((each) => each.toLowerCase() === node.value.toLowerCase());
  if (called !== undefined) {
    const trigger = project.workflows.get(called)?.workflow?.triggers[0];
    if (trigger === undefined || isCallable(trigger.type) || isComputed(trigger.type)) return;
    yield {
      code: 'workflow-not-callable',
      range: node,
      path: `${operation.path}/inputs/host/workflow/id`,
      message: `'${called}' starts by itself (${trigger.type}): only a workflow with a Request trigger can be called.`,
    };
    return;
  }
  yield missing(
    'workflow-unknown',
    node,
    `${operation.path}/inputs/host/workflow/id`,
    node.value,
    names,
    (near) => `There is no workflow '${node.value}' in this project.${near}`,
  );
}

/** Source: "Nested behavior differences": what a calling workflow may call. Types that are not known pass. */
function isCallable(type: string): boolean {
  return !['Recurrence', 'SlidingWindow', 'Http', 'ApiConnection', 'ServiceProvider', 'Batch'].includes(type);
}

/** Files in `Artifacts`, named with or without their extension. */
function* checkFile(operation: Operation, kind: 'map' | 'schema', files: readonly string[]): Iterable<Finding> {
  const holder = member(operation.inputs, kind);
  const name = member(holder, 'name');
  const source = member(holder, 'source');
  if (source?.kind !== 'string' || source.value.toLowerCase() !== 'logicapp') return;
  if (name?.kind !== 'string' || name.value === '' || isComputed(name.value)) return;
  const wanted = name.value.toLowerCase();
  if (files.some((each) => each.toLowerCase() === wanted || each.toLowerCase().replace(/\.[^.]*$/, '') === wanted))
    return;
  const folder = kind === 'map' ? 'Artifacts/Maps' : 'Artifacts/Schemas';
  yield missing(
    'artifact-unknown',
    name,
    `${operation.path}/inputs/${kind}/name`,
    name.value,
    files,
    (near) => `There is no file '${name.value}' in ${folder}.${near}`,
  );
}

function* checkStaticResult({ workflow }: WorkflowContext, operation: Operation): Iterable<Finding> {
  const name = member(member(member(operation.node, 'runtimeConfiguration'), 'staticResult'), 'name');
  if (name?.kind !== 'string' || isComputed(name.value)) return;
  const names =
    workflow.staticResults?.kind === 'object' ? workflow.staticResults.properties.map((each) => each.key.value) : [];
  if (names.includes(name.value)) return;
  const path = `${operation.path}/runtimeConfiguration/staticResult/name`;
  yield missing(
    'static-result-unknown',
    name,
    path,
    name.value,
    names,
    (near) => `There is no entry '${name.value}' in "staticResults" of the definition.${near}`,
  );
}

function missing(
  code: Finding['code'],
  node: JsonNode,
  path: string,
  name: string,
  known: readonly string[],
  message: (suggestion: string) => string,
): Finding {
  const near = nearest(name, known);
  return {
    code,
    range: node,
    path,
    message: message(suggestion(near)),
    fixes:
      near === undefined
        ? []
        : [{ title: `Change to '${near}'`, edits: [{ range: node, newText: jsonText(near) }], preferred: true }],
  };
}
