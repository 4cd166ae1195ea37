/**
 * Third step of the layered layout: x coordinates. Vertices are aligned with the median of their neighbours into straight
 * vertical blocks, once from each of the four corners, and every vertex takes the middle of its four places; so chains are
 * exactly straight and a fork stands over the middle of its branches.
 * After U. Brandes, B. Köpf: Fast and Simple Horizontal Coordinate Assignment (2001), with the block graph compaction that
 * keeps wide and narrow vertices apart.
 */
import type { Vertex } from './layers';
import { straighten } from './straighten';

/** The centre of each vertex, by index; the leftmost edge is at 0. */
export function assignColumns(
  vertices: readonly Vertex[],
  layers: readonly (readonly number[])[],
  gap: number,
): Float64Array {
  const places: Float64Array[] = [];
  for (const fromTop of [true, false]) {
    for (const fromLeft of [true, false]) {
      const ordered = fromLeft ? layers : layers.map((layer) => [...layer].reverse());
      const blocks = align(vertices, ordered, fromTop ? 'above' : 'below');
      const x = compact(vertices, ordered, blocks, gap);
      if (!fromLeft) for (let i = 0; i < x.length; i++) x[i] = -(x[i] ?? 0);
      places.push(x);
    }
  }
  alignToNarrowest(vertices, places);
  const centres = new Float64Array(vertices.length);
  for (const { index } of vertices) {
    // The middle two of four: separation holds in each of them, so it holds in every order statistic.
    const sorted = places.map((x) => x[index] ?? 0).sort((a, b) => a - b);
    centres[index] = ((sorted[1] ?? 0) + (sorted[2] ?? 0)) / 2;
  }
  straighten(vertices, layers, centres, gap);
  const left = vertices.reduce(
    (least, { index, width }) => Math.min(least, (centres[index] ?? 0) - width / 2),
    Infinity,
  );
  for (let i = 0; i < centres.length; i++) centres[i] = (centres[i] ?? 0) - left;
  return centres;
}

/** The block of each vertex, named by the vertex that heads it. */
function align(
  vertices: readonly Vertex[],
  layers: readonly (readonly number[])[],
  side: 'above' | 'below',
): Int32Array {
  const place = new Int32Array(vertices.length);
  for (const layer of layers) layer.forEach((vertex, index) => (place[vertex] = index));
  const head = Int32Array.from(vertices, (_, index) => index);
  const taken = new Uint8Array(vertices.length);
  for (const layer of side === 'above' ? layers : [...layers].reverse()) {
    let limit = -1;
    for (const vertex of layer) {
      const neighbours = [...(vertices[vertex]?.[side] ?? [])].sort((a, b) => (place[a] ?? 0) - (place[b] ?? 0));
      const middle = (neighbours.length - 1) / 2;
      for (let i = Math.floor(middle); i <= Math.ceil(middle); i++) {
        const neighbour = neighbours[i];
        if (neighbour === undefined || taken[neighbour] === 1 || (place[neighbour] ?? 0) <= limit) continue;
        head[vertex] = head[neighbour] ?? neighbour;
        taken[neighbour] = 1;
        limit = place[neighbour] ?? 0;
        break;
      }
    }
  }
  return head;
}

/** Puts the blocks as far left as separation allows, then pulls each towards its right neighbours. */
function compact(
  vertices: readonly Vertex[],
  layers: readonly (readonly number[])[],
  head: Int32Array,
  gap: number,
): Float64Array {
  const before = new Map<number, { block: number; distance: number }[]>();
  const after = new Map<number, { block: number; distance: number }[]>();
  const degree = new Int32Array(vertices.length);
  for (const layer of layers) {
    for (let i = 1; i < layer.length; i++) {
      const left = layer[i - 1] ?? 0;
      const right = layer[i] ?? 0;
      const distance = ((vertices[left]?.width ?? 0) + (vertices[right]?.width ?? 0)) / 2 + gap;
      push(before, head[right] ?? right, { block: head[left] ?? left, distance });
      push(after, head[left] ?? left, { block: head[right] ?? right, distance });
      degree[head[right] ?? right] = (degree[head[right] ?? right] ?? 0) + 1;
    }
  }
  const order = vertices.map((each) => each.index).filter((index) => head[index] === index && degree[index] === 0);
  for (let i = 0; i < order.length; i++) {
    for (const { block } of after.get(order[i] ?? 0) ?? []) {
      degree[block] = (degree[block] ?? 0) - 1;
      if (degree[block] === 0) order.push(block);
    }
  }
  const x = new Float64Array(vertices.length);
  for (const block of order) {
    let at = 0;
    for (const each of before.get(block) ?? []) at = Math.max(at, (x[each.block] ?? 0) + each.distance);
    x[block] = at;
  }
  for (const block of order.reverse()) {
    let limit = Infinity;
    for (const each of after.get(block) ?? []) limit = Math.min(limit, (x[each.block] ?? 0) - each.distance);
    if (limit !== Infinity) x[block] = Math.max(x[block] ?? 0, limit);
  }
  return x.map((_, index) => x[head[index] ?? index] ?? 0);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Shifts the four layouts onto the narrowest: those from the left by their left edge, those from the right by their right edge. */
function alignToNarrowest(vertices: readonly Vertex[], places: readonly Float64Array[]): void {
  const extents = places.map((x) => {
    let left = Infinity;
    let right = -Infinity;
    for (const { index, width } of vertices) {
      left = Math.min(left, (x[index] ?? 0) - width / 2);
      right = Math.max(right, (x[index] ?? 0) + width / 2);
    }
    return { left, right };
  });
  const narrowest = extents.reduce((best, each) => (each.right - each.left < best.right - best.left ? each : best));
  places.forEach((x, corner) => {
    const extent = extents[corner] ?? narrowest;
    const shift = corner % 2 === 0 ? narrowest.left - extent.left : narrowest.right - extent.right;
    for (let i = 0; i < x.length; i++) x[i] = (x[i] ?? 0) + shift;
  });
}
