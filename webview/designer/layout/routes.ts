/** The lines of one lane, from the places of its vertices: points of every link, and where its label goes. */
import type { Layers, LayeredLink } from './layers';
import type { Box, Point, Route } from './model';

/** Where the tracks between a layer and the next one lie. */
export interface Gap {
  /** y of the first track. */
  readonly top: number;
  readonly trackGap: number;
  /** Track of the line between two vertices, by "source target"; missing or -1 for a straight one. */
  readonly tracks: ReadonlyMap<string, number>;
}

export interface Geometry {
  readonly layers: Layers;
  readonly centres: Float64Array;
  /** By vertex; a waypoint's box spans the height of its layer. */
  readonly boxes: readonly Box[];
  /** By layer: what lies below it. */
  readonly gaps: readonly Gap[];
}

/** All routes of a lane, in the order of its links. */
export function routeLinks(geometry: Geometry): Route[] {
  const arriving = new Map<number, number>();
  const leaving = new Map<number, number>();
  for (const { way } of geometry.layers.links) {
    const first = way[0] ?? 0;
    const last = way.at(-1) ?? 0;
    leaving.set(first, (leaving.get(first) ?? 0) + 1);
    arriving.set(last, (arriving.get(last) ?? 0) + 1);
  }
  return geometry.layers.links.map((each) => {
    const points = each.closesCycle ? cyclePoints(geometry, each) : downwardPoints(geometry, each);
    const alone =
      (arriving.get(each.way.at(-1) ?? 0) ?? 0) <= 1
        ? 'end'
        : (leaving.get(each.way[0] ?? 0) ?? 0) <= 1
          ? 'start'
          : 'middle';
    return { id: each.link.id, points, label: labelPoint(points, alone), closesCycle: each.closesCycle };
  });
}

function downwardPoints({ layers, centres, boxes, gaps }: Geometry, { way }: LayeredLink): Point[] {
  const points: Point[] = [];
  way.forEach((vertex, step) => {
    const x = centres[vertex] ?? 0;
    const box = boxes[vertex];
    if (box === undefined) return;
    if (step > 0) points.push({ x, y: box.y });
    const next = way[step + 1];
    if (next === undefined) return;
    points.push({ x, y: box.y + box.height });
    const gap = gaps[layers.vertices[vertex]?.layer ?? 0];
    const nextX = centres[next] ?? 0;
    if (gap === undefined || Math.abs(nextX - x) < 1) return;
    const y = gap.top + Math.max(0, gap.tracks.get(`${vertex} ${next}`) ?? 0) * gap.trackGap;
    points.push({ x, y }, { x: nextX, y });
  });
  return withoutStraightJoints(points);
}

/** Up the right side: from the source's right edge to the target's. */
function cyclePoints({ boxes }: Geometry, { way }: LayeredLink): Point[] {
  const source = boxes[way[0] ?? 0];
  const target = boxes[way.at(-1) ?? 0];
  if (source === undefined || target === undefined) return [];
  const x = Math.max(source.x + source.width, target.x + target.width) + 12;
  const from = source.y + source.height / 2;
  const to = source === target ? from - 12 : target.y + target.height / 2;
  return [
    { x: source.x + source.width, y: from },
    { x, y: from },
    { x, y: to },
    { x: target.x + target.width, y: to },
  ];
}

/** Leaves out points in the middle of a straight stretch. */
function withoutStraightJoints(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    const before = kept.at(-2);
    if (last?.x === point.x && last.y === point.y) continue;
    if (last !== undefined && before !== undefined) {
      const vertical = before.x === last.x && last.x === point.x;
      const horizontal = before.y === last.y && last.y === point.y;
      if (vertical || horizontal) kept.pop();
    }
    kept.push(point);
  }
  return kept;
}

function labelPoint(points: readonly Point[], where: 'start' | 'middle' | 'end'): Point {
  const pairs = points.slice(1).map((to, index) => ({ from: points[index] ?? to, to }));
  const pair =
    where === 'end'
      ? pairs.at(-1)
      : where === 'start'
        ? pairs[0]
        : (pairs.find(({ from, to }) => from.y === to.y) ?? pairs[0]);
  if (pair === undefined) return points[0] ?? { x: 0, y: 0 };
  return { x: (pair.from.x + pair.to.x) / 2, y: (pair.from.y + pair.to.y) / 2 };
}
