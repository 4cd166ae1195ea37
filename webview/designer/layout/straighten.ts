/**
 * A finishing touch on the x coordinates: lines that miss being straight by a little are made straight, by moving one of the two
 * columns they join, where its neighbours leave room.
 */
import type { Vertex } from './layers';

/** A miss of more than this is a bend that means something. */
const NEARLY = 28;
/** Beyond this a drawing is not looked at line by line, and the pass would cost more than it gives. */
const MAX_VERTICES = 5000;

/** Changes `centres` in place; the distances between neighbours of a layer stay at least `gap`. */
export function straighten(
  vertices: readonly Vertex[],
  layers: readonly (readonly number[])[],
  centres: Float64Array,
  gap: number,
): void {
  if (vertices.length > MAX_VERTICES) return;
  const columns = straightColumns(vertices, centres);
  const place = new Int32Array(vertices.length);
  for (const layer of layers) layer.forEach((vertex, index) => (place[vertex] = index));
  const fits = (column: readonly number[], by: number): boolean =>
    column.every((vertex) => {
      const { layer, width } = vertices[vertex] ?? { layer: 0, width: 0 };
      const x = (centres[vertex] ?? 0) + by;
      const beside = layers[layer]?.[(place[vertex] ?? 0) + Math.sign(by)];
      if (beside === undefined || column.includes(beside)) return true;
      return Math.abs((centres[beside] ?? 0) - x) >= (width + (vertices[beside]?.width ?? 0)) / 2 + gap - 0.01;
    });
  for (const upper of vertices) {
    for (const lower of upper.below) {
      const miss = (centres[lower] ?? 0) - (centres[upper.index] ?? 0);
      if (Math.abs(miss) < 0.01 || Math.abs(miss) > NEARLY) continue;
      const above = columns[upper.index];
      const below = columns[lower];
      if (above === undefined || below === undefined || above === below) continue;
      const moving = fits(above, miss) ? above : fits(below, -miss) ? below : undefined;
      if (moving === undefined) continue;
      for (const vertex of moving) centres[vertex] = (centres[vertex] ?? 0) + (moving === above ? miss : -miss);
      above.push(...below);
      for (const vertex of below) columns[vertex] = above;
    }
  }
}

/** Vertices that straight lines join, as one list per column shared by its members. */
function straightColumns(vertices: readonly Vertex[], centres: Float64Array): number[][] {
  const columns = vertices.map(({ index }) => [index]);
  for (const upper of vertices) {
    for (const lower of upper.below) {
      const above = columns[upper.index];
      const below = columns[lower];
      if (above === undefined || below === undefined || above === below) continue;
      if (Math.abs((centres[upper.index] ?? 0) - (centres[lower] ?? 0)) > 0.01) continue;
      above.push(...below);
      for (const vertex of below) columns[vertex] = above;
    }
  }
  return columns;
}
