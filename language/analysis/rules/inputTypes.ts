/**
 * Members whose value must be of a type once it is evaluated: what a loop goes through is a list, a condition is true or false. Only
 * what can never have the type is told. Source: the schema reference for trigger and action types.
 */
import type { Type } from '../../expressions/types';
import { nodeAtPointer, pointerOf } from '../../json/path';
import type { JsonNode, ObjectNode } from '../../json/tree';
import { isEmptyNode } from '../../json/plain';
import { describeType } from '../../types/valueType';
import { typesOf } from '../../types/workflowTypes';
import type { Action } from '../../workflow/model';
import { isComputed } from '../computed';
import type { Finding, WorkflowRule } from '../rule';

interface Expectation {
  readonly path: readonly string[];
  readonly type: Type;
  readonly words: string;
  /** A text that holds no expression is judged too. */
  readonly literals?: true;
}

const list = (...path: string[]): Expectation => ({ path, type: 'array', words: 'an array' });
const truth = (...path: string[]): Expectation => ({ path, type: ['boolean', 'string'], words: 'true or false' });

const expectations: Readonly<Record<string, readonly Expectation[]>> = {
  Foreach: [{ ...list('foreach'), literals: true }],
  Select: [list('inputs', 'from')],
  Query: [list('inputs', 'from'), truth('inputs', 'where')],
  Join: [list('inputs', 'from')],
  Table: [list('inputs', 'from')],
  If: [{ ...truth('expression'), type: 'boolean' }],
  Until: [{ ...truth('expression'), type: 'boolean' }],
  Wait: [{ path: ['inputs', 'interval', 'count'], type: ['number', 'string'], words: 'a number' }],
  Switch: [{ path: ['expression'], type: ['string', 'number', 'boolean'], words: 'a text or a number' }],
};

export const inputTypesRule: WorkflowRule = {
  name: 'inputTypes',
  reach: 'types',
  *check({ document, project, due }) {
    const types = typesOf(document, project);
    if (types === undefined) return;
    for (const operation of due.actions()) {
      const wanted = expectations[operation.type];
      if (wanted === undefined || operation.node === undefined) continue;
      for (const expectation of wanted) {
        const node = nodeAt(operation.node, expectation.path);
        if (node === undefined || isEmptyNode(node)) continue;
        if (expectation.literals === true && isLiteral(node)) {
          yield literal(operation, expectation, node);
          continue;
        }
        if (node.kind !== 'string' || !node.value.startsWith('@')) continue;
        const given = types.typeOfNode(node, { owner: operation, path: expectation.path });
        if (given.isAny || given.may('null') || given.may(expectation.type)) continue;
        yield {
          code: 'expression-type',
          range: node,
          path: operation.path + pointerOf(expectation.path),
          message: `"${expectation.path.join('.')}" must be ${expectation.words}, but this is ${describeType(given, 0)}.`,
        };
      }
    }
  },
};

function nodeAt(node: ObjectNode, path: readonly string[]): JsonNode | undefined {
  return nodeAtPointer(node, pointerOf(path));
}

function isLiteral(node: JsonNode): boolean {
  return node.kind === 'object' || (node.kind === 'string' && node.value !== '' && !isComputed(node.value));
}

function literal(operation: Action, { path, words }: Expectation, node: JsonNode): Finding {
  const what = node.kind === 'object' ? 'an object' : 'a text';
  const isCall = node.kind === 'string' && /^\s*\w+\s*\(/.test(node.value);
  return {
    code: 'workflow-invalid-type',
    range: node,
    path: operation.path + pointerOf(path),
    message: `"${path.join('.')}" must be ${words}, but this is ${what}.${isCall ? ' An expression begins with @.' : ''}`,
    fixes: isCall
      ? [
          {
            title: 'Make it an expression',
            edits: [{ range: { start: node.start + 1, end: node.start + 1 }, newText: '@' }],
            preferred: true,
          },
        ]
      : [],
  };
}
