/** Between a JSON value in the document and the text of a field. */
import { parseTree } from '../../../language/json/tree';
import type { JsonNode } from '../../../language/json/tree';

/** What a field shows of a value: a string's own text, any other value as JSON, laid out for reading. */
export function fieldText(node: JsonNode): string {
  return node.kind === 'string' ? node.value : jsonText(node, '');
}

/** The JSON that a field's text stands for, or why it stands for none. */
export function parseField(text: string, before: JsonNode): { readonly json: string } | { readonly problem: string } {
  if (before.kind === 'string') return { json: JSON.stringify(text) };
  const { root, problems } = parseTree(text);
  if (root !== undefined && problems.length === 0) return { json: text.trim() };
  // An expression may stand for any value; a brace or bracket that does not parse is a slip.
  if (before.kind === 'object' || before.kind === 'array') {
    if (text.startsWith('@')) return { json: JSON.stringify(text) };
    return { problem: problems[0]?.message ?? 'A value is expected here.' };
  }
  return { json: JSON.stringify(text) };
}

/** Formatted JSON without comments. */
function jsonText(node: JsonNode, indent: string): string {
  const inner = `${indent}  `;
  switch (node.kind) {
    case 'string':
      return JSON.stringify(node.value);
    case 'number':
      return node.text;
    case 'literal':
      return String(node.value);
    case 'array':
      if (node.items.length === 0) return '[]';
      return `[\n${node.items.map((item) => inner + jsonText(item, inner)).join(',\n')}\n${indent}]`;
    case 'object': {
      if (node.properties.length === 0) return '{}';
      const members = node.properties.map(
        ({ key, value }) =>
          `${inner}${JSON.stringify(key.value)}: ${value === undefined ? 'null' : jsonText(value, inner)}`,
      );
      return `{\n${members.join(',\n')}\n${indent}}`;
    }
  }
}
