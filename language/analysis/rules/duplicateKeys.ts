/** A name that stands twice in one object: the platform keeps the last. Operations have a rule of their own. */
import { pointerOf } from '../../json/path';
import type { JsonNode, PropertyNode } from '../../json/tree';
import type { ProjectDocument } from '../../project/document';
import type { Finding } from '../rule';

export function duplicateKeyFindings(document: ProjectDocument): readonly Finding[] {
  const { root } = document.tree;
  const found: Finding[] = [];
  if (root !== undefined) search(root, [], found);
  return found;
}

/** Nodes without such a name in them; they stay so from version to version. */
const clean = new WeakSet<JsonNode>();

/** `path` is the place of `node`, changed in step: most files have no such name. Returns whether there is none in it. */
function search(node: JsonNode, path: (string | number)[], found: Finding[]): boolean {
  if ((node.kind !== 'array' && node.kind !== 'object') || clean.has(node)) return true;
  let isClean = true;
  if (node.kind === 'array') {
    for (const [index, item] of node.items.entries()) {
      path.push(index);
      if (!search(item, path, found)) isClean = false;
      path.pop();
    }
  } else {
    const { properties } = node;
    const twice = properties.length > 1 ? repeated(properties, path) : none;
    for (const property of properties) {
      const { key, value } = property;
      path.push(key.value);
      if (twice.has(property)) {
        const message = `"${key.value}" stands twice in this object: only the last one counts.`;
        found.push({ code: 'json-duplicate-key', range: key, path: pointerOf(path), message });
        isClean = false;
      }
      if (value !== undefined && !isLeaf(value) && !search(value, path, found)) isClean = false;
      path.pop();
    }
  }
  if (isClean) clean.add(node);
  return isClean;
}

const none: ReadonlySet<PropertyNode> = new Set();

/** The properties whose name an earlier one has. */
function repeated(properties: readonly PropertyNode[], path: readonly (string | number)[]): ReadonlySet<PropertyNode> {
  if (path.at(-1) === 'actions') return none;
  // Names of operations and parameters are told apart whatever their case.
  const inAnyCase = isNameMap(path);
  const seen = new Set<string>();
  const found = new Set<PropertyNode>();
  for (const property of properties) {
    const name = inAnyCase ? property.key.value.toLowerCase() : property.key.value;
    if (seen.has(name)) found.add(property);
    seen.add(name);
  }
  return found.size === 0 ? none : found;
}

/** Maps by names that match in any case: runAfter, triggers and parameters of a definition, connections, parameters.json. */
function isNameMap(path: readonly (string | number)[]): boolean {
  const name = path.at(-1);
  return name === 'runAfter' || name === 'triggers' || (typeof name === 'string' && /Connections$/.test(name));
}

function isLeaf({ kind }: JsonNode): boolean {
  return kind !== 'array' && kind !== 'object';
}
