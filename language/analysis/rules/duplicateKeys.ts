/** A name that stands twice in one object: the platform keeps the last. Operations have a rule of their own. */
import { pointerOf } from '../../json/path';
import type { JsonNode } from '../../json/tree';
import type { ProjectDocument } from '../../project/document';
import type { Finding } from '../rule';

export function* duplicateKeyFindings(document: ProjectDocument): Iterable<Finding> {
  const { root } = document.tree;
  if (root !== undefined) yield* search(root, []);
}

function* search(node: JsonNode, path: readonly (string | number)[]): Iterable<Finding> {
  if (node.kind === 'array') {
    for (const [index, item] of node.items.entries()) yield* search(item, [...path, index]);
  } else if (node.kind === 'object') {
    const seen = new Set<string>();
    for (const { key, value } of node.properties) {
      if (seen.has(key.value) && path.at(-1) !== 'actions') {
        const message = `"${key.value}" stands twice in this object: only the last one counts.`;
        yield { code: 'json-duplicate-key', range: key, path: pointerOf([...path, key.value]), message };
      }
      seen.add(key.value);
      if (value !== undefined) yield* search(value, [...path, key.value]);
    }
  }
}
