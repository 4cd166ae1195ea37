/** The order that runAfter gives to the actions of one scope. */
import type { Action, Scope, Workflow } from './model';

const siblingsByName = new WeakMap<Scope, ReadonlyMap<string, Action>>();

/** The sibling that a runAfter entry names, or undefined when there is none. Names match in any case; the first of duplicates counts. */
export function sibling(scope: Scope, name: string): Action | undefined {
  let names = siblingsByName.get(scope);
  if (names === undefined) {
    names = new Map(scope.actions.toReversed().map((action) => [action.name.toLowerCase(), action]));
    siblingsByName.set(scope, names);
  }
  return names.get(name.toLowerCase());
}

/** The direct predecessors of an action within its scope. */
export function predecessors(action: Action): Action[] {
  const found: Action[] = [];
  for (const entry of action.runAfter) {
    const before = sibling(action.scope, entry.name);
    if (before !== undefined && before !== action) found.push(before);
  }
  return found;
}

/** All siblings that have ended, one way or another, when the action starts. */
export function ancestors(action: Action): ReadonlySet<Action> {
  const seen = new Set<Action>();
  const open = predecessors(action);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...predecessors(next));
  }
  seen.delete(action);
  return seen;
}

/** The actions around an action: its scope's owner, that one's owner, … innermost first. */
export function enclosing(action: Action): Action[] {
  const owners: Action[] = [];
  for (let owner = action.scope.owner; owner !== undefined; owner = owner.scope.owner) owners.push(owner);
  return owners;
}

/** Every action inside an action, at any depth. */
export function descendants(action: Action): Action[] {
  return action.scopes.flatMap((scope) => scope.actions.flatMap((each) => [each, ...descendants(each)]));
}

/**
 * The actions whose outputs an action can read because they have ended when it starts: predecessors in its own scope and in
 * every scope around it, each with all that is nested in it.
 */
export function visibleActions(action: Action): Action[] {
  const visible: Action[] = [];
  for (const each of [action, ...enclosing(action)]) {
    for (const before of ancestors(each)) visible.push(before, ...descendants(before));
  }
  return visible;
}

/**
 * Actions of a scope in an order that respects runAfter; siblings that are not ordered keep document order.
 * Members of a cycle come last, in document order.
 */
export function executionOrder(scope: Scope): Action[] {
  const order: Action[] = [];
  const placed = new Set<Action>();
  let waiting = [...scope.actions];
  while (waiting.length > 0) {
    const ready = waiting.filter((action) => predecessors(action).every((before) => placed.has(before)));
    if (ready.length === 0) return [...order, ...waiting];
    for (const action of ready) {
      placed.add(action);
      order.push(action);
    }
    waiting = waiting.filter((action) => !placed.has(action));
  }
  return order;
}

/** Finds an action by name in any case. */
export function findAction(workflow: Workflow, name: string): Action | undefined {
  return workflow.actionsByName.get(name.toLowerCase());
}
