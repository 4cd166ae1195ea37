/** Where in the JSON the cursor is: at the name of a member, or at a value; on text that may be half-typed. */
import { locate } from '../../language/json/path';
import type { Path } from '../../language/json/path';
import type { JsonNode, JsonTree, ObjectNode, PropertyNode, StringNode } from '../../language/json/tree';
import { touches } from '../../language/text/range';
import type { TextRange } from '../../language/text/range';

export type JsonPlace =
  | {
      readonly kind: 'key';
      readonly object: ObjectNode;
      /** Of the object. */
      readonly path: Path;
      /** The key under the cursor, quotes included, or the empty place. */
      readonly range: TextRange;
      /** The property under the cursor is not one that must not be offered again. */
      readonly property: PropertyNode | undefined;
      readonly needsValue: boolean;
      readonly needsComma: boolean;
    }
  | {
      readonly kind: 'value';
      readonly path: Path;
      /** The value under the cursor, or the empty place. */
      readonly range: TextRange;
      readonly node: StringNode | undefined;
      /** The object or array that the value is a member of. */
      readonly parent: JsonNode;
      readonly needsComma: boolean;
    };

export function jsonPlaceAt(tree: JsonTree, offset: number): JsonPlace | undefined {
  const { nodes, path } = locate(tree, offset);
  const innermost = nodes.at(-1);
  if (innermost === undefined) return undefined;
  const { text } = tree;
  if (innermost.kind === 'object') {
    const isOutside = offset <= innermost.start || (offset >= innermost.end && text[innermost.end - 1] === '}');
    if (isOutside) return undefined;
    const property = innermost.properties.find((each) => touches(each, offset));
    if (property !== undefined && touches(property.key, offset))
      return keyPlace(tree, innermost, path.slice(0, -1), property);
    if (property === undefined) {
      const before = innermost.properties.findLast((each) => each.end <= offset);
      if (before?.value === undefined && before !== undefined && text.slice(before.key.end, offset).includes(':')) {
        return emptyValue(tree, innermost, [...path, before.key.value], offset);
      }
      return emptyKey(tree, innermost, path, offset);
    }
    return emptyValue(tree, innermost, path, offset);
  }
  if (innermost.kind === 'array') {
    return offset <= innermost.start || (offset >= innermost.end && text[innermost.end - 1] === ']')
      ? undefined
      : emptyValue(tree, innermost, [...path, 0], offset);
  }
  const parent = nodes.at(-2);
  if (parent === undefined) return undefined;
  const node = innermost.kind === 'string' ? innermost : undefined;
  return { kind: 'value', path, range: innermost, node, parent, needsComma: false };
}

function keyPlace(tree: JsonTree, object: ObjectNode, path: Path, property: PropertyNode): JsonPlace {
  const hasColon =
    property.value !== undefined || /^\s*:/.test(tree.text.slice(property.key.end, property.key.end + 40));
  return {
    kind: 'key',
    object,
    path,
    range: property.key,
    property,
    needsValue: !hasColon,
    needsComma: !hasColon && followsMember(tree.text, property.key.end),
  };
}

function emptyKey(tree: JsonTree, object: ObjectNode, path: Path, offset: number): JsonPlace {
  // Letters typed without a quote are no node of the tree, but the cursor's word all the same.
  let start = offset;
  while (start > object.start + 1 && /[\w$]/.test(tree.text[start - 1] ?? '')) start--;
  const needsComma = followsMember(tree.text, offset);
  return {
    kind: 'key',
    object,
    path,
    range: { start, end: offset },
    property: undefined,
    needsValue: true,
    needsComma,
  };
}

function emptyValue(tree: JsonTree, parent: JsonNode, path: Path, offset: number): JsonPlace {
  let start = offset;
  while (start > parent.start + 1 && /[\w$.-]/.test(tree.text[start - 1] ?? '')) start--;
  const needsComma = followsMember(tree.text, offset);
  return { kind: 'value', path, range: { start, end: offset }, node: undefined, parent, needsComma };
}

/** True when another member follows without a comma between. */
function followsMember(text: string, offset: number): boolean {
  const next = /^\s*(.)/.exec(text.slice(offset, offset + 200))?.[1];
  return next === '"' || next === '{' || next === '[';
}
