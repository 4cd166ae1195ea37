/**
 * Values that do not fit the type of the variable they are put into. The platform refuses them: "The variable 'x' of type 'Integer'
 * cannot be initialized or updated with value … of type 'String'".
 */
import type { Type } from '../../expressions/types';
import { isEmptyNode } from '../../json/plain';
import { member } from '../../json/tree';
import type { JsonNode } from '../../json/tree';
import { describeType } from '../../types/valueType';
import type { ValueType } from '../../types/valueType';
import { typesOf } from '../../types/workflowTypes';
import type { WorkflowTypes } from '../../types/workflowTypes';
import type { Action } from '../../workflow/model';
import { changedVariable, declarationsOf, variableDeclarations } from '../../workflow/variables';
import type { VariableDeclaration } from '../../workflow/variables';
import type { Finding, WorkflowRule } from '../rule';

export const variableValuesRule: WorkflowRule = {
  name: 'variableValues',
  reach: 'types',
  *check({ workflow, document, project, due }) {
    const types = typesOf(document, project);
    const declarations = new Map(variableDeclarations(workflow).map((each) => [each.name.toLowerCase(), each]));
    if (types === undefined || declarations.size === 0) return;
    for (const action of due.actions()) {
      for (const [index, declaration] of declarationsOf(action).entries()) {
        // Literals are judged where the members of the action are.
        if (declaration.value?.kind !== 'string' || !declaration.value.value.includes('@')) continue;
        const path = ['inputs', 'variables', index, 'value'];
        yield* judge(action, declaration, declaration.value, typeAt(types, action, declaration.value, path));
      }
      const declaration = declarations.get(changedVariable(action)?.value.toLowerCase() ?? '');
      const value = member(action.inputs, 'value');
      if (declaration === undefined || value === undefined) continue;
      const type = typeAt(types, action, value, ['inputs', 'value']);
      if (action.type === 'SetVariable') yield* judge(action, declaration, value, type);
      else if (action.type === 'AppendToStringVariable') yield* judgeAppended(action, value, type);
      else if (action.type !== 'AppendToArrayVariable') yield* judgeStep(action, value, type);
    }
  },
};

function typeAt(types: WorkflowTypes, owner: Action, node: JsonNode, path: readonly (string | number)[]): ValueType {
  return types.typeOfNode(node, { owner, path });
}

/** What a variable of a type takes. Null is taken by all, and a number or truth value is read out of a literal text. */
const taken: Readonly<Record<string, Type>> = {
  string: 'string',
  integer: 'number',
  float: 'number',
  boolean: 'boolean',
  array: 'array',
  // The platform checks no more than that it is structured.
  object: ['object', 'array'],
};

function* judge(action: Action, declaration: VariableDeclaration, node: JsonNode, type: ValueType): Iterable<Finding> {
  const expected = taken[declaration.type];
  if (expected === undefined || isEmptyNode(node) || type.may('null') || type.may(expected)) return;
  const isLiteralText = type.constant !== undefined && type.may('string');
  if (isLiteralText && expected !== 'array' && expected !== 'object') return;
  yield finding(
    action,
    node,
    `The variable '${declaration.name}' is of type ${declaration.type}, but this value is ${describeType(type, 0)}.`,
  );
}

/** Everything but a list becomes text. */
function* judgeAppended(action: Action, node: JsonNode, type: ValueType): Iterable<Finding> {
  if (type.is('array')) yield finding(action, node, `${action.type} cannot append ${describeType(type, 0)} to a text.`);
}

function* judgeStep(action: Action, node: JsonNode, type: ValueType): Iterable<Finding> {
  if (isEmptyNode(node) || type.may('null') || type.may('number') || type.constant !== undefined) return;
  yield finding(action, node, `${action.type} needs a number, but this value is ${describeType(type, 0)}.`);
}

function finding(action: Action, range: JsonNode, message: string): Finding {
  return { code: 'variable-value', range, path: `${action.path}/inputs`, message };
}
