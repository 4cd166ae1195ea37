/**
 * The texts of a workflow that the platform evaluates, with what stands around each: its trigger or action and its place in it.
 * Notes, metadata, runAfter and nested actions (which have sites of their own) are left out.
 */
import type { JsonNode, StringNode } from '../json/tree';
import { pointerOf } from '../json/path';
import type { Action, Trigger, Workflow } from './model';

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
export function isLookalike({ node, isKey }: OwnSite): boolean {
  return !isKey && /^\s+@[a-z]+\(/i.test(node.value) && !node.value.includes('@{');
}

/** Members of an operation that are never evaluated. */
const plainMembers: ReadonlySet<string> = new Set(['type', 'kind', 'description', 'metadata', 'runAfter', 'actions']);

/** A text and its place in an operation, whoever the operation belongs to. */
export type OwnSite = Omit<Site, 'owner'>;

/** The sites of an operation, nested operations aside, in document order. */
export function operationSites({ node, role }: Action | Trigger): OwnSite[] {
  const sites: OwnSite[] = [];
  for (const property of node?.properties ?? []) {
    const name = property.key.value;
    if (property.value === undefined || plainMembers.has(name)) continue;
    if (role === 'action' && (name === 'else' || name === 'default' || name === 'cases' || name === 'tools')) {
      collectAround(property.value, [name], sites);
    } else {
      collect(property.value, [name], sites);
    }
  }
  return sites;
}

/** The sites of a workflow's outputs. */
export function outputSites({ outputs }: Workflow): OwnSite[] {
  const sites: OwnSite[] = [];
  if (outputs !== undefined) collect(outputs, ['outputs'], sites);
  return sites;
}

/** All texts of another file that may hold an expression. */
export function treeSites(root: JsonNode | undefined): OwnSite[] {
  const sites: OwnSite[] = [];
  if (root !== undefined) collect(root, [], sites);
  return sites;
}

/** Texts of a case or tool, such as its value or description, without the actions in it. */
function collectAround(node: JsonNode, path: readonly string[], sites: OwnSite[]): void {
  if (node.kind !== 'object') return;
  const named = path[0] === 'cases' || path[0] === 'tools';
  for (const { key, value } of node.properties) {
    if (value === undefined || key.value === 'actions') continue;
    if (named && path.length === 1) collectAround(value, [...path, key.value], sites);
    else if (key.value !== 'description' && key.value !== 'agentParameterSchema') {
      collect(value, [...path, key.value], sites);
    }
  }
}

function collect(node: JsonNode, path: readonly (string | number)[], sites: OwnSite[]): void {
  collectBelow(node, [...path], sites);
}

/** `path` is the place of `node`, changed in step; a site copies it, as most texts are none. */
function collectBelow(node: JsonNode, path: (string | number)[], sites: OwnSite[]): void {
  switch (node.kind) {
    case 'string':
      if (node.value.includes('@')) sites.push({ node, path: [...path], isKey: false });
      return;
    case 'array':
      for (let index = 0; index < node.items.length; index++) {
        const item = node.items[index];
        if (item === undefined) continue;
        path.push(index);
        collectBelow(item, path, sites);
        path.pop();
      }
      return;
    case 'object':
      for (const { key, value } of node.properties) {
        path.push(key.value);
        if (key.value.includes('@{')) sites.push({ node: key, path: [...path], isKey: true });
        if (value !== undefined) collectBelow(value, path, sites);
        path.pop();
      }
      return;
    case 'number':
    case 'literal':
      return;
  }
}
