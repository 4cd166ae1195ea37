/** What a function returns, where its arguments tell more than its entry in the registry: the item of an array, one of two branches. */
import { findFunction } from '../expressions/index';
import type { Call, Expression } from '../expressions/ast';
import { anything, arrayOf, plain, unionOf, ValueType } from './valueType';
import type { Member } from './valueType';

type TypeOf = (expression: Expression) => ValueType;

/** The type of a call of a function that does not look at the workflow. */
export function typeOfCall(call: Call, typeOf: TypeOf): ValueType {
  const name = call.name.toLowerCase();
  const special = byArguments[name];
  if (special !== undefined) return special(call.args, typeOf);
  return plain(findFunction(name)?.returns ?? 'any');
}

const byArguments: Readonly<Record<string, (args: readonly Expression[], typeOf: TypeOf) => ValueType>> = {
  first: endOf,
  last: endOf,
  take: partOf,
  skip: partOf,
  reverse: partOf,
  sort: partOf,
  filter: partOf,
  if: ([, yes, no], typeOf) => (yes === undefined || no === undefined ? anything : unionOf([typeOf(yes), typeOf(no)])),
  coalesce: (args, typeOf) => {
    const types = args.map(typeOf);
    const last = types.at(-1);
    if (last === undefined) return anything;
    return unionOf([
      ...types
        .slice(0, -1)
        .filter((type) => !type.names.every((name) => name === 'null'))
        .map((type) => type.notNull()),
      last,
    ]);
  },
  createarray: (args, typeOf) => arrayOf(() => (args.length === 0 ? anything : unionOf(args.map(typeOf)))),
  split: () => arrayOf(() => plain('string')),
  range: () => arrayOf(() => plain('integer')),
  union: merged,
  intersection: merged,
  addproperty: withProperty,
  setproperty: withProperty,
};

/** Of an empty array, null. */
function endOf([list]: readonly Expression[], typeOf: TypeOf): ValueType {
  const type = list === undefined ? anything : typeOf(list);
  if (type.is('array')) return type.item.orNull();
  return type.is('string') ? plain('string') : anything;
}

function partOf([list]: readonly Expression[], typeOf: TypeOf): ValueType {
  const type = list === undefined ? anything : typeOf(list);
  if (type.is('array')) return type.hasItem ? arrayOf(() => type.item) : plain('array');
  return plain(type.is('string') ? 'string' : ['array', 'string']);
}

function merged(args: readonly Expression[], typeOf: TypeOf): ValueType {
  const types = args.map(typeOf);
  if (types.every((type) => type.is('array')))
    return types.every((type) => type.hasItem) ? unionOf(types) : plain('array');
  return plain(types.every((type) => type.is('object')) ? 'object' : ['array', 'object']);
}

/** An object and one member more; a name that is computed leaves it open. */
function withProperty([target, name, value]: readonly Expression[], typeOf: TypeOf): ValueType {
  if (target === undefined || name === undefined || value === undefined) return plain('object');
  const key = name.kind === 'literal' && typeof name.value === 'string' ? name.value : undefined;
  return new ValueType('object', {
    members: () => {
      const before = typeOf(target).members;
      const added: [string, Member][] = key === undefined ? [] : [[key, { type: typeOf(value), required: true }]];
      const all = new Map([...(before?.all ?? []), ...added]);
      return { all, closed: key !== undefined && before?.closed === true };
    },
  });
}
