/**
 * The layered layout of a workflow: lanes of siblings drawn top-down by their links, containers sized by what is in them.
 * Pure and linear in practice: a thousand actions take a few milliseconds.
 */
import { assignColumns } from './columns';
import { assignLayers } from './layers';
import type { Layers } from './layers';
import { defaultSpacing } from './model';
import type { Box, GroupItem, Lane, Layout, LayoutItem, Route, Size, Spacing } from './model';
import { orderLayers } from './order';
import { routeLinks } from './routes';
import type { Gap } from './routes';
import { assignTracks } from './tracks';

/** A lane laid out with its upper left corner at the origin, its padding not counted. */
interface PlacedLane {
  readonly size: Size;
  /** Of the lane's own items, in their order. */
  readonly boxes: readonly Box[];
  readonly routes: readonly Route[];
  /** What is inside each item, in their order; undefined for a leaf. */
  readonly inner: readonly (PlacedGroup | undefined)[];
}

interface PlacedGroup {
  readonly size: Size;
  readonly lanes: readonly { readonly box: Box; readonly content: PlacedLane; readonly offset: number }[];
}

/** Lays out a lane with everything nested in it; all boxes are in the lane's coordinates. */
export function layOut(lane: Lane, spacing: Spacing = defaultSpacing): Layout {
  const placed = placeLane(lane, spacing);
  const boxes = new Map<string, Box>();
  const routes = new Map<string, Route>();
  collect(lane, placed, 0, 0, spacing, boxes, routes);
  return { boxes, routes, size: placed.size };
}

function placeLane(lane: Lane, spacing: Spacing): PlacedLane {
  const inner = lane.items.map((item) => (item.kind === 'group' ? placeGroup(item, spacing) : undefined));
  const sizes = lane.items.map((item, index) => sizeOf(item, inner[index]));
  const layers = assignLayers(
    lane.items.map((item) => item.id),
    sizes.map((size) => size.width),
    lane.links,
  );
  orderLayers(layers);
  const centres = assignColumns(layers.vertices, layers.layers, spacing.columnGap);
  const { boxes, gaps, height } = stackLayers(layers, centres, sizes, spacing);
  const width = boxes.reduce((right, box) => Math.max(right, box.x + box.width), 0);
  return {
    size: { width, height },
    boxes: boxes.slice(0, lane.items.length),
    routes: routeLinks({ layers, centres, boxes, gaps }),
    inner,
  };
}

function sizeOf(item: LayoutItem, group: PlacedGroup | undefined): Size {
  return item.kind === 'leaf' ? item.size : (group?.size ?? item.header);
}

/** Fourth step: y coordinates, with room for the tracks between layers. */
function stackLayers(
  { vertices, layers }: Layers,
  centres: Float64Array,
  sizes: readonly Size[],
  spacing: Spacing,
): { boxes: Box[]; gaps: Gap[]; height: number } {
  const boxes: Box[] = vertices.map(({ width }) => ({ x: 0, y: 0, width, height: 0 }));
  const gaps: Gap[] = [];
  let y = 0;
  layers.forEach((layer, depth) => {
    const height = layer.reduce((most, vertex) => Math.max(most, sizes[vertices[vertex]?.item ?? -1]?.height ?? 0), 0);
    for (const vertex of layer) {
      const { item, width } = vertices[vertex] ?? { item: undefined, width: 0 };
      const own = item === undefined ? height : (sizes[item]?.height ?? 0);
      boxes[vertex] = { x: (centres[vertex] ?? 0) - width / 2, y, width, height: own };
    }
    y += height;
    if (depth + 1 === layers.length) return;
    const stretches = layer.flatMap((source) =>
      (vertices[source]?.below ?? []).map((target) => ({
        source,
        target,
        from: centres[source] ?? 0,
        to: centres[target] ?? 0,
      })),
    );
    const { tracks, count } = assignTracks(stretches);
    const extra = Math.max(0, count - 1) * spacing.trackGap;
    gaps.push({
      top: y + spacing.layerGap / 2,
      trackGap: spacing.trackGap,
      tracks: new Map(stretches.map(({ source, target }, index) => [`${source} ${target}`, tracks[index] ?? -1])),
    });
    y += spacing.layerGap + extra;
  });
  return { boxes, gaps, height: y };
}

function placeGroup(group: GroupItem, spacing: Spacing): PlacedGroup {
  const contents = group.lanes.map((lane) => placeLane(lane, spacing));
  const height = contents.reduce((most, each) => Math.max(most, each.size.height), 0) + 2 * spacing.lanePadding;
  const wanted = contents.map((each) => each.size.width + 2 * spacing.lanePadding);
  const gaps = spacing.laneGap * (contents.length + 1);
  const missing = Math.max(0, group.header.width - gaps - wanted.reduce((sum, each) => sum + each, 0));
  let x = spacing.laneGap;
  const lanes = contents.map((content, index) => {
    const width = (wanted[index] ?? 0) + missing / contents.length;
    const box: Box = { x, y: group.header.height + spacing.laneGap, width, height };
    x += width + spacing.laneGap;
    return { box, content, offset: (width - content.size.width) / 2 };
  });
  return {
    size: { width: Math.max(x, group.header.width), height: group.header.height + height + 2 * spacing.laneGap },
    lanes,
  };
}

/** Turns nested coordinates into those of the whole drawing. */
function collect(
  lane: Lane,
  placed: PlacedLane,
  dx: number,
  dy: number,
  spacing: Spacing,
  boxes: Map<string, Box>,
  routes: Map<string, Route>,
): void {
  for (const route of placed.routes) {
    const moved = route.points.map(({ x, y }) => ({ x: x + dx, y: y + dy }));
    routes.set(route.id, { ...route, points: moved, label: { x: route.label.x + dx, y: route.label.y + dy } });
  }
  lane.items.forEach((item, index) => {
    const box = placed.boxes[index];
    if (box === undefined) return;
    const at = { ...box, x: box.x + dx, y: box.y + dy };
    boxes.set(item.id, at);
    const group = placed.inner[index];
    if (item.kind === 'leaf' || group === undefined) return;
    item.lanes.forEach((inside, place) => {
      const slot = group.lanes[place];
      if (slot === undefined) return;
      boxes.set(inside.id, { ...slot.box, x: slot.box.x + at.x, y: slot.box.y + at.y });
      const left = at.x + slot.box.x + slot.offset;
      collect(inside, slot.content, left, at.y + slot.box.y + spacing.lanePadding, spacing, boxes, routes);
    });
  });
}
