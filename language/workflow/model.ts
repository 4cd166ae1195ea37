/**
 * A workflow as read from its text: triggers, actions nested in scopes, parameters. Every part keeps its JSON node,
 * so that its place is known. Half-typed text yields a model with holes. `read.ts` makes it; nobody walks raw JSON again.
 */
import type { JsonNode, JsonTree, ObjectNode, PropertyNode, StringNode } from '../json/tree';
import type { TextRange } from '../text/range';

export interface Workflow {
  readonly tree: JsonTree;
  /** Where the definition was found: a Standard `workflow.json`, a bare definition, or a resource of an ARM template. */
  readonly shape: 'standard' | 'bare' | 'resource' | 'arm';
  /** `Stateful`, `Stateless`, `Agent`, … as written; Standard only. */
  readonly kind: StringNode | undefined;
  readonly stateless: boolean;
  readonly definition: ObjectNode;
  /** JSON pointer of the definition. */
  readonly path: string;
  readonly triggers: readonly Trigger[];
  /** The root scope. */
  readonly scope: Scope;
  /** Every action at every depth, in document order. A duplicate name appears twice here. */
  readonly actions: readonly Action[];
  /** By lower-case name; the first of duplicates. */
  readonly actionsByName: ReadonlyMap<string, Action>;
  readonly parameters: readonly ParameterDeclaration[];
  readonly outputs: JsonNode | undefined;
  readonly staticResults: JsonNode | undefined;
}

/** What triggers and actions have in common. */
export interface Operation {
  readonly name: string;
  /** The property in `triggers` or `actions`: its key is the name in the text. */
  readonly property: PropertyNode;
  /** Missing when the value is not an object. */
  readonly node: ObjectNode | undefined;
  /** JSON pointer of the node. */
  readonly path: string;
  /** In the spelling of the type table when known there, else as written; '' when missing. */
  readonly type: string;
  readonly typeNode: JsonNode | undefined;
  readonly kind: string | undefined;
  readonly inputs: JsonNode | undefined;
}

export interface Trigger extends Operation {
  readonly role: 'trigger';
}

export interface Action extends Operation {
  readonly role: 'action';
  /** The scope the action stands in. */
  readonly scope: Scope;
  readonly runAfter: readonly RunAfter[];
  /** Scopes inside: the actions of a Foreach, the two sides of an If, the cases of a Switch, … in document order. */
  readonly scopes: readonly Scope[];
}

export type ScopeRole = 'root' | 'actions' | 'else' | 'case' | 'default' | 'tool';

/** A group of sibling actions that runAfter may connect. */
export interface Scope {
  readonly role: ScopeRole;
  /** The case's or tool's name. */
  readonly name: string | undefined;
  /** The action that owns the scope; undefined for the root. */
  readonly owner: Action | undefined;
  /** The `actions` object; missing when it is absent in the text. */
  readonly node: JsonNode | undefined;
  /** The object that holds `actions`: the owner, its `else`, the case. */
  readonly holder: JsonNode | undefined;
  /** JSON pointer of the `actions` object. */
  readonly path: string;
  readonly actions: readonly Action[];
}

export const runStatuses = ['Succeeded', 'Failed', 'Skipped', 'TimedOut'] as const;
export type RunAfterStatus = (typeof runStatuses)[number];

/** One predecessor of an action. */
export interface RunAfter {
  readonly name: string;
  readonly property: PropertyNode;
  /** In the table's spelling where known, else as written. */
  readonly statuses: readonly string[];
}

export interface ParameterDeclaration {
  readonly name: string;
  readonly property: PropertyNode;
  readonly type: string | undefined;
  readonly defaultValue: JsonNode | undefined;
}

/** The place of an operation's name, without quotes, for editors. */
export function nameRange(operation: Operation): TextRange {
  const { key } = operation.property;
  return { start: key.start + 1, end: Math.max(key.start + 1, key.end - 1) };
}
