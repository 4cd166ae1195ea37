/**
 * The expressions that an operation evaluates before it begins, in the order of the text: what a debugger can stop at inside of it.
 * What is evaluated later (an Until's condition, the mapping of a Select for each item) is not among them.
 */
import { expressionsOf } from '../../../language/expressions/ast';
import type { Expression } from '../../../language/expressions/ast';
import { parseTemplate } from '../../../language/expressions/template';
import { member } from '../../../language/json/tree';
import type { JsonNode, StringNode } from '../../../language/json/tree';

export interface ExpressionPlace {
  /** From the operation's own node: `inputs`, `body`, … */
  readonly path: readonly (string | number)[];
  readonly node: StringNode;
  /** Their ranges are in `node.value`. */
  readonly expressions: readonly Expression[];
}

/** Members that are evaluated before the operation begins; those of other types are below `inputs`. */
const membersOfType: Readonly<Record<string, readonly (readonly string[])[]>> = {
  if: [['expression']],
  switch: [['expression']],
  foreach: [['foreach']],
  until: [],
  scope: [],
  select: [['inputs', 'from']],
  query: [['inputs', 'from']],
  table: [['inputs', 'from']],
  httpwebhook: [['inputs', 'subscribe']],
  javascriptcode: [],
};

/** `node` is the operation's own; without one there is nothing. */
export function expressionPlaces(node: JsonNode | undefined, type: string): readonly ExpressionPlace[] {
  const places: ExpressionPlace[] = [];
  for (const path of membersOfType[type.toLowerCase()] ?? [['inputs']]) {
    let below = node;
    for (const name of path) below = member(below, name);
    if (below !== undefined) collect(below, path, places);
  }
  return places;
}

export function samePath(one: readonly (string | number)[], other: readonly (string | number)[]): boolean {
  return one.length === other.length && one.every((step, index) => step === other[index]);
}

function collect(node: JsonNode, path: readonly (string | number)[], places: ExpressionPlace[]): void {
  switch (node.kind) {
    case 'string': {
      if (!node.value.includes('@')) return;
      const { template, problems } = parseTemplate(node.value);
      const expressions = problems.length > 0 ? [] : expressionsOf(template);
      if (expressions.length > 0) places.push({ path, node, expressions });
      return;
    }
    case 'array':
      for (const [index, item] of node.items.entries()) collect(item, [...path, index], places);
      return;
    case 'object':
      for (const { key, value } of node.properties) {
        if (value !== undefined) collect(value, [...path, key.value], places);
      }
      return;
    case 'number':
    case 'literal':
  }
}
