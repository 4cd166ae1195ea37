/** Variables of a workflow: where each is declared. */
import { member, stringOf } from '../json/tree';
import type { JsonNode, StringNode } from '../json/tree';
import type { Action, Operation, Workflow } from './model';

export interface VariableDeclaration<T extends Operation = Action> {
  readonly name: string;
  readonly nameNode: StringNode;
  /** The whole entry. */
  readonly node: JsonNode;
  /** Lower case: `string`, `integer`, …; '' when missing. */
  readonly type: string;
  readonly typeNode: JsonNode | undefined;
  readonly value: JsonNode | undefined;
  /** The InitializeVariable. */
  readonly action: T;
  /** JSON pointer of the entry. */
  readonly path: string;
}

/** The types a variable can have, in the platform's usual spelling. */
export const variableTypes = ['string', 'integer', 'float', 'boolean', 'array', 'object'] as const;

/** Every declaration, in document order; a name declared twice appears twice. */
export function variableDeclarations(workflow: Workflow): VariableDeclaration[] {
  return workflow.actions.filter((action) => action.type === 'InitializeVariable').flatMap(declarationsOf);
}

/** The variables that one action declares. */
export function declarationsOf<T extends Operation>(action: T): VariableDeclaration<T>[] {
  const list = member(action.inputs, 'variables');
  if (list?.kind !== 'array') return [];
  return list.items.flatMap((entry, index) => {
    const nameNode = member(entry, 'name');
    if (nameNode?.kind !== 'string') return [];
    const typeNode = member(entry, 'type');
    return [
      {
        name: nameNode.value,
        nameNode,
        node: entry,
        type: stringOf(typeNode)?.toLowerCase() ?? '',
        typeNode,
        value: member(entry, 'value'),
        action,
        path: `${action.path}/inputs/variables/${index}`,
      },
    ];
  });
}

/** Actions that change a variable name it in `inputs.name`. */
const changing: ReadonlySet<string> = new Set([
  'SetVariable',
  'IncrementVariable',
  'DecrementVariable',
  'AppendToArrayVariable',
  'AppendToStringVariable',
]);

/** The node with the name of the variable that an action changes, or undefined for other actions. */
export function changedVariable(action: Action): StringNode | undefined {
  if (!changing.has(action.type)) return undefined;
  const name = member(action.inputs, 'name');
  return name?.kind === 'string' ? name : undefined;
}
