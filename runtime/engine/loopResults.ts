/**
 * Whether anything may ask for what the actions in a Foreach gave once its iterations have ended. Where nothing does, an iteration is
 * forgotten with its end: a loop over a hundred thousand items takes no more memory than one over a hundred.
 */
import { expressionsOf, walk } from '../../language/expressions/ast';
import type { Expression } from '../../language/expressions/ast';
import { findFunction } from '../../language/expressions/index';
import { parameterAt } from '../../language/expressions/functions/definition';
import type { Action } from '../../language/workflow/model';
import { workflowExpressions } from '../../language/workflow/references';
import type { ActionPlan, WorkflowPlan } from './plan';

/** An expression, or a script, that reads results of actions. */
interface Reader {
  /** The action it stands in; undefined for triggers and the workflow's outputs. */
  readonly action: Action | undefined;
  /** In lower case; undefined when the name is only known when it runs. */
  readonly name: string | undefined;
}

const known = new WeakMap<ActionPlan, boolean>();
const readersOfPlan = new WeakMap<WorkflowPlan, readonly Reader[]>();

/** False when the results inside the loop can only be read from within the iteration that made them. */
export function areIterationsRead(plan: WorkflowPlan, loop: ActionPlan): boolean {
  let isRead = known.get(loop);
  if (isRead === undefined) known.set(loop, (isRead = isReadFromOutside(plan, loop)));
  return isRead;
}

function isReadFromOutside(plan: WorkflowPlan, loop: ActionPlan): boolean {
  const inside = new Set([loop.name.toLowerCase()]);
  for (const [name, { loops }] of plan.actions) if (loops.includes(loop)) inside.add(name);
  return readersOf(plan).some(
    ({ action, name }) => (name === undefined || inside.has(name)) && !isWithin(action, loop.action),
  );
}

function isWithin(action: Action | undefined, loop: Action): boolean {
  for (let each = action?.scope.owner; each !== undefined; each = each.scope.owner) if (each === loop) return true;
  return false;
}

function readersOf(plan: WorkflowPlan): readonly Reader[] {
  let readers = readersOfPlan.get(plan);
  if (readers === undefined) readersOfPlan.set(plan, (readers = findReaders(plan)));
  return readers;
}

function findReaders({ workflow }: WorkflowPlan): readonly Reader[] {
  const readers: Reader[] = [];
  for (const { owner, parsed } of workflowExpressions(workflow).sites) {
    const action = owner?.role === 'action' ? owner : undefined;
    for (const expression of expressionsOf(parsed.template)) {
      walk(expression, (node) => {
        for (const name of resultsRead(node)) readers.push({ action, name });
      });
    }
  }
  // A script reads results by names in its own language.
  for (const action of workflow.actions) if (/code$/i.test(action.type)) readers.push({ action, name: undefined });
  return readers;
}

/** The actions and scopes whose results a call reads. */
function resultsRead(node: Expression): (string | undefined)[] {
  if (node.kind !== 'call') return [];
  const definition = findFunction(node.name);
  if (definition === undefined) return [];
  return node.args.flatMap((argument, index) => {
    const names = parameterAt(definition, index)?.names;
    if (names !== 'action' && names !== 'scope') return [];
    return [
      argument.kind === 'literal' && typeof argument.value === 'string' ? argument.value.toLowerCase() : undefined,
    ];
  });
}
