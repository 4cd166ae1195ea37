/** Names in the inputs of actions: the platform evaluates them too, so one such as `@odata.type` stops the workflow from being saved. */
import { parseTemplate } from '../../expressions/index';
import { pointerOf } from '../../json/path';
import type { JsonNode, StringNode } from '../../json/tree';
import type { Finding, WorkflowRule } from '../rule';

export const inputNamesRule: WorkflowRule = {
  name: 'inputNames',
  reach: 'operation',
  *check({ due }) {
    for (const action of due.actions()) {
      const inputs = action.node?.properties.find(({ key }) => key.value === 'inputs')?.value;
      if (inputs !== undefined) yield* misread(inputs, ['inputs'], action.path);
    }
  },
};

function* misread(node: JsonNode, path: readonly (string | number)[], owner: string): Generator<Finding> {
  if (node.kind === 'array') {
    for (const [index, item] of node.items.entries()) yield* misread(item, [...path, index], owner);
  }
  if (node.kind !== 'object') return;
  for (const { key, value } of node.properties) {
    const place = [...path, key.value];
    if (isMisread(key)) yield finding(key, owner + pointerOf(place));
    if (value !== undefined) yield* misread(value, place, owner);
  }
}

/** Begins like an expression, and can't be read as one. */
function isMisread({ value }: StringNode): boolean {
  return /^@[^@{]/.test(value) && parseTemplate(value).problems.length > 0;
}

function finding(key: StringNode, path: string): Finding {
  return {
    code: 'expression-syntax',
    range: key,
    path,
    message: `The platform reads the name '${key.value}' as an expression. Write '@${key.value}' for the name itself.`,
    fixes: [
      {
        title: `Change to '@${key.value}'`,
        edits: [{ range: { start: key.start + 1, end: key.start + 1 }, newText: '@' }],
        preferred: true,
      },
    ],
  };
}
