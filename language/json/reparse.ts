/**
 * A tree for a text that differs from an earlier one in one place: only the smallest object or array around the change is read again.
 * What stands beside it keeps its nodes, moved to their new places, so that whatever is known of a node by its identity stays true. The
 * nodes around the change are new. The earlier tree is used up: its nodes have moved.
 */
import { parseFragment, parseTree } from './tree';
import type { JsonNode, JsonTree, PropertyNode } from './tree';

/** Reads a text anew, with the nodes of an earlier tree where the texts agree. `previous` must not be used any more. */
export function reparse(previous: JsonTree, text: string): JsonTree {
  if (previous.text === text) return previous;
  const { root } = previous;
  // Where the earlier text could not be read in full, nobody knows what belongs to what.
  if (root === undefined || previous.problems.length > 0) return parseTree(text);
  const change = changeBetween(previous.text, text);
  const way = wayTo(root, change);
  const target = way.at(-1);
  if (target === undefined) return parseTree(text);
  const { node } = target;
  const fragment = parseFragment(text, node.start, way.length - 1);
  if (fragment?.kind !== node.kind || fragment.end !== node.end + change.growth) return parseTree(text);
  return { text, root: rebuilt(way, fragment, change), problems: [] };
}

interface Change {
  /** In the earlier text, half-open. */
  readonly start: number;
  readonly end: number;
  readonly growth: number;
}

function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  const start = commonLength(shorter, (index) => before.startsWith(after.slice(index.from, index.to), index.from));
  const left = shorter - start;
  const same = commonLength(left, ({ from, to }) => {
    const tail = after.slice(after.length - to, after.length - from);
    return before.startsWith(tail, before.length - to);
  });
  return { start, end: before.length - same, growth: after.length - before.length };
}

/** The greatest length up to `most` for which two texts agree; texts are compared in pieces, which the engine does fast. */
function commonLength(most: number, agree: (piece: { readonly from: number; readonly to: number }) => boolean): number {
  let length = 0;
  for (let piece = 65_536; piece >= 1; piece >>= 1) {
    while (length + piece <= most && agree({ from: length, to: length + piece })) length += piece;
  }
  return length;
}

interface Turn {
  readonly node: Container;
  /** Which property or item of the node is next on the way; -1 for the last node. */
  readonly index: number;
}

type Container = Extract<JsonNode, { readonly kind: 'object' | 'array' }>;

/** The objects and arrays that hold the whole change between their brackets, from the root inwards. */
function wayTo(root: JsonNode, change: Change): Turn[] {
  const way: Turn[] = [];
  let node: JsonNode | undefined = root;
  while (node !== undefined && (node.kind === 'object' || node.kind === 'array')) {
    if (!(node.start < change.start && change.end < node.end)) break;
    const members: readonly (JsonNode | PropertyNode)[] = node.kind === 'object' ? node.properties : node.items;
    const index = memberAround(members, change);
    const inner: JsonNode | undefined = node.kind === 'object' ? node.properties[index]?.value : node.items[index];
    const goesOn: boolean =
      inner !== undefined &&
      (inner.kind === 'object' || inner.kind === 'array') &&
      inner.start < change.start &&
      change.end < inner.end;
    way.push({ node, index: goesOn ? index : -1 });
    node = goesOn ? inner : undefined;
  }
  return way;
}

/** The last member that begins before the change. */
function memberAround(members: readonly (JsonNode | PropertyNode)[], { start }: Change): number {
  let low = 0;
  let high = members.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((members[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** New nodes along the way, with the fragment at its end; what comes after the change is moved. */
function rebuilt(way: readonly Turn[], fragment: JsonNode, { growth }: Change): JsonNode {
  let inner = fragment;
  for (const { node, index } of way.slice(0, -1).reverse()) {
    if (node.kind === 'object') {
      const properties = node.properties.map((each, position) => {
        if (position < index) return each;
        if (position > index) return move(each, growth);
        return { key: each.key, value: inner, start: each.start, end: each.end + growth };
      });
      inner = { kind: 'object', properties, start: node.start, end: node.end + growth };
    } else {
      const items = node.items.map((each, position) => {
        if (position < index) return each;
        return position > index ? move(each, growth) : inner;
      });
      inner = { kind: 'array', items, start: node.start, end: node.end + growth };
    }
  }
  return inner;
}

interface Movable {
  start: number;
  end: number;
}

function move<Node extends JsonNode | PropertyNode>(node: Node, growth: number): Node {
  if (growth !== 0) moveAll(node, growth);
  return node;
}

function moveAll(node: JsonNode | PropertyNode, growth: number): void {
  const place: Movable = node;
  place.start += growth;
  place.end += growth;
  if ('key' in node) {
    moveAll(node.key, growth);
    if (node.value !== undefined) moveAll(node.value, growth);
    return;
  }
  if (node.kind === 'object') for (const each of node.properties) moveAll(each, growth);
  else if (node.kind === 'array') for (const each of node.items) moveAll(each, growth);
}
