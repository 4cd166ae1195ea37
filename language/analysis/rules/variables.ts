/** Variables: declared once, at the top level, before they are used; not set from themselves; changed by actions that fit their type. */
import { enclosing } from '../../workflow/graph';
import type { Action } from '../../workflow/model';
import { insertProperty } from '../../workflow/changes/insertProperty';
import { sitePointer } from '../../workflow/sites';
import { changedVariable, variableDeclarations } from '../../workflow/variables';
import type { VariableDeclaration } from '../../workflow/variables';
import { jsonText } from '../../json/escape';
import { member } from '../../json/tree';
import type { JsonNode, JsonTree } from '../../json/tree';
import type { Fix } from '../../text/diagnostic';
import { encloses } from '../../text/range';
import type { TextRange } from '../../text/range';
import { isComputed } from '../computed';
import { renameReference } from '../naming';
import type { Finding, WorkflowContext, WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';

type Declared = ReadonlyMap<string, VariableDeclaration>;

export const variablesRule: WorkflowRule = {
  name: 'variables',
  reach: 'order',
  *check(context) {
    const { workflow } = context;
    const declarations = variableDeclarations(workflow);
    const declared = new Map<string, VariableDeclaration>();
    for (const declaration of declarations) {
      const key = declaration.name.toLowerCase();
      const first = declared.get(key);
      if (first === undefined) {
        declared.set(key, declaration);
      } else {
        yield {
          code: 'variable-duplicate',
          range: declaration.nameNode,
          path: declaration.path,
          message: `The variable '${declaration.name}' is declared already, in '${first.action.name}'.`,
        };
      }
    }
    // A name that is computed may declare anything.
    if (declarations.some((each) => isComputed(each.name))) return;
    yield* checkReads(context, declared);
    for (const action of context.due.actions()) yield* checkChange(context, action, declared);
  },
};

function* checkReads(context: WorkflowContext, declared: Declared): Iterable<Finding> {
  const { document, workflow, due } = context;
  const { expressions } = document;
  for (const reference of due.references()) {
    if (reference.kind !== 'variable' || isComputed(reference.name)) continue;
    const { owner } = reference.site;
    const range = expressions.nameRange(reference);
    const path = sitePointer(workflow, reference.site);
    const rename = (name: string): Fix => renameReference(expressions, reference, name);
    yield* checkUse(
      context,
      declared,
      reference.name,
      owner?.role === 'trigger' ? 'trigger' : owner,
      range,
      path,
      rename,
    );
    if (owner?.role !== 'action' || owner.type !== 'SetVariable') continue;
    // Source: "Set variable" of the variables article: a variable cannot be set from itself; use Compose first.
    if (
      changedVariable(owner)?.value.toLowerCase() === reference.name.toLowerCase() &&
      reference.site.path[1] === 'value'
    ) {
      yield {
        code: 'variable-self-reference',
        range,
        path,
        message: `'${reference.name}' cannot be set from its own value: put the new value into a Compose action first.`,
      };
    }
  }
}

function* checkUse(
  { order }: WorkflowContext,
  declared: Declared,
  name: string,
  owner: Action | 'trigger' | undefined,
  range: TextRange,
  path: string,
  rename: (name: string) => Fix,
): Iterable<Finding> {
  const declaration = declared.get(name.toLowerCase());
  if (declaration === undefined) {
    const near = nearest(
      name,
      [...declared.values()].map((each) => each.name),
    );
    yield {
      code: 'variable-unknown',
      range,
      path,
      message: `There is no variable '${name}': no InitializeVariable action declares it.${suggestion(near)}`,
      ...(near === undefined ? {} : { fixes: [rename(near)] }),
    };
    return;
  }
  if (owner === undefined) return;
  if (owner === 'trigger') {
    yield {
      code: 'variable-not-initialized',
      range,
      path,
      message: `The trigger cannot use the variable '${name}': no variable exists before a run has started.`,
    };
    return;
  }
  if (declaration.action === owner) {
    // One action may declare several variables, one after the other.
    if (declaration.nameNode.end < range.start && !encloses(declaration.node, range)) return;
    yield {
      code: 'variable-not-initialized',
      range,
      path,
      message: `'${name}' has no value yet while '${owner.name}' declares it.`,
    };
  } else if (!order.precedes(declaration.action, owner)) {
    yield {
      code: 'variable-not-initialized',
      range,
      path,
      message: `'${name}' may not be declared yet when '${owner.name}' starts: '${declaration.action.name}' is not on its runAfter path.`,
    };
  }
}

function* checkChange(context: WorkflowContext, action: Action, declared: Declared): Iterable<Finding> {
  const node = changedVariable(action);
  if (node === undefined || isComputed(node.value) || node.value === '') return;
  const path = `${action.path}/inputs/name`;
  const rename = (name: string): Fix => ({
    title: `Change to '${name}'`,
    edits: [{ range: node, newText: jsonText(name) }],
    preferred: true,
  });
  yield* checkUse(context, declared, node.value, action, node, path, rename);
  const declaration = declared.get(node.value.toLowerCase());
  if (declaration === undefined) return;
  const fitting = fittingTypes[action.type];
  if (
    fitting !== undefined &&
    declaration.type !== '' &&
    !isComputed(declaration.type) &&
    !fitting.includes(declaration.type)
  ) {
    yield {
      code: 'variable-wrong-type',
      range: action.typeNode ?? node,
      path: action.path,
      message: `${action.type} needs a variable of type ${fitting.join(' or ')}; '${declaration.name}' is of type ${declaration.type}.`,
    };
  }
  const loop = parallelLoop(action);
  if (loop !== undefined) {
    yield {
      code: 'variable-parallel-loop',
      // Adding up and collecting survive any order, and so does a value that is always the same.
      severity: action.type === 'SetVariable' && isChanging(member(action.inputs, 'value')) ? 'warning' : 'hint',
      range: node,
      path,
      message: `The iterations of '${loop.name}' run at once and share '${node.value}': set its concurrency to 1 if the order matters.`,
      fixes: oneAtATime(context.workflow.tree, loop),
    };
  }
}

const fittingTypes: Readonly<Record<string, readonly string[]>> = {
  IncrementVariable: ['integer', 'float'],
  DecrementVariable: ['integer', 'float'],
  AppendToArrayVariable: ['array'],
  AppendToStringVariable: ['string'],
};

/** The loop around an action whose iterations overlap, or undefined. */
function parallelLoop(action: Action): Action | undefined {
  return enclosing(action).find((each) => {
    if (each.type !== 'Foreach') return false;
    const options = member(each.node, 'operationOptions');
    if (options?.kind === 'string' && /\bSequential\b/i.test(options.value)) return false;
    const repetitions = member(member(member(each.node, 'runtimeConfiguration'), 'concurrency'), 'repetitions');
    return !(repetitions?.kind === 'number' && Number(repetitions.text) === 1);
  });
}

function isChanging(value: JsonNode | undefined): boolean {
  switch (value?.kind) {
    case 'string':
      return isComputed(value.value);
    case 'array':
      return value.items.some(isChanging);
    case 'object':
      return value.properties.some((each) => isChanging(each.value));
    default:
      return false;
  }
}

function oneAtATime(tree: JsonTree, loop: Action): Fix[] {
  if (loop.node === undefined || member(loop.node, 'runtimeConfiguration') !== undefined) return [];
  const edits = insertProperty(tree, loop.node, 'runtimeConfiguration', { concurrency: { repetitions: 1 } });
  return [{ title: `Run the iterations of '${loop.name}' one after the other`, edits }];
}
