/** What is known of a value before the workflow runs: its types, the members of an object, the items of an array, a constant. */
import { mayBe } from '../expressions/types';
import type { Type, TypeName } from '../expressions/types';
import type { Value } from '../json/value';
import type { JsonNode } from '../json/tree';

export interface Member {
  readonly type: ValueType;
  /** False when an object of the type may lack it. */
  readonly required: boolean;
  /** Where the document says that the member exists. */
  readonly node?: JsonNode | undefined;
  readonly description?: string | undefined;
}

export interface Members {
  readonly all: ReadonlyMap<string, Member>;
  /** True when the object has no others. */
  readonly closed: boolean;
  /** True when a schema says so, which does not keep others out: it may not be checked, and it may not forbid them. */
  readonly bySchema?: boolean;
}

/** Made on first use: schemas are large, and little of them is asked for. */
interface Parts {
  readonly members?: () => Members | undefined;
  readonly item?: () => ValueType;
  /** The only value. */
  readonly constant?: Value;
}

export class ValueType {
  /** What the value can be; `any` when nothing is known. */
  readonly names: readonly TypeName[];
  readonly constant: Value | undefined;
  readonly #parts: Parts;
  #members: Members | undefined | null = null;
  #item: ValueType | undefined;

  constructor(type: Type, parts: Parts = {}) {
    this.names = typeof type === 'string' ? [type] : type.includes('any') ? ['any'] : type;
    this.constant = parts.constant;
    this.#parts = parts;
  }

  /** The members known of an object, or undefined when nothing is known of them. */
  get members(): Members | undefined {
    if (this.#members === null) {
      // A value that leads to itself knows nothing of itself meanwhile.
      this.#members = undefined;
      this.#members = this.#parts.members?.();
    }
    return this.#members;
  }

  /** What the items of an array are. */
  get item(): ValueType {
    if (this.#item === undefined) {
      this.#item = anything;
      this.#item = this.#parts.item?.() ?? anything;
    }
    return this.#item;
  }

  /** True when the items of the array are known. */
  get hasItem(): boolean {
    return this.#parts.item !== undefined;
  }

  get isAny(): boolean {
    return this.names.includes('any');
  }

  /** True when a value can be of this type. */
  may(type: Type): boolean {
    return mayBe(this.names, type);
  }

  /** True when the value is surely of this type. */
  is(type: Type): boolean {
    return !this.isAny && this.names.every((name) => mayBe(name, type));
  }

  /** A member by its name in any case, as the platform finds it. */
  member(name: string): Member | undefined {
    const all = this.members?.all;
    if (all === undefined) return undefined;
    const exact = all.get(name);
    if (exact !== undefined) return exact;
    const wanted = name.toUpperCase();
    for (const [key, member] of all) if (key.toUpperCase() === wanted) return member;
    return undefined;
  }

  /** The same, or null. */
  orNull(): ValueType {
    if (this.isAny || this.names.includes('null')) return this;
    return new ValueType([...this.names, 'null'], { members: () => this.members, ...this.#itemPart() });
  }

  /** The same without null. */
  notNull(): ValueType {
    if (!this.names.includes('null') || this.names.length === 1) return this;
    const names = this.names.filter((name) => name !== 'null');
    return new ValueType(names, { members: () => this.members, ...this.#itemPart() });
  }

  #itemPart(): Parts {
    return this.hasItem ? { item: () => this.item } : {};
  }
}

export const anything = new ValueType('any');

/** A type of which no more is known. */
export function plain(type: Type): ValueType {
  return type === 'any' ? anything : new ValueType(type);
}

export function constantOf(type: TypeName, value: Value): ValueType {
  return new ValueType(type, { constant: value });
}

export function arrayOf(item: () => ValueType): ValueType {
  return new ValueType('array', { item });
}

/** An object with these members; `closed` when it has no others. */
export function objectOf(members: Readonly<Record<string, ValueType>>, closed: boolean): ValueType {
  const all = new Map(
    Object.entries(members).map(([name, type]): [string, Member] => [name, { type, required: true }]),
  );
  return new ValueType('object', { members: () => ({ all, closed }) });
}

/** A value that is of one of several types. */
export function unionOf(types: readonly ValueType[]): ValueType {
  const [first, ...rest] = types;
  if (first === undefined) return anything;
  if (rest.length === 0) return first;
  const names = [...new Set(types.flatMap((type) => type.names))];
  const objects = types.filter((type) => type.may('object'));
  const arrays = types.filter((type) => type.may('array'));
  return new ValueType(names, {
    members: () => mergedMembers(objects),
    ...(arrays.length > 0 && arrays.every((type) => type.hasItem)
      ? { item: () => unionOf(arrays.map((type) => type.item)) }
      : {}),
  });
}

function mergedMembers(objects: readonly ValueType[]): Members | undefined {
  const known = objects.flatMap((type) => type.members ?? []);
  if (known.length === 0) return undefined;
  const all = new Map<string, Member>();
  for (const name of new Set(known.flatMap((members) => [...members.all.keys()]))) {
    const found = known.flatMap((members) => members.all.get(name) ?? []);
    const everywhere = found.length === objects.length && found.every((member) => member.required);
    const [first] = found;
    if (first !== undefined)
      all.set(name, { ...first, type: unionOf(found.map((each) => each.type)), required: everywhere });
  }
  return {
    all,
    closed: known.length === objects.length && known.every((members) => members.closed),
    bySchema: known.some((members) => members.bySchema === true),
  };
}

/** The type in words: `string`, `integer or null`, `array of object`, `object { id, name }`. At most `most` names of members. */
export function describeType(type: ValueType, most = 4): string {
  return type.names.map((name) => describeName(type, name, most)).join(' or ');
}

function describeName(type: ValueType, name: TypeName, most: number): string {
  if (name === 'array' && type.hasItem && !type.item.isAny) {
    const item = describeType(type.item, most);
    return item.includes(' or ') ? `array of (${item})` : `array of ${item}`;
  }
  const members = name === 'object' && most > 0 ? type.members : undefined;
  if (members === undefined || members.all.size === 0) return name;
  const names = [...members.all.keys()];
  const shown = names.slice(0, most);
  return `object { ${shown.join(', ')}${shown.length < names.length || !members.closed ? ', …' : ''} }`;
}
