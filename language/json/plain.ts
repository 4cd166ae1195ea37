/** Tree nodes as plain JavaScript values, for validators. Numbers lose what a double cannot hold; nothing is evaluated. */
import type { JsonNode } from './tree';

/** Leaves out the members for which `skip` says so, by their path from the start node. */
export function plainValue(
  node: JsonNode | undefined,
  skip: (path: readonly string[]) => boolean = () => false,
): unknown {
  return node === undefined ? undefined : plain(node, [], skip);
}

function plain(node: JsonNode, path: readonly string[], skip: (path: readonly string[]) => boolean): unknown {
  switch (node.kind) {
    case 'string':
      return node.value;
    case 'number':
      return Number(node.text);
    case 'literal':
      return node.value;
    case 'array':
      return node.items.map((item, index) => plain(item, [...path, String(index)], skip));
    case 'object': {
      const entries: [string, unknown][] = [];
      for (const { key, value } of node.properties) {
        const inner = [...path, key.value];
        if (value !== undefined && !skip(inner)) entries.push([key.value, plain(value, inner, skip)]);
      }
      return Object.fromEntries(entries);
    }
  }
}

/** True for null, which the platform treats as a member that is not given. */
export function isEmptyNode(node: JsonNode): boolean {
  return node.kind === 'literal' && node.value === null;
}
