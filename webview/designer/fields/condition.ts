/**
 * The conditions of If, Until and triggers in words: `{ "and": [{ "greater": ["@a", 10] }] }` is "a > 10". Groups and comparisons from
 * Microsoft's schema reference for conditions; what is none of them is shown as it is written.
 */
import type { JsonNode } from '../../../language/json/tree';

/** A condition as it is read by people. */
export type Condition =
  | { readonly kind: 'group'; readonly join: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition }
  | { readonly kind: 'comparison'; readonly left: string; readonly operator: string; readonly right: string }
  | { readonly kind: 'text'; readonly text: string };

const operators: Readonly<Record<string, readonly [string, string]>> = {
  equals: ['=', '≠'],
  greater: ['>', '≤'],
  greaterorequals: ['≥', '<'],
  less: ['<', '≥'],
  lessorequals: ['≤', '>'],
  contains: ['contains', 'does not contain'],
  startswith: ['starts with', 'does not start with'],
  endswith: ['ends with', 'does not end with'],
};

/** Reads a condition; undefined when the node is no object of a known shape. */
export function readCondition(node: JsonNode | undefined): Condition | undefined {
  if (node?.kind === 'string') return { kind: 'text', text: node.value };
  if (node?.kind !== 'object' || node.properties.length !== 1) return undefined;
  const [only] = node.properties;
  const name = only?.key.value.toLowerCase() ?? '';
  const value = only?.value;
  if (name === 'not') {
    const part = readCondition(value);
    if (part?.kind === 'comparison') return negated(part);
    return part && { kind: 'not', part };
  }
  if (value?.kind !== 'array') return undefined;
  if (name === 'and' || name === 'or') {
    const parts = value.items.map(readCondition);
    return parts.every((part) => part !== undefined) ? { kind: 'group', join: name, parts } : undefined;
  }
  const [left, right] = value.items;
  const operator = operators[name]?.[0];
  if (operator === undefined || left === undefined || right === undefined || value.items.length !== 2) return undefined;
  return { kind: 'comparison', left: operand(left), operator, right: operand(right) };
}

/** The whole condition on one line. */
export function conditionText(condition: Condition): string {
  switch (condition.kind) {
    case 'text':
      return condition.text.replace(/^@(?!@|\{)/, '');
    case 'comparison':
      return `${condition.left} ${condition.operator} ${condition.right}`;
    case 'not':
      return `not (${conditionText(condition.part)})`;
    case 'group':
      return condition.parts
        .map((part) =>
          part.kind === 'group' && condition.parts.length > 1 ? `(${conditionText(part)})` : conditionText(part),
        )
        .join(` ${condition.join} `);
  }
}

function negated(comparison: Extract<Condition, { kind: 'comparison' }>): Condition {
  const pair = Object.values(operators).find(([operator]) => operator === comparison.operator);
  return pair === undefined ? { kind: 'not', part: comparison } : { ...comparison, operator: pair[1] };
}

/** Expressions without their at sign, texts in quotes. */
function operand(node: JsonNode): string {
  switch (node.kind) {
    case 'string':
      return /^@(?!@)/.test(node.value) ? node.value.replace(/^@(?!\{)/, '') : `'${node.value}'`;
    case 'number':
      return node.text;
    case 'literal':
      return String(node.value);
    case 'object':
      return '{…}';
    case 'array':
      return '[…]';
  }
}
