/**
 * Which actions have ended when another starts, answered fast for a whole workflow: rules ask it once per reference. The plain
 * walks are in `graph.ts`; this keeps their results as bit sets, one per action over its siblings.
 */
import { ancestors, predecessors, sibling } from './graph';
import type { Action, Scope, Workflow } from './model';

interface ScopeOrder {
  readonly index: ReadonlyMap<Action, number>;
  /** Per action of the scope, the siblings that end before it starts. */
  readonly before: readonly Uint32Array[];
  /** Actions that wait for themselves, directly or through others. */
  readonly cyclic: ReadonlySet<Action>;
  /** Actions in or behind a cycle: their set is not complete. */
  readonly stuck: ReadonlySet<Action>;
}

export class RunOrder {
  readonly #scopes = new Map<Scope, ScopeOrder>();
  readonly #chains = new Map<Action, ReadonlyMap<Scope, Action>>();

  /** True when the action waits, through runAfter, for itself. */
  isCyclic(action: Action): boolean {
    return this.#orderOf(action.scope).cyclic.has(action);
  }

  /** True when the action is in no cycle itself but waits for one: it can never start. */
  isBlocked(action: Action): boolean {
    const { cyclic, stuck } = this.#orderOf(action.scope);
    return stuck.has(action) && !cyclic.has(action);
  }

  /** True when `earlier`, or the action around it beside `later`, has ended when `later` starts. */
  precedes(earlier: Action, later: Action): boolean {
    return this.#precedesChain(earlier, this.#chain(later));
  }

  /** The actions that have ended when the action starts, with all that is nested in them, in document order. */
  visible(workflow: Workflow, action: Action): Action[] {
    const chain = this.#chain(action);
    return workflow.actions.filter((each) => this.#precedesChain(each, chain));
  }

  /** An action and those around it, by the scope they stand in. */
  #chain(action: Action): ReadonlyMap<Scope, Action> {
    let chain = this.#chains.get(action);
    if (chain === undefined) {
      const around = new Map<Scope, Action>();
      for (let each: Action | undefined = action; each !== undefined; each = each.scope.owner)
        around.set(each.scope, each);
      chain = around;
      this.#chains.set(action, chain);
    }
    return chain;
  }

  #precedesChain(earlier: Action, chain: ReadonlyMap<Scope, Action>): boolean {
    for (let each: Action | undefined = earlier; each !== undefined; each = each.scope.owner) {
      const beside = chain.get(each.scope);
      if (beside !== undefined) return this.#isBefore(each, beside);
    }
    return false;
  }

  #isBefore(earlier: Action, later: Action): boolean {
    if (earlier === later) return false;
    const order = this.#orderOf(later.scope);
    if (order.stuck.has(later)) return ancestors(later).has(earlier);
    const [bit, row] = [order.index.get(earlier), order.index.get(later)];
    const set = row === undefined ? undefined : order.before[row];
    return bit !== undefined && set !== undefined && hasBit(set, bit);
  }

  #orderOf(scope: Scope): ScopeOrder {
    let order = this.#scopes.get(scope);
    if (order === undefined) {
      order = this.#compute(scope);
      this.#scopes.set(scope, order);
    }
    return order;
  }

  /** Actions in an order that respects runAfter, each set being the union of its predecessors' sets; what is left is in a cycle. */
  #compute(scope: Scope): ScopeOrder {
    const { actions } = scope;
    const index = new Map(actions.map((action, position) => [action, position]));
    const before = actions.map(() => new Uint32Array((actions.length + 31) >> 5));
    const followers = actions.map((): number[] => []);
    const waiting = actions.map(() => 0);
    actions.forEach((action, position) => {
      for (const entry of action.runAfter) {
        const predecessor = sibling(scope, entry.name);
        const from = predecessor === undefined ? undefined : index.get(predecessor);
        if (from === undefined) continue;
        followers[from]?.push(position);
        waiting[position] = (waiting[position] ?? 0) + 1;
      }
    });
    const ready = waiting.flatMap((count, position) => (count === 0 ? [position] : []));
    const done = new Set<number>();
    for (let position = ready.pop(); position !== undefined; position = ready.pop()) {
      done.add(position);
      const own = before[position];
      for (const follower of followers[position] ?? []) {
        const set = before[follower];
        if (set === undefined || own === undefined) continue;
        for (let word = 0; word < set.length; word++) set[word] = (set[word] ?? 0) | (own[word] ?? 0);
        setBit(set, position);
        const left = (waiting[follower] ?? 0) - 1;
        waiting[follower] = left;
        if (left === 0) ready.push(follower);
      }
    }
    const stuck = actions.filter((_, position) => !done.has(position));
    return {
      index,
      before,
      cyclic: cyclesAmong(stuck),
      stuck: new Set(stuck),
    };
  }
}

/** Of the actions that could not be ordered, those that can reach themselves; the others only wait for a cycle. */
function cyclesAmong(stuck: readonly Action[]): ReadonlySet<Action> {
  const cyclic = new Set<Action>();
  for (const start of stuck) {
    if (start.runAfter.some((entry) => sibling(start.scope, entry.name) === start)) cyclic.add(start);
    const seen = new Set<Action>();
    const open = predecessors(start);
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (next === start) cyclic.add(start);
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(...predecessors(next));
    }
  }
  return cyclic;
}

function hasBit(set: Uint32Array, bit: number): boolean {
  return ((set[bit >> 5] ?? 0) & (1 << (bit & 31))) !== 0;
}

function setBit(set: Uint32Array, bit: number): void {
  set[bit >> 5] = (set[bit >> 5] ?? 0) | (1 << (bit & 31));
}
