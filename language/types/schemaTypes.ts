/** Types from JSON Schemas: those that stand in the document (Request, Parse JSON), and those of operation manifests. */
import type { JsonSchema } from '../catalog/schema';
import type { TypeName } from '../expressions/types';
import { nodeAtPointer } from '../json/path';
import { member, stringOf } from '../json/tree';
import type { JsonNode } from '../json/tree';
import { anything, ValueType } from './valueType';
import type { Member, Members } from './valueType';

const typeNames: Readonly<Record<string, TypeName>> = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  array: 'array',
  object: 'object',
  null: 'null',
};

/** Says of an object what `properties` does not, so that members which are not listed may be there all the same. */
const opening = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'patternProperties', 'dependencies'] as const;

/** Schemas may refer to themselves through `$ref`; a chain of references ends here. */
const MAX_REFERENCES = 8;

/** What a schema in the document says of a value that has been validated by it. */
export function typeOfSchema(schema: JsonNode | undefined): ValueType {
  return typeOfPart(schema, { root: schema, isChecked: true }, 0);
}

/** What a schema says of a value that nobody validates: anything can be missing. */
export function typeOfUncheckedSchema(schema: JsonNode | undefined): ValueType {
  return typeOfPart(schema, { root: schema, isChecked: false }, 0);
}

interface Whole {
  /** In which `$ref` is looked up. */
  readonly root: JsonNode | undefined;
  readonly isChecked: boolean;
}

function typeOfPart(node: JsonNode | undefined, whole: Whole, references: number): ValueType {
  if (node?.kind !== 'object') return anything;
  const reference = stringOf(member(node, '$ref'));
  if (reference !== undefined) {
    if (!reference.startsWith('#') || references >= MAX_REFERENCES) return anything;
    return typeOfPart(nodeAtPointer(whole.root, reference.slice(1)), whole, references + 1);
  }
  const names = schemaNames(node);
  const items = member(node, 'items');
  return new ValueType(names, {
    members: () => schemaMembers(node, whole),
    ...(items?.kind === 'object' ? { item: () => typeOfPart(items, whole, 0) } : {}),
  });
}

function schemaNames(node: JsonNode): readonly TypeName[] {
  const type = member(node, 'type');
  const written =
    type?.kind === 'string'
      ? [type.value]
      : type?.kind === 'array'
        ? type.items.map((each) => stringOf(each) ?? '')
        : [];
  const names = written.flatMap((each) => typeNames[each.toLowerCase()] ?? ['any' as const]);
  if (names.length === 0) {
    return member(node, 'properties')?.kind === 'object' && !opening.some((each) => member(node, each))
      ? ['object']
      : ['any'];
  }
  const nullable = member(node, 'nullable');
  return nullable?.kind === 'literal' && nullable.value === true ? [...names, 'null'] : names;
}

function schemaMembers(node: JsonNode, whole: Whole): Members | undefined {
  const properties = member(node, 'properties');
  if (properties?.kind !== 'object') return undefined;
  const required = member(node, 'required');
  const needed = new Set(required?.kind === 'array' ? required.items.map((each) => stringOf(each) ?? '') : []);
  const all = new Map(
    properties.properties.map(({ key, value }): [string, Member] => [
      key.value,
      {
        type: typeOfPart(value, whole, 0),
        required: whole.isChecked && needed.has(key.value),
        node: key,
        description: stringOf(member(value, 'description')) ?? stringOf(member(value, 'title')),
      },
    ]),
  );
  const additional = member(node, 'additionalProperties');
  const isOpen = additional?.kind === 'object' || (additional?.kind === 'literal' && additional.value === true);
  const isClosed = all.size > 0 && !isOpen && !opening.some((each) => member(node, each) !== undefined);
  const isStrict = whole.isChecked && additional?.kind === 'literal' && additional.value === false;
  return { all, closed: isClosed, bySchema: !isStrict };
}

/** What the schema of a manifest says. Its objects are open: services add members. */
export function typeOfManifestSchema(schema: JsonSchema): ValueType {
  const written = schema.type === undefined ? [] : typeof schema.type === 'string' ? [schema.type] : schema.type;
  const names = written.flatMap((each) => typeNames[each] ?? ['any' as const]);
  const { items, properties } = schema;
  return new ValueType(names.length === 0 ? 'any' : names, {
    ...(properties === undefined ? {} : { members: () => manifestMembers(schema) }),
    ...(items === undefined ? {} : { item: () => typeOfManifestSchema(items) }),
  });
}

function manifestMembers({ properties, required }: JsonSchema): Members {
  const all = new Map(
    Object.entries(properties ?? {}).map(([name, each]): [string, Member] => [
      name,
      {
        type: typeOfManifestSchema(each),
        required: required?.includes(name) ?? false,
        description: each.description ?? each.title,
      },
    ]),
  );
  return { all, closed: false };
}
