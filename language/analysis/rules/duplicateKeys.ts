/** A name that stands twice in one object: the platform keeps the last. Operations have a rule of their own. */
import { pointerOf } from '../../json/path';
import type { JsonNode } from '../../json/tree';
import type { ProjectDocument } from '../../project/document';
import type { Finding } from '../rule';

export function* duplicateKeyFindings(document: ProjectDocument): Iterable<Finding> {
  const { root } = document.tree;
  if (root !== undefined) yield* search(root, []);
}

/** Nodes without such a name in them; they stay so from version to version. */
const clean = new WeakSet<JsonNode>();

function* search(node: JsonNode, path: readonly (string | number)[]): Generator<Finding, boolean> {
  if ((node.kind !== 'array' && node.kind !== 'object') || clean.has(node)) return true;
  let isClean = true;
  if (node.kind === 'array') {
    for (const [index, item] of node.items.entries()) {
      if (!(yield* search(item, [...path, index]))) isClean = false;
    }
  } else {
    const seen = new Set<string>();
    // Names of operations and parameters are told apart whatever their case.
    const spelled = isNameMap(path) ? (name: string) => name.toLowerCase() : (name: string) => name;
    for (const { key, value } of node.properties) {
      if (seen.has(spelled(key.value)) && path.at(-1) !== 'actions') {
        const message = `"${key.value}" stands twice in this object: only the last one counts.`;
        yield { code: 'json-duplicate-key', range: key, path: pointerOf([...path, key.value]), message };
        isClean = false;
      }
      seen.add(spelled(key.value));
      if (value === undefined || isLeaf(value) || clean.has(value)) continue;
      if (!(yield* search(value, [...path, key.value]))) isClean = false;
    }
  }
  if (isClean) clean.add(node);
  return isClean;
}

/** Maps by names that match in any case: runAfter, triggers and parameters of a definition, connections, parameters.json. */
function isNameMap(path: readonly (string | number)[]): boolean {
  const name = path.at(-1);
  return name === 'runAfter' || name === 'triggers' || (typeof name === 'string' && /Connections$/.test(name));
}

function isLeaf({ kind }: JsonNode): boolean {
  return kind !== 'array' && kind !== 'object';
}
