/**
 * Stamps: objects that stay the same from one version of a workflow to the next as long as what they stand for does. What was found of
 * an operation holds while its stamp does. Nodes that an edit leaves alone keep their identity (`json/reparse.ts`), so that comparing
 * is comparing identities.
 */
import { member } from '../json/tree';
import type { JsonNode, ObjectNode } from '../json/tree';
import type { ReferenceKind } from '../expressions/functions/definition';
import { pathOf } from '../json/path';
import type { ProjectDocument } from '../project/document';
import type { Project } from '../project/project';
import type { Diagnostic } from '../text/diagnostic';
import { descendants, enclosing } from '../workflow/graph';
import type { Action, Operation, Workflow } from '../workflow/model';
import { changedVariable } from '../workflow/variables';
import type { Reach } from './rule';

/** Stands for a state of an operation and of what is around it; holds what is known of that state. */
export class Stamp {
  /** The rules that have looked at it: a bit each. */
  seen = 0;
  /** What they found, by rule, with places counted from where the operation begins. Rules without findings have no entry. */
  findings: Map<object, readonly Diagnostic[]> | undefined;
}

interface Kept {
  readonly parts: readonly unknown[];
  readonly stamp: Stamp;
}

/** Hands out the same stamp for the same parts as last time. */
class Stamper<Key> {
  readonly #kept: { get(key: Key): Kept | undefined; set(key: Key, kept: Kept): unknown };

  constructor(kept: { get(key: Key): Kept | undefined; set(key: Key, kept: Kept): unknown }) {
    this.#kept = kept;
  }

  of(key: Key, parts: readonly unknown[]): Stamp {
    const before = this.#kept.get(key);
    if (before !== undefined && isSame(before.parts, parts)) return before.stamp;
    const stamp = new Stamp();
    this.#kept.set(key, { parts, stamp });
    return stamp;
  }
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) return false;
  return true;
}

/** Names in lower case that the expressions of an action give. */
interface NamedValues {
  readonly actions: readonly string[];
  readonly scopes: readonly string[];
  /** True when they use variables, or the action changes one. */
  readonly variables: boolean;
}

const nothingNamed: NamedValues = { actions: [], scopes: [], variables: false };

/** Kept along the versions of one document. */
export class StampBook {
  readonly constants = new Stamper<'all'>(new Map());
  readonly names = new Stamper<'all'>(new Map());
  /** Of what is said by an action with others inside, those aside, by its path. */
  readonly own = new Stamper<string>(new Map());
  readonly operation = new Stamper<object>(new WeakMap());
  readonly order = new Stamper<object>(new WeakMap());
  readonly types = new Stamper<object>(new WeakMap());
  readonly rules = new Stamper<object>(new WeakMap());
  /** By the node of the action. */
  readonly named = new WeakMap<object, NamedValues>();
  readonly ownStamps = new WeakMap<object, object>();
}

/** Members whose values hold other actions. */
const holders: ReadonlySet<string> = new Set(['actions', 'else', 'cases', 'default', 'tools']);

/** Actions that name each other in a row of this length are looked at again after every edit. */
const DEEPEST = 400;

/** The stamps of one version of a workflow in its project. */
export class Stamps {
  readonly #book: StampBook;
  readonly #document: ProjectDocument;
  readonly #workflow: Workflow;
  readonly #constants: Stamp;
  readonly #names: Stamp;
  readonly #types = new Map<Operation, Stamp>();
  readonly #open = new Set<Operation>();
  #declaring: readonly Action[] | undefined;

  constructor(book: StampBook, project: Project, document: ProjectDocument, workflow: Workflow) {
    this.#book = book;
    this.#document = document;
    this.#workflow = workflow;
    this.#constants = book.constants.of('all', [...projectParts(project, document), ...partsAround(workflow)]);
    this.#names = book.names.of('all', [this.#constants, ...nameParts(workflow)]);
  }

  /** What findings of a reach about an operation hold for; undefined for an operation that is no object. */
  of(operation: Operation, reach: Reach): Stamp | undefined {
    const { node } = operation;
    if (node === undefined) return undefined;
    switch (reach) {
      case 'operation':
        return this.#book.operation.of(node, [this.#constants, operation.path]);
      case 'order':
        return this.#book.order.of(node, [this.#names, ...this.#around(operation)]);
      case 'types':
        return this.#book.rules.of(node, [this.#typeStamp(operation)]);
    }
  }

  /** What the actions around an operation say of themselves. */
  #around(operation: Operation): object[] {
    const parts: object[] = [];
    if (!isAction(operation)) return parts;
    for (let { owner } = operation.scope; owner !== undefined; { owner } = owner.scope)
      parts.push(this.#ownStamp(owner));
    return parts;
  }

