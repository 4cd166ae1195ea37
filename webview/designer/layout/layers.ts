/**
 * First step of the layered layout: every item gets a layer below all its predecessors; links that span several layers
 * get a waypoint in each layer between, so that their lines pass beside the items there. Links to one target share waypoints,
 * which draws a join as one trunk and keeps the number of waypoints small.
 * After K. Sugiyama, S. Tagawa, M. Toda: Methods for visual understanding of hierarchical system structures (1981).
 */
import type { Link } from './model';

export interface Vertex {
  /** Index into `Layers.vertices`. */
  readonly index: number;
  /** The item's place in the lane, or undefined for a waypoint. */
  readonly item: number | undefined;
  readonly layer: number;
  readonly width: number;
  /** Neighbours in the layer above and below, by index. */
  readonly above: number[];
  readonly below: number[];
}

export interface LayeredLink {
  readonly link: Link;
  /** Vertices from source to target; only the two ends when the link closes a cycle or waypoints ran out. */
  readonly way: readonly number[];
  readonly closesCycle: boolean;
}

export interface Layers {
  readonly vertices: readonly Vertex[];
  /** Vertex indexes of each layer, in the order of the items. */
  readonly layers: number[][];
  readonly links: readonly LayeredLink[];
}

/** Room that a line beside items takes. */
const WAYPOINT_WIDTH = 12;
/** Beyond this, long links run straight: a drawing that needs more is no longer read line by line. */
const MAX_WAYPOINTS = 20_000;

/** `widths` are those of the items; links name items by their place in `ids`. Links to unknown items are left out. */
export function assignLayers(ids: readonly string[], widths: readonly number[], links: readonly Link[]): Layers {
  const place = new Map(ids.map((id, index) => [id, index]));
  const ends = links.flatMap((link) => {
    const from = place.get(link.from);
    const to = place.get(link.to);
    return from === undefined || to === undefined ? [] : [{ link, from, to }];
  });
  const successors: number[][] = ids.map(() => []);
  for (const { from, to } of ends) successors[from]?.push(to);
  const { order, back } = depthFirst(successors);

  const layerOf = ids.map(() => 0);
  for (const from of order) {
    for (const to of successors[from] ?? []) {
      if (!back.has(`${from} ${to}`)) layerOf[to] = Math.max(layerOf[to] ?? 0, (layerOf[from] ?? 0) + 1);
    }
  }

  const vertices: Vertex[] = [];
  const layers: number[][] = [];
  const add = (item: number | undefined, layer: number, width: number): number => {
    const index = vertices.length;
    vertices.push({ index, item, layer, width, above: [], below: [] });
    (layers[layer] ??= []).push(index);
    return index;
  };
  for (let layer = 0; layer <= Math.max(0, ...layerOf); layer++) layers[layer] = [];
  ids.forEach((_, item) => add(item, layerOf[item] ?? 0, widths[item] ?? 0));

  const trunks = new Map<string, number>();
  let waypoints = 0;
  const connect = (upper: number, lower: number): void => {
    const above = vertices[lower]?.above;
    if (above === undefined || above.includes(upper)) return;
    above.push(upper);
    vertices[upper]?.below.push(lower);
  };
  const layered = ends.map(({ link, from, to }): LayeredLink => {
    if (back.has(`${from} ${to}`)) return { link, way: [from, to], closesCycle: true };
    const way = [from];
    const last = layerOf[to] ?? 0;
    for (let layer = (layerOf[from] ?? 0) + 1; layer < last && waypoints < MAX_WAYPOINTS; layer++) {
      const key = `${to} ${layer}`;
      let waypoint = trunks.get(key);
      if (waypoint === undefined) {
        waypoint = add(undefined, layer, WAYPOINT_WIDTH);
        trunks.set(key, waypoint);
        waypoints++;
      }
      way.push(waypoint);
    }
    way.push(to);
    const whole = way.length === last - (layerOf[from] ?? 0) + 1;
    if (!whole) return { link, way: [from, to], closesCycle: false };
    for (let i = 1; i < way.length; i++) connect(way[i - 1] ?? from, way[i] ?? to);
    return { link, way, closesCycle: false };
  });
  return { vertices, layers, links: layered };
}

/** A topological order of all items, and the links (as "from to") that had to be left out of it because they close a cycle. */
function depthFirst(successors: readonly (readonly number[])[]): { order: number[]; back: Set<string> } {
  const state = new Uint8Array(successors.length);
  const finished: number[] = [];
  const back = new Set<string>();
  for (let root = 0; root < successors.length; root++) {
    if (state[root] !== 0) continue;
    // An explicit stack: a chain of thousands of actions must not exhaust the call stack.
    const stack: { at: number; next: number }[] = [{ at: root, next: 0 }];
    state[root] = 1;
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const to = successors[top.at]?.[top.next++];
      if (to === undefined) {
        state[top.at] = 2;
        finished.push(top.at);
        stack.pop();
      } else if (state[to] === 1) {
        back.add(`${top.at} ${to}`);
      } else if (state[to] === 0) {
        state[to] = 1;
        stack.push({ at: to, next: 0 });
      }
    }
  }
  return { order: finished.reverse(), back };
}
