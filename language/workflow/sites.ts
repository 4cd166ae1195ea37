/**
 * The texts of a workflow that the platform evaluates, with what stands around each: its trigger or action and its place in it.
 * Notes, metadata, runAfter and nested actions (which have sites of their own) are left out.
 */
import type { JsonNode, StringNode } from '../json/tree';
import { pointerOf } from '../json/path';
import type { Action, Operation, Trigger, Workflow } from './model';

export interface Site {
  readonly node: StringNode;
  /** The action or trigger; undefined for the workflow's outputs. */
  readonly owner: Action | Trigger | undefined;
  /** From the operation's node (or the definition) to the text. */
  readonly path: readonly (string | number)[];
  /** True for a property name: only what is in `@{…}` is evaluated as far as tools need care. */
  readonly isKey: boolean;
}

/** JSON pointer of a site in the document. */
export function sitePointer(workflow: Workflow, site: Site): string {
  return (site.owner?.path ?? workflow.path) + pointerOf(site.path);
}

/** True for a text with blanks before an `@` that would otherwise begin an expression: the platform takes it as it is. */
export function isLookalike({ node, isKey }: Site): boolean {
  return !isKey && /^\s+@[a-z]+\(/i.test(node.value) && !node.value.includes('@{');
}

/** Members of an operation that are never evaluated. */
const plainMembers: ReadonlySet<string> = new Set(['type', 'kind', 'description', 'metadata', 'runAfter', 'actions']);

/** All sites of a workflow, in document order per operation. */
export function expressionSites(workflow: Workflow): Site[] {
  const sites: Site[] = [];
  for (const trigger of workflow.triggers) collectOperation(trigger, trigger, sites);
  for (const action of workflow.actions) collectOperation(action, action, sites);
  if (workflow.outputs !== undefined) collect(workflow.outputs, ['outputs'], undefined, sites);
  return sites;
}

/** All texts of another file that may hold an expression. */
export function treeSites(root: JsonNode | undefined): Site[] {
  const sites: Site[] = [];
  if (root !== undefined) collect(root, [], undefined, sites);
  return sites;
}

function collectOperation(operation: Operation, owner: Action | Trigger, sites: Site[]): void {
  for (const property of operation.node?.properties ?? []) {
    const name = property.key.value;
    if (property.value === undefined || plainMembers.has(name)) continue;
    if (owner.role === 'action' && (name === 'else' || name === 'default' || name === 'cases' || name === 'tools')) {
      collectAround(property.value, [name], owner, sites);
    } else {
      collect(property.value, [name], owner, sites);
    }
  }
}

/** Texts of a case or tool, such as its value or description, without the actions in it. */
function collectAround(node: JsonNode, path: readonly string[], owner: Action, sites: Site[]): void {
  if (node.kind !== 'object') return;
  const named = path[0] === 'cases' || path[0] === 'tools';
  for (const { key, value } of node.properties) {
    if (value === undefined || key.value === 'actions') continue;
    if (named && path.length === 1) collectAround(value, [...path, key.value], owner, sites);
    else if (key.value !== 'description' && key.value !== 'agentParameterSchema') {
      collect(value, [...path, key.value], owner, sites);
    }
  }
}

function collect(
  node: JsonNode,
  path: readonly (string | number)[],
  owner: Action | Trigger | undefined,
  sites: Site[],
): void {
  collectBelow(node, [...path], owner, sites);
}

/** `path` is the place of `node`, changed in step; a site copies it, as most texts are none. */
function collectBelow(
  node: JsonNode,
  path: (string | number)[],
  owner: Action | Trigger | undefined,
  sites: Site[],
): void {
  switch (node.kind) {
    case 'string':
      if (node.value.includes('@')) sites.push({ node, owner, path: [...path], isKey: false });
      return;
    case 'array':
      for (let index = 0; index < node.items.length; index++) {
        const item = node.items[index];
        if (item === undefined) continue;
        path.push(index);
        collectBelow(item, path, owner, sites);
        path.pop();
      }
      return;
    case 'object':
      for (const { key, value } of node.properties) {
        path.push(key.value);
        if (key.value.includes('@{')) sites.push({ node: key, owner, path: [...path], isKey: true });
        if (value !== undefined) collectBelow(value, path, owner, sites);
        path.pop();
      }
      return;
    case 'number':
    case 'literal':
      return;
  }
}
