/** Why a workflow cannot run: every reason, before a trigger is armed. A workflow that can run has none. */
import { parseTemplate } from '../../language/expressions/template';
import type { JsonNode } from '../../language/json/tree';
import type { Workflow } from '../../language/workflow/model';
import type { WorkflowReading } from '../../language/workflow/read';
import { LineIndex } from '../../language/text/range';
import { triggerHandler } from '../triggers/registry';
import type { ScopePlan, WorkflowPlan } from './plan';

/** Reasons, each a sentence that names the place. */
export function runProblems(reading: WorkflowReading, plan: WorkflowPlan | undefined): string[] {
  const { workflow, problems } = reading;
  if (workflow === undefined || plan === undefined) return problems.map(({ message }) => message);
  const lines = new LineIndex(workflow.tree.text);
  const reasons = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ message, range }) => `${message} (line ${lines.positionAt(range.start).line + 1})`);
  if (workflow.triggers.length === 0) reasons.push('The workflow has no trigger.');
  if (workflow.triggers.length > 1 && workflow.shape === 'standard')
    reasons.push('The workflow has more than one trigger; a Standard workflow has exactly one.');
  // Agent workflows let their first action run after the trigger, which has fired when there is a run at all.
  checkScope(plan.root, new Set(workflow.triggers.map(({ name }) => name.toLowerCase())), reasons);
  for (const action of workflow.actions) {
    if (action.type === '') reasons.push(`The action '${action.name}' has no type.`);
    checkExpressions(action.name, action.inputs, reasons);
  }
  for (const action of plan.actions.values()) {
    for (const reason of action.handler.check?.(action) ?? [])
      reasons.push(`The action '${action.name}' cannot run: ${reason}.`);
  }
  for (const trigger of plan.triggers) {
    const handler = triggerHandler(trigger.type);
    for (const reason of handler?.check?.(trigger) ?? [])
      reasons.push(`The trigger '${trigger.name}' cannot fire: ${reason}.`);
  }
  checkVariables(workflow, reasons);
  return [...new Set(reasons)];
}

function checkScope(scope: ScopePlan, fired: ReadonlySet<string>, reasons: string[]): void {
  for (const plan of scope.actions) {
    const { action, predecessors } = plan;
    const found = new Set(predecessors.map((each) => each.action.name.toLowerCase()));
    for (const { name, statuses } of action.runAfter) {
      if (fired.has(name.toLowerCase())) continue;
      if (!found.has(name.toLowerCase())) {
        reasons.push(
          `The 'runAfter' of action '${action.name}' names '${name}', which is no action of the same scope.`,
        );
      } else if (name.toLowerCase() === action.name.toLowerCase()) {
        reasons.push(`The action '${action.name}' cannot run after itself.`);
      }
      if (statuses.length === 0) {
        reasons.push(`The 'runAfter' of action '${action.name}' lists no status for '${name}'.`);
      }
    }
    for (const child of plan.scopes) checkScope(child, new Set(), reasons);
  }
  const circle = inCircle(scope);
  if (circle.length > 0) {
    reasons.push(`The actions ${circle.map((name) => `'${name}'`).join(', ')} wait for each other in a circle.`);
  }
}

/** Actions that can never start because they wait, directly or not, for themselves. */
function inCircle(scope: ScopePlan): string[] {
  const open = new Map(scope.actions.map((action) => [action, action.predecessors.length]));
  const ready = scope.actions.filter((action) => action.predecessors.length === 0);
  for (let next = ready.pop(); next !== undefined; next = ready.pop()) {
    open.delete(next);
    for (const dependent of next.dependents) {
      const left = (open.get(dependent) ?? 1) - 1;
      open.set(dependent, left);
      if (left === 0) ready.push(dependent);
    }
  }
  return [...open.keys()]
    .filter((action) => !action.predecessors.some((each) => each.action === action))
    .map(({ name }) => name);
}

function checkExpressions(action: string, node: JsonNode | undefined, reasons: string[]): void {
  if (node === undefined) return;
  switch (node.kind) {
    case 'string': {
      const [problem] = node.value.includes('@') ? parseTemplate(node.value).problems : [];
      if (problem !== undefined) {
        reasons.push(
          `The expression '${node.value}' in the inputs of action '${action}' cannot be read: ${problem.message}.`,
        );
      }
      break;
    }
    case 'array':
      for (const item of node.items) checkExpressions(action, item, reasons);
      break;
    case 'object':
      for (const { value } of node.properties) checkExpressions(action, value, reasons);
      break;
    case 'number':
    case 'literal':
      break;
  }
}

/** A variable is initialized in the workflow's own scope, never inside another action. */
function checkVariables(workflow: Workflow, reasons: string[]): void {
  for (const action of workflow.actions) {
    if (action.type === 'InitializeVariable' && action.scope.owner !== undefined) {
      reasons.push(
        `The action '${action.name}' initializes a variable inside '${action.scope.owner.name}'; variables are initialized at the top level only.`,
      );
    }
  }
}
