/**
 * Callers of a Request trigger that get no answer: once a workflow has a Response, its caller waits for one, and a run that ends
 * without reaching it answers 502 (`NoResponse`). Only the way on which everything succeeds is looked at: a failure before the
 * Response is the run's own.
 */
import { enclosing, sibling } from '../../workflow/graph';
import type { Action, Scope } from '../../workflow/model';
import type { Finding, WorkflowRule } from '../rule';

export const responsesRule: WorkflowRule = {
  name: 'responses',
  *check({ workflow }) {
    const [trigger] = workflow.triggers;
    // A Response in a loop is wrong by itself.
    const first = workflow.actions.find((action) => action.type === 'Response' && !enclosing(action).some(isLoop));
    if (
      trigger?.type !== 'Request' ||
      trigger.kind?.toLowerCase() === 'agent' ||
      first === undefined ||
      answers(workflow.scope)
    )
      return;
    const forks = workflow.actions.filter((action) => isFork(action) && silentBranches(action).length > 0);
    const partial = forks.filter((action) =>
      branches(action).some((branch) => branch.scope !== undefined && answers(branch.scope)),
    );
    for (const action of partial) {
      yield missing(
        action.property.key,
        action.path,
        `The caller waits for a Response, but there is none on the way through ${silentBranches(action).join(' and ')} of '${action.name}'.`,
      );
    }
    if (partial.length > 0) return;
    yield missing(
      first.property.key,
      first.path,
      `The caller waits for a Response, but a run in which everything succeeds does not reach '${first.name}'.`,
    );
  },
};

function missing(range: Finding['range'], path: string, message: string): Finding {
  return { code: 'response-missing', range, path, message };
}

/** True when a run in which everything succeeds surely answers in this scope, or ends on purpose. */
function answers({ actions }: Scope): boolean {
  const known = new Map<Action, Outcome>();
  return actions.some((action) => outcome(action, known) === 'Succeeded' && actionAnswers(action));
}

function actionAnswers(action: Action): boolean {
  switch (action.type) {
    case 'Response':
    case 'Terminate':
      return true;
    case 'If':
    case 'Switch':
      return silentBranches(action).length === 0;
    case 'Scope':
      return action.scopes.some(answers);
    default:
      return false;
  }
}

type Outcome = 'Succeeded' | 'Skipped';

/** How each action ends in a run in which nothing fails: a handler of failures is skipped, and what waits for that goes on. */
function outcome(action: Action, known: Map<Action, Outcome>): Outcome {
  const before = known.get(action);
  if (before !== undefined) return before;
  // Actions that wait for each other are told of elsewhere.
  known.set(action, 'Succeeded');
  const runs = action.runAfter.every(({ name, statuses }) => {
    const earlier = sibling(action.scope, name);
    return earlier === undefined || statuses.length === 0 || statuses.includes(outcome(earlier, known));
  });
  const found = runs ? 'Succeeded' : 'Skipped';
  known.set(action, found);
  return found;
}

function isLoop({ type }: Action): boolean {
  return type === 'Foreach' || type === 'Until';
}

function isFork(action: Action): boolean {
  return action.type === 'If' || action.type === 'Switch';
}

interface Branch {
  readonly title: string;
  readonly scope: Scope | undefined;
}

function branches(action: Action): Branch[] {
  const of = (role: Scope['role']): Scope | undefined => action.scopes.find((scope) => scope.role === role);
  if (action.type === 'If') {
    return [
      { title: 'the true side', scope: of('actions') },
      { title: 'the false side', scope: of('else') },
    ];
  }
  const cases = action.scopes.filter((scope) => scope.role === 'case');
  return [
    ...cases.map((scope) => ({ title: `the case '${scope.name ?? ''}'`, scope })),
    { title: 'the default', scope: of('default') },
  ];
}

function silentBranches(action: Action): string[] {
  return branches(action).flatMap(({ title, scope }) => (scope === undefined || !answers(scope) ? [title] : []));
}
