/** JSON pointers (RFC 6901) and the way from a place in the text to the nodes around it. */
import type { JsonNode, JsonTree, PropertyNode } from './tree';
import { touches } from '../text/range';

export type Path = readonly (string | number)[];

export function pointerOf(path: Path): string {
  let pointer = '';
  for (const part of path) pointer += `/${typeof part === 'number' ? part : escapedPart(part)}`;
  return pointer;
}

function escapedPart(part: string): string {
  return part.includes('~') || part.includes('/') ? part.replaceAll('~', '~0').replaceAll('/', '~1') : part;
}

export function pathOf(pointer: string): string[] {
  return pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The node a pointer names, or undefined. */
export function nodeAtPointer(root: JsonNode | undefined, pointer: string): JsonNode | undefined {
  let node = root;
  for (const part of pathOf(pointer)) {
    if (node?.kind === 'object') node = node.properties.findLast((each) => each.key.value === part)?.value;
    else if (node?.kind === 'array') node = node.items[Number(part)];
    else return undefined;
  }
  return node;
}

/** What the cursor is in, from the root to the innermost node. */
export interface Location {
  readonly path: Path;
  /** Outermost first. */
  readonly nodes: readonly JsonNode[];
  /** The innermost property whose key or value holds the cursor. */
  readonly property: PropertyNode | undefined;
  /** True when the cursor is in the key of `property`. */
  readonly inKey: boolean;
}

/** Finds what stands at an offset; a cursor at the end of a node counts as inside it. */
export function locate(tree: JsonTree, offset: number): Location {
  const path: (string | number)[] = [];
  const nodes: JsonNode[] = [];
  let innermost: PropertyNode | undefined;
  let inKey = false;
  let node = tree.root;
  while (node !== undefined && touches(node, offset)) {
    nodes.push(node);
    let next: JsonNode | undefined;
    if (node.kind === 'object') {
      const found = node.properties.find((each) => touches(each, offset));
      if (found !== undefined) {
        innermost = found;
        path.push(found.key.value);
        inKey = touches(found.key, offset);
        next = inKey ? undefined : found.value;
      }
    } else if (node.kind === 'array') {
      const index = node.items.findIndex((each) => touches(each, offset));
      if (index >= 0) {
        path.push(index);
        innermost = undefined;
        inKey = false;
        next = node.items[index];
      }
    }
    node = next;
  }
  return { path, nodes, property: innermost, inKey };
}
