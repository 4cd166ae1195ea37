/**
 * Which actions have ended when another starts, answered fast for a whole workflow: rules ask it once per reference. The plain
 * walks are in `graph.ts`; this keeps their results: for a few actions of a scope as sets, for many as bit sets over all siblings.
 */
import { ancestors, predecessors, sibling } from './graph';
import type { Action, Scope, Workflow } from './model';

interface Circles {
  /** Actions that wait for themselves, directly or through others. */
  readonly cyclic: ReadonlySet<Action>;
  /** Actions in or behind a cycle: no order of the scope gets to them. */
  readonly stuck: ReadonlySet<Action>;
}

/** The actions of a scope in numbers, by their places in it. */
interface Numbered {
  readonly index: ReadonlyMap<Action, number>;
  readonly followers: readonly (readonly number[])[];
  /** An order that respects runAfter; the others are stuck. */
  readonly sequence: readonly number[];
}

interface ScopeOrder extends Circles {
  readonly numbered: Numbered;
  /** Per action, the siblings that end before it starts, as far as they were asked for one by one. */
  readonly walked: Map<Action, ReadonlySet<Action>>;
  /** The same for all of the scope: a bit for each sibling. */
  before: readonly Uint32Array[] | undefined;
}

/** Of how many actions of a scope a walk is made before it is cheaper to number them all. */
const MOST_WALKS = 4;

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
    if (order.before === undefined || order.stuck.has(later)) {
      const walked = order.walked.get(later);
      if (walked !== undefined) return walked.has(earlier);
      if (order.walked.size < MOST_WALKS || order.stuck.has(later)) {
        const found = ancestors(later);
        order.walked.set(later, found);
        return found.has(earlier);
      }
    }
    order.before ??= bitsOf(order.numbered);
    const [bit, row] = [order.numbered.index.get(earlier), order.numbered.index.get(later)];
    const set = row === undefined ? undefined : order.before[row];
    return bit !== undefined && set !== undefined && hasBit(set, bit);
  }

  #orderOf(scope: Scope): ScopeOrder {
    let order = this.#scopes.get(scope);
    if (order === undefined) {
      const numbered = numberedOf(scope);
      const done = new Set(numbered.sequence);
      const stuck =
        done.size === scope.actions.length ? [] : scope.actions.filter((_, position) => !done.has(position));
      order = { numbered, cyclic: cyclesAmong(stuck), stuck: new Set(stuck), walked: new Map(), before: undefined };
      this.#scopes.set(scope, order);
    }
    return order;
  }
}

function numberedOf(scope: Scope): Numbered {
  const { actions } = scope;
  const index = new Map<Action, number>();
  for (const [position, action] of actions.entries()) index.set(action, position);
  const followers = actions.map((): number[] => []);
  const waiting = new Uint32Array(actions.length);
  for (const [position, action] of actions.entries()) {
    for (const entry of action.runAfter) {
      const predecessor = sibling(scope, entry.name);
      const from = predecessor === undefined ? undefined : index.get(predecessor);
      if (from === undefined) continue;
      followers[from]?.push(position);
      waiting[position] = (waiting[position] ?? 0) + 1;
    }
  }
  const sequence: number[] = [];
  const ready: number[] = [];
  for (const [position, count] of waiting.entries()) if (count === 0) ready.push(position);
  for (let position = ready.pop(); position !== undefined; position = ready.pop()) {
    sequence.push(position);
    for (const follower of followers[position] ?? []) {
      const left = (waiting[follower] ?? 0) - 1;
      waiting[follower] = left;
      if (left === 0) ready.push(follower);
    }
  }
  return { index, followers, sequence };
}

/** In order, each action's set being the union of its predecessors' sets and themselves. */
function bitsOf({ followers, sequence }: Numbered): Uint32Array[] {
  const before = followers.map(() => new Uint32Array((followers.length + 31) >> 5));
  for (const position of sequence) {
    const own = before[position];
    for (const follower of followers[position] ?? []) {
      const set = before[follower];
      if (set === undefined || own === undefined) continue;
      for (let word = 0; word < set.length; word++) set[word] = (set[word] ?? 0) | (own[word] ?? 0);
      setBit(set, position);
    }
  }
  return before;
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
