/** Properties of objects and items of arrays, and why there is none. */
import { contentOf } from '../json/content';
import { isArray, isInteger, isObject } from '../json/value';
import type { ObjectValue, Value } from '../json/value';
import { XmlValue } from '../json/xmlValue';
import type { Access } from './ast';
import { LocatedError, usage } from './failure';
import { memberOf } from './names';
import { typeNameOf } from './types';

/** The whole expression, as messages quote it. */
export interface Source {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export function written(source: Source): string {
  return source.text.slice(source.start, source.end);
}

interface Place {
  readonly node: Access;
  readonly source: Source;
}

/** What `.key` or `[key]` takes from a value. `node` and `source` say where it stands, for messages. */
export function select(value: Value, key: Value, node: Access, source: Source): Value {
  if (isObject(value) && typeof key === 'string') {
    const member: Value | undefined = value.get(key) ?? memberOf(value, key);
    if (member !== undefined) return member;
    const below = memberAt(value, key);
    if (below !== undefined) return below;
    if (node.safe) return null;
    throw missing({ node, source }, key, [...value.keys()]);
  }
  return selectOther(value, key, { node, source });
}

/** `body/value` is the `value` of `body` where no property has that very name: designers write `outputs('x')?['body/value']`. */
function memberAt(object: ObjectValue, path: string): Value | undefined {
  if (!path.includes('/')) return undefined;
  let value: Value | undefined = object;
  for (const name of path.split('/')) {
    if (!isObject(value)) return undefined;
    value = memberOf(value, name);
  }
  return value;
}

/** Everything but a property of an object. */
function selectOther(value: Value, key: Value, place: Place): Value {
  if (value === null) {
    if (place.node.safe) return null;
    throw unusable(place, key, 'The value before it is null.', `Use '?' to get null instead: ?[…].`);
  }
  if (isArray(value)) {
    if (!isInteger(key)) throw unusable(place, key, 'Array elements can only be selected using an integer index.');
    const item: Value | undefined = typeof key === 'number' ? value[key] : undefined;
    if (item !== undefined) return item;
    if (place.node.safe) return null;
    throw outside(place, key, value.length);
  }
  if (value instanceof XmlValue && typeof key === 'string') {
    const member = memberOf(contentOf(value), key);
    if (member !== undefined || place.node.safe) return member ?? null;
    throw missing(place, key, ['$content-type', '$content']);
  }
  if (isObject(value) || value instanceof XmlValue) {
    throw unusable(place, key, 'Properties of an object are selected by strings.');
  }
  throw unusable(place, key, `Property selection is not supported on values of type '${typeNameOf(value)}'.`);
}

function cannot(place: Place, because: string, hint?: string): LocatedError {
  const message = `The template language expression '${written(place.source)}' cannot be evaluated because ${because} ${usage()}`;
  const { start, end } = place.node.key;
  return new LocatedError(message, { start, end }, hint);
}

function missing(place: Place, name: string, available: readonly string[]): LocatedError {
  const because = `property '${name}' doesn't exist, available properties are '${available.join(', ')}'.`;
  const plain = (text: string): string => text.replace(/[\s_-]/g, '').toLowerCase();
  const similar = available.find((each) => plain(each) === plain(name));
  return cannot(
    place,
    because,
    similar === undefined ? `Use ?['${name}'] to get null instead.` : `Did you mean '${similar}'?`,
  );
}

function outside(place: Place, index: number | bigint, length: number): LocatedError {
  const because =
    length === 0
      ? `array index '${index}' cannot be selected from empty array.`
      : `array index '${index}' is outside bounds (0, ${length - 1}) of array.`;
  return cannot(place, because, `Use ?[${index}] to get null instead.`);
}

function unusable(place: Place, key: Value, reason: string, hint?: string): LocatedError {
  const name = key === null || typeof key === 'object' ? typeNameOf(key) : typeof key === 'string' ? key : String(key);
  return cannot(place, `property '${name}' cannot be selected. ${reason}`, hint);
}
