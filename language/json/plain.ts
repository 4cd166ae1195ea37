/** Tree nodes as plain JavaScript values, for validators. Numbers lose what a double cannot hold; nothing is evaluated. */
import type { JsonNode, ObjectNode } from './tree';

export type PlainObject = Record<string, unknown>;

export function plainValue(node: JsonNode): unknown {
  switch (node.kind) {
    case 'string':
      return node.value;
    case 'number':
      return Number(node.text);
    case 'literal':
      return node.value;
    case 'array':
      return node.items.map(plainValue);
    case 'object':
      return plainObject(node, plainValue);
  }
}

/** An object whose members are made by `convert`; a member for which it gives undefined is left out. */
export function plainObject(node: ObjectNode, convert: (value: JsonNode, name: string) => unknown): PlainObject {
  const object: PlainObject = {};
  for (const { key, value } of node.properties) {
    const plain = value === undefined ? undefined : convert(value, key.value);
    if (plain === undefined) continue;
    if (key.value === '__proto__') Object.defineProperty(object, '__proto__', { value: plain, enumerable: true });
    else object[key.value] = plain;
  }
  return object;
}

/** True for null, which the platform treats as a member that is not given. */
export function isEmptyNode(node: JsonNode): boolean {
  return node.kind === 'literal' && node.value === null;
}
