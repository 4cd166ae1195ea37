/**
 * Conditions of If and Until by their form: an object of one function around operands, or an expression; and those that are constants.
 * Sources: "If action" and "Until action" of the schema reference. What their operands are is judged by the rule about comparisons.
 */
import { arityOf, findFunction, similarFunction } from '../../expressions/index';
import type { FunctionDefinition } from '../../expressions/index';
import { jsonText } from '../../json/escape';
import { pointerOf } from '../../json/path';
import type { JsonNode, ObjectNode, PropertyNode } from '../../json/tree';
import { property } from '../../json/tree';
import type { Action } from '../../workflow/model';
import { isComputed } from '../computed';
import type { Finding, WorkflowRule } from '../rule';
import { suggestion } from '../spelling';

export const conditionsRule: WorkflowRule = {
  name: 'conditions',
  *check({ workflow }) {
    for (const action of workflow.actions) {
      if (action.type !== 'If' && action.type !== 'Until') continue;
      const { node } = action;
      if (node === undefined || clean.has(node)) continue;
      const value = property(node, 'expression')?.value;
      const found = value === undefined ? [] : [...condition(action, value, ['expression'])];
      if (found.length === 0) clean.add(node);
      yield* found;
    }
  },
};

/** Actions whose condition has a form that is right; they keep it as long as their node is the same. */
const clean = new WeakSet<ObjectNode>();

type Path = readonly (string | number)[];

function at(action: Action, path: Path, range: Finding['range']): Pick<Finding, 'range' | 'path'> {
  return { range, path: action.path + pointerOf(path) };
}

/** The whole condition, or one inside of `and`, `or` and `not`. */
function* condition(action: Action, node: JsonNode, path: Path): Iterable<Finding> {
  switch (node.kind) {
    case 'string':
      yield* textCondition(action, node.value, node, path);
      return;
    case 'object':
      for (const each of node.properties) yield* group(action, node, each, path);
      return;
    case 'array':
      // Written by some tools: a list of conditions that must all hold.
      for (const [index, item] of node.items.entries()) yield* condition(action, item, [...path, index]);
      return;
    case 'literal':
      if (node.value !== null) yield constant(action, path, node, node.value);
      return;
    default:
      // The schema says what a condition cannot be.
      return;
  }
}

function* textCondition(action: Action, text: string, node: JsonNode, path: Path): Iterable<Finding> {
  const known = /^@?\s*(true|false)\s*$/i.exec(text);
  if (known !== null) {
    yield constant(action, path, node, known[1]?.toLowerCase() === 'true');
    return;
  }
  if (isComputed(text) || text === '') return;
  const isCall = /^\s*\w+\s*\(/.test(text);
  yield {
    ...at(action, path, node),
    code: 'workflow-invalid-value',
    message: `This condition is a text, not an expression.${isCall ? ` Write '@${text.trim()}'.` : ''}`,
    fixes: isCall
      ? [
          {
            title: 'Make it an expression',
            edits: [{ range: node, newText: jsonText(`@${text.trim()}`) }],
            preferred: true,
          },
        ]
      : [],
  };
}

function* group(action: Action, object: ObjectNode, entry: PropertyNode, path: Path): Iterable<Finding> {
  const { key, value } = entry;
  if (isComputed(key.value) || value === undefined) return;
  const inside = [...path, key.value];
  if (object.properties.length > 1 && entry !== object.properties[0]) {
    yield {
      ...at(action, inside, key),
      code: 'workflow-invalid-value',
      message: 'A condition has one comparison: put several into "and" or "or".',
    };
    return;
  }
  const definition = findFunction(key.value);
  if (definition === undefined) {
    const near = similarFunction(key.value);
    yield {
      ...at(action, inside, key),
      code: 'workflow-invalid-value',
      message: `'${key.value}' is no comparison.${suggestion(near)}`,
      fixes:
        near === undefined
          ? []
          : [{ title: `Change to '${near}'`, edits: [{ range: key, newText: jsonText(near) }], preferred: true }],
    };
    return;
  }
  yield* operands(action, definition, key, value, inside);
}

function* operands(
  action: Action,
  definition: FunctionDefinition,
  key: JsonNode,
  value: JsonNode,
  path: Path,
): Iterable<Finding> {
  const given = value.kind === 'array' ? value.items : [value];
  const { name } = definition;
  if (name === 'and' || name === 'or' || name === 'not') {
    // An empty group is what the designer writes for a condition that is not filled in yet.
    if (given.length === 0) yield { ...constant(action, path, key, name === 'and'), severity: 'information' };
    for (const [index, item] of given.entries()) {
      // A truth value among others is what the designer's rows come to; the whole is judged by its other rows.
      if (item.kind === 'object') yield* condition(action, item, value.kind === 'array' ? [...path, index] : path);
    }
    return;
  }
  const { least, most } = arityOf(definition);
  if (given.length >= least && given.length <= most) return;
  yield {
    ...at(action, path, key),
    code: 'workflow-invalid-value',
    message: `"${name}" compares ${least === most ? String(least) : `at least ${least}`} values, but gets ${given.length}.`,
  };
}

function constant(action: Action, path: Path, range: Finding['range'], outcome: boolean): Finding {
  const effect =
    action.type === 'Until'
      ? outcome
        ? 'the loop ends after its first round'
        : 'the loop ends at its limit only'
      : '';
  return {
    ...at(action, path, range),
    code: 'condition-constant',
    message: `This condition is always ${outcome}${effect === '' ? '' : `: ${effect}`}.`,
  };
}
