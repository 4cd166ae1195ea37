/**
 * Actions that no run can reach: they wait for a status that an action cannot have, for what follows the end of the run, or for two
 * things of which one rules out the other. Source: "Manage error and exception handling with run after" of Microsoft's article on errors.
 * What waits for a cycle is told by the rule about runAfter.
 */
import { sibling } from '../../workflow/graph';
import type { Action, Scope } from '../../workflow/model';
import type { Finding, WorkflowContext, WorkflowRule } from '../rule';

export const reachabilityRule: WorkflowRule = {
  name: 'reachability',
  *check(context) {
    const scopes = new Set(context.workflow.actions.map((action) => action.scope));
    for (const scope of scopes) {
      yield undefined;
      if (isPlain(scope)) continue;
      const clashes: Clashes = new Map();
      for (const action of scope.actions) {
        yield* judge(action, context, clashes);
        yield undefined;
      }
    }
  },
};

/** Most scopes: everything waits for success, which contradicts nothing, and nothing ends the run. */
function isPlain({ actions }: Scope): boolean {
  return actions.every(
    (action) =>
      action.type !== 'Terminate' &&
      action.runAfter.every(({ statuses }) => statuses.length === 1 && statuses[0] === 'Succeeded'),
  );
}

function* judge(action: Action, { order }: WorkflowContext, clashes: Clashes): Iterable<Finding> {
  if (action.runAfter.length === 0 || order.isCyclic(action) || order.isBlocked(action)) return;
  const unreachable = (message: string): Finding => ({
    code: 'action-unreachable',
    range: action.property.key,
    path: action.path,
    message: `'${action.name}' can never run: ${message}`,
  });
  for (const { name, statuses } of action.runAfter) {
    const before = sibling(action.scope, name);
    if (before === undefined || statuses.length === 0) continue;
    const possible = possibleStatuses(before);
    if (statuses.every((status) => !possible.has(status))) {
      yield unreachable(
        before.type === 'Terminate'
          ? `the run is over when '${before.name}' has ended it.`
          : `'${before.name}' never ends as ${statuses.join(' or ')}.`,
      );
      return;
    }
  }
  const clash = clashOf(action, clashes);
  if (clash !== undefined) {
    yield unreachable(`it waits for actions of which one wants '${clash.name}' to end as another does not allow.`);
  }
}

/** Actions that are done in an instant have no time-out. */
const instant: ReadonlySet<string> = new Set([
  'AppendToArrayVariable',
  'AppendToStringVariable',
  'Compose',
  'DecrementVariable',
  'IncrementVariable',
  'InitializeVariable',
  'Join',
  'ParseJson',
  'Query',
  'Select',
  'SetVariable',
  'Table',
]);

/** How an action can end, as far as its type and place tell. Words that are not known pass. */
function possibleStatuses(action: Action): { has(status: string): boolean } {
  const isFirst = action.runAfter.length === 0;
  return {
    has: (status) => {
      switch (status) {
        case 'Succeeded':
          return action.type !== 'Terminate';
        case 'Skipped':
          return !isFirst;
        case 'TimedOut':
          return action.type !== 'Terminate' && !instant.has(action.type);
        default:
          return true;
      }
    },
  };
}

/** How each action has ended, in runs in which an action starts. */
type Endings = Map<Action, ReadonlySet<string>>;

/** For actions of a scope, what `contradiction` says of them. */
type Clashes = Map<Action, Action | undefined>;

/** `contradiction`, remembered: an action that waits for one other can start when that one could, and does not walk back again. */
function clashOf(action: Action, clashes: Clashes): Action | undefined {
  const chain: Action[] = [];
  let clash: Action | undefined;
  for (let each: Action | undefined = action; each !== undefined;) {
    if (clashes.has(each)) {
      clash = clashes.get(each);
      break;
    }
    chain.push(each);
    if (each.runAfter.length > 1) {
      clash = contradiction(each);
      break;
    }
    each = certainPredecessor(each);
  }
  for (const each of chain) clashes.set(each, clash);
  return clash;
}

/** The one action that must have run, not only have ended, when an action that waits for one starts. */
function certainPredecessor({ scope, runAfter: [entry] }: Action): Action | undefined {
  if (entry === undefined || entry.statuses.length === 0 || entry.statuses.includes('Skipped')) return undefined;
  return sibling(scope, entry.name);
}

/**
 * An action for which no status is left when all that must have happened before `action` starts is taken together: an action that did
 * run had its own conditions fulfilled, and so on backwards.
 */
function contradiction(action: Action): Action | undefined {
  const endings: Endings = new Map();
  const open = [action];
  const seen = new Set<Action>();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const { name, statuses } of next.runAfter) {
      const before = sibling(next.scope, name);
      if (before === undefined || statuses.length === 0) continue;
      const earlier = endings.get(before);
      const left = new Set(earlier === undefined ? statuses : statuses.filter((status) => earlier.has(status)));
      // What is wrong with one entry by itself is told by the action that has it.
      if (left.size === 0) return before;
      endings.set(before, left);
      if (!left.has('Skipped')) open.push(before);
    }
  }
  return undefined;
}
