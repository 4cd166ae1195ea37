/**
 * Horizontal stretches of the lines between two layers. Lines that leave one fork, or meet in one join, share a track;
 * others that would lie on top of each other get tracks of their own.
 */

/** One line between two neighbouring layers, from `source` at `from` down to `target` at `to`. */
export interface Stretch {
  readonly source: number;
  readonly target: number;
  readonly from: number;
  readonly to: number;
}

interface Bundle {
  readonly left: number;
  readonly right: number;
  readonly sources: ReadonlySet<number>;
  readonly targets: ReadonlySet<number>;
  track: number;
}

/** Lines closer than this count as one vertical line. */
const STRAIGHT = 1;

/** The track of each stretch (0 is the upper one; straight lines have -1) and the number of tracks. */
export function assignTracks(stretches: readonly Stretch[]): { tracks: number[]; count: number } {
  const leaving = new Map<number, number>();
  for (const { source } of stretches) leaving.set(source, (leaving.get(source) ?? 0) + 1);
  const keyed = new Map<string, Stretch[]>();
  const keys = stretches.map((each) => {
    if (Math.abs(each.from - each.to) < STRAIGHT) return undefined;
    const key = (leaving.get(each.source) ?? 0) > 1 ? `fork ${each.source}` : `join ${each.target}`;
    const same = keyed.get(key);
    if (same === undefined) keyed.set(key, [each]);
    else same.push(each);
    return key;
  });
  const bundles = new Map<string, Bundle>();
  for (const [key, same] of keyed) {
    const ends = same.flatMap((each) => [each.from, each.to]);
    bundles.set(key, {
      left: Math.min(...ends),
      right: Math.max(...ends),
      sources: new Set(same.map((each) => Math.round(each.from))),
      targets: new Set(same.map((each) => Math.round(each.to))),
      track: 0,
    });
  }
  const placed: Bundle[] = [];
  for (const bundle of upperFirst([...bundles.values()])) {
    const near = placed.filter((other) => other.left <= bundle.right && bundle.left <= other.right);
    const above = near.filter((other) => isAbove(other, bundle)).map((other) => other.track + 1);
    let track = Math.max(0, ...above);
    while (near.some((other) => other.track === track)) track++;
    bundle.track = track;
    placed.push(bundle);
  }
  const count = placed.reduce((most, each) => Math.max(most, each.track + 1), 0);
  return { tracks: keys.map((key) => (key === undefined ? -1 : (bundles.get(key)?.track ?? 0))), count };
}

/** A line that comes down where another one goes on must turn off before it, or the two would look like one. */
function isAbove(upper: Bundle, lower: Bundle): boolean {
  for (const x of upper.sources) if (lower.targets.has(x)) return true;
  return false;
}

function upperFirst(bundles: readonly Bundle[]): Bundle[] {
  const order: Bundle[] = [];
  let waiting = [...bundles].sort((a, b) => a.left - b.left);
  while (waiting.length > 0) {
    const free = waiting.filter((each) => !waiting.some((other) => other !== each && isAbove(other, each)));
    const next = free.length > 0 ? free : waiting.slice(0, 1);
    order.push(...next);
    waiting = waiting.filter((each) => !next.includes(each));
  }
  return order;
}
