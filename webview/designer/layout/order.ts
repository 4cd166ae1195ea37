/**
 * Second step of the layered layout: the order within each layer. Branches start in document order and are then moved, by the
 * mean place of their neighbours, as long as that removes crossings of lines.
 */
import type { Layers, Vertex } from './layers';

const SWEEPS = 8;

/** Reorders the layers in place. */
export function orderLayers({ vertices, layers }: Layers): void {
  keepBranchesTogether(vertices, layers);
  let best = layers.map((layer) => [...layer]);
  let fewest = countCrossings(vertices, layers);
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    const down = sweep % 2 === 0;
    for (let i = 1; i < layers.length; i++) {
      const at = down ? i : layers.length - 1 - i;
      const fixed = layers[down ? at - 1 : at + 1];
      const moving = layers[at];
      if (fixed === undefined || moving === undefined) continue;
      sortByNeighbours(vertices, moving, fixed, down ? 'above' : 'below');
    }
    const crossings = countCrossings(vertices, layers);
    if (crossings < fewest) {
      fewest = crossings;
      best = layers.map((layer) => [...layer]);
    }
  }
  best.forEach((layer, index) => (layers[index] = layer));
}

/** Orders each layer by a walk from the sources in document order, so that a branch stays in one column. */
function keepBranchesTogether(vertices: readonly Vertex[], layers: number[][]): void {
  const rank = new Int32Array(vertices.length).fill(-1);
  let next = 0;
  for (const start of layers.flat()) {
    if (rank[start] !== -1 || (vertices[start]?.above.length ?? 0) > 0) continue;
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (rank[at] !== -1) continue;
      rank[at] = next++;
      open.push(
        ...[...(vertices[at]?.below ?? [])].sort((a, b) => documentPlace(vertices, b) - documentPlace(vertices, a)),
      );
    }
  }
  for (const layer of layers) layer.sort((a, b) => (rank[a] ?? 0) - (rank[b] ?? 0));
}

/** Waypoints stand behind the items they lead past: a long link runs on the right. */
function documentPlace(vertices: readonly Vertex[], index: number): number {
  return vertices[index]?.item ?? vertices.length + index;
}

function sortByNeighbours(
  vertices: readonly Vertex[],
  moving: number[],
  fixed: readonly number[],
  side: 'above' | 'below',
): void {
  const place = new Map(fixed.map((vertex, index) => [vertex, index]));
  const wish = new Map(
    moving.map((vertex, index) => {
      const neighbours = vertices[vertex]?.[side] ?? [];
      const sum = neighbours.reduce((total, each) => total + (place.get(each) ?? 0), 0);
      return [vertex, neighbours.length === 0 ? index : sum / neighbours.length];
    }),
  );
  moving.sort((a, b) => (wish.get(a) ?? 0) - (wish.get(b) ?? 0));
}

/** Counts crossings between neighbouring layers with a Fenwick tree: links × log(layer). */
export function countCrossings(vertices: readonly Vertex[], layers: readonly (readonly number[])[]): number {
  let crossings = 0;
  for (let i = 0; i + 1 < layers.length; i++) {
    const lower = layers[i + 1] ?? [];
    const place = new Map(lower.map((vertex, index) => [vertex, index]));
    const tree = new Int32Array(lower.length + 1);
    let seen = 0;
    for (const upper of layers[i] ?? []) {
      const places = (vertices[upper]?.below ?? []).map((each) => place.get(each) ?? 0);
      for (const at of places) {
        let notBeyond = 0;
        for (let node = at + 1; node > 0; node -= node & -node) notBeyond += tree[node] ?? 0;
        crossings += seen - notBeyond;
      }
      for (const at of places) {
        for (let node = at + 1; node <= lower.length; node += node & -node) tree[node] = (tree[node] ?? 0) + 1;
        seen++;
      }
    }
  }
  return crossings;
}
