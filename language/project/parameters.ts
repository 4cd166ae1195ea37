/** parameters.json: the values that the definitions' and connections' `@parameters(…)` stand for in a Standard project. */
import { pointerOf } from '../json/path';
import { member, stringOf } from '../json/tree';
import type { JsonNode, JsonTree, PropertyNode } from '../json/tree';

export interface ProjectParameter {
  readonly name: string;
  readonly property: PropertyNode;
  /** JSON pointer of the entry. */
  readonly path: string;
  /** As written: `String`, `Int`, … in any case. */
  readonly type: string | undefined;
  readonly value: JsonNode | undefined;
}

export interface ProjectParameters {
  readonly tree: JsonTree;
  readonly entries: readonly ProjectParameter[];
}

/** The parameter types of the platform. Source: Microsoft's definition language schema reference, "Parameters". */
export const parameterTypes = [
  'String',
  'SecureString',
  'Int',
  'Float',
  'Bool',
  'Array',
  'Object',
  'SecureObject',
] as const;

/** Reads the tree of a parameters.json. Never throws. */
export function readParameters(tree: JsonTree): ProjectParameters {
  const { root } = tree;
  const properties = root?.kind === 'object' ? root.properties : [];
  return {
    tree,
    entries: properties
      .filter((each) => each.key.value !== '$schema')
      .map((property) => ({
        name: property.key.value,
        property,
        path: pointerOf([property.key.value]),
        type: stringOf(member(property.value, 'type')),
        value: member(property.value, 'value'),
      })),
  };
}

/** The parameter with this name, in any case. */
export function findParameter(parameters: ProjectParameters, name: string): ProjectParameter | undefined {
  const wanted = name.toLowerCase();
  return parameters.entries.find((each) => each.name.toLowerCase() === wanted);
}
