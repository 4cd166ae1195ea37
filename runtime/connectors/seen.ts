/** What a trigger that watches a folder has seen: names and when each has changed. Pure. */
import { isObject, objectOf } from '../../language/json/value';
import type { Value } from '../../language/json/value';

export interface Watched {
  readonly name: string;
  /** Changes when the item does: a time, an ETag. */
  readonly stamp: string;
}

/**
 * The items that are new, or have changed when `changes` counts, in their order. With `most`, the others are left for the next look.
 * `memory`: what the last look gave; null: nothing has been seen.
 */
export function newSince<Item extends Watched>(
  items: readonly Item[],
  memory: Value,
  { changes, most = Infinity }: { readonly changes: boolean; readonly most?: number },
): { readonly found: readonly Item[]; readonly memory: Value; readonly more: boolean } {
  const seen = isObject(memory) ? memory : new Map<string, Value>();
  const isNew = ({ name, stamp }: Item): boolean => {
    const known = seen.get(name);
    return known === undefined || (changes && known !== stamp);
  };
  const all = items.filter(isNew);
  const found = all.slice(0, most);
  const left = new Set(all.slice(found.length).map(({ name }) => name));
  // What is gone is forgotten: coming back, it is new.
  const kept = items.filter(({ name }) => !left.has(name)).map(({ name, stamp }) => [name, stamp] as const);
  return { found, memory: objectOf(Object.fromEntries(kept)), more: left.size > 0 };
}