  #ownStamp(action: Action): object {
    const { node } = action;
    if (node === undefined) return action.property;
    if (action.scopes.length === 0) return node;
    let stamp = this.#book.ownStamps.get(node);
    if (stamp === undefined) {
      stamp = this.#book.own.of(action.path, ownParts(node));
      this.#book.ownStamps.set(node, stamp);
    }
    return stamp;
  }

  /** What the type of an operation's outputs and the types of its expressions follow from. */
  #typeStamp(operation: Operation): Stamp {
    if (!isAction(operation)) return this.#constants;
    const before = this.#types.get(operation);
    if (before !== undefined) return before;
    // Around in a circle, or further than the stack goes: never the same again.
    if (this.#open.has(operation) || this.#open.size >= DEEPEST) return new Stamp();
    this.#open.add(operation);
    const parts: unknown[] = [this.#constants, operation.path, ...this.#around(operation)];
    const named = this.#namedBy(operation);
    for (const name of named.actions) {
      const target = this.#workflow.actionsByName.get(name);
      parts.push(target && this.#typeStamp(target));
    }
    for (const name of named.scopes) {
      const target = this.#workflow.actionsByName.get(name);
      // Its result is the results of what is in it.
      for (const each of target === undefined ? [] : descendants(target)) parts.push(this.#typeStamp(each));
    }
    if (named.variables) for (const each of this.#declarations()) parts.push(this.#typeStamp(each));
    // What is an item inside is said by the loop.
    for (const each of enclosing(operation)) if (each.type === 'Foreach') parts.push(this.#typeStamp(each));
    const stamp = this.#book.types.of(this.#ownStamp(operation), parts);
    this.#open.delete(operation);
    this.#types.set(operation, stamp);
    return stamp;
  }

  /** What the expressions of an action can take a value from. */
  #namedBy(action: Action): NamedValues {
    const { node } = action;
    if (node === undefined) return nothingNamed;
    let named = this.#book.named.get(node);
    if (named === undefined) {
      const names = this.#document.expressions.namesOf(action);
      const of = (isMeant: (kind: ReferenceKind) => boolean): string[] => [
        ...new Set(names.flatMap(({ kind, name }) => (isMeant(kind) ? [name.toLowerCase()] : []))),
      ];
      const own = action.name.toLowerCase();
      named = {
        actions: of((kind) => kind !== 'variable').filter((each) => each !== own),
        scopes: of((kind) => kind === 'scope'),
        variables: changedVariable(action) !== undefined || names.some(({ kind }) => kind === 'variable'),
      };
      this.#book.named.set(node, named);
    }
    return named;
  }

  #declarations(): readonly Action[] {
    return (this.#declaring ??= this.#workflow.actions.filter((each) => each.type === 'InitializeVariable'));
  }
}

function isAction(operation: Operation): operation is Action {
  return 'scope' in operation;
}

/** The rest of the project. */
function projectParts(project: Project, document: ProjectDocument): unknown[] {
  const parts: unknown[] = [project.connectors];
  for (const [path, each] of project.documents) parts.push(path, each === document ? 'this' : each);
  for (const names of [project.artifacts.maps, project.artifacts.schemas, project.artifacts.rules])
    parts.push(...names, '');
  return parts;
}

/** What the file says outside of its actions. */
function partsAround(workflow: Workflow): unknown[] {
  const parts: unknown[] = [workflow.shape, workflow.path];
  let node: JsonNode | undefined = workflow.tree.root;
  for (const name of [...pathOf(workflow.path), 'actions']) {
    if (node?.kind === 'object') {
      for (const { key, value } of node.properties) parts.push(key.value, key.value === name ? 'inside' : value);
      node = member(node, name);
    } else if (node?.kind === 'array') {
      const index = Number(name);
      node.items.forEach((item, position) => parts.push(position === index ? 'inside' : item));
      node = node.items[index];
    }
  }
  return parts;
}

/** What rules can see of all actions: where they stand, what they are called, what they wait for, the variables they declare. */
function nameParts(workflow: Workflow): unknown[] {
  const parts: unknown[] = [];
  for (const action of workflow.actions) {
    parts.push(action.path, action.name, action.type, action.kind);
    for (const { name, statuses } of action.runAfter) parts.push(name, ...statuses, '');
    if (action.type === 'InitializeVariable') parts.push(action.node);
    const changed = changedVariable(action);
    if (changed !== undefined) parts.push('changes', changed.value);
  }
  return parts;
}

function ownParts(node: ObjectNode): unknown[] {
  return node.properties.flatMap(({ key, value }) =>
    holders.has(key.value) ? [key.value, ...aroundActions(value)] : [key.value, value],
  );
}

/** What stands in `else`, in cases and tools beside their actions. */
function aroundActions(node: JsonNode | undefined): unknown[] {
  if (node?.kind !== 'object') return [node];
  return node.properties.flatMap(({ key, value }): unknown[] => {
    if (key.value === 'actions' || value?.kind !== 'object') return [key.value, key.value === 'actions' ? '' : value];
    return [
      key.value,
      ...value.properties.flatMap((each) => [each.key.value, each.key.value === 'actions' ? '' : each.value]),
    ];
  });
}
