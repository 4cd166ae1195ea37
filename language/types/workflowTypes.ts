/**
 * The types of everything an expression of one workflow can name. To ask from an editor feature:
 *
 *     const types = typesOf(document, project);
 *     const type = types.typeOf(expression, { owner: site.owner, path: site.path });
 *     type.members?.all                        // what may stand after ?['
 *     describeType(type)                       // "array of object { id, name }"
 *     types.outputsOf(action), types.variable('total'), types.parameter('url'), types.triggerOutputs()
 *
 * Types are made when they are asked for and kept as long as the document and its project stay the same. `any` means that nothing is
 * known; nothing here throws.
 */
import { isComputed } from '../analysis/computed';
import type { ConnectorManifest } from '../catalog/manifest';
import { walk } from '../expressions/ast';
import type { Call, Expression } from '../expressions/ast';
import { parseTemplate } from '../expressions/template';
import { typeOf as typeOfLiteral } from '../expressions/types';
import { member } from '../json/tree';
import type { JsonNode } from '../json/tree';
import type { ProjectDocument } from '../project/document';
import { findParameter } from '../project/parameters';
import type { Project } from '../project/project';
import { enclosing } from '../workflow/graph';
import type { Action, Operation, Trigger, Workflow } from '../workflow/model';
import { variableDeclarations } from '../workflow/variables';
import { typeOfCall } from './callTypes';
import { parameterType, scalarType, variableType } from './declaredTypes';
import { actionOutputs, recordOf, triggerOutputs } from './operationTypes';
import { anything, arrayOf, objectOf, plain, unionOf, ValueType } from './valueType';
import type { Member } from './valueType';

/** Where an expression stands: in which operation, and where in it. */
export interface Place {
  readonly owner: Action | Trigger | undefined;
  /** From the operation: `['inputs', 'select', 'id']`. */
  readonly path: readonly (string | number)[];
}

interface Kept {
  readonly project: Project;
  readonly types: WorkflowTypes;
}

const kept = new WeakMap<Workflow, Kept>();

/** The types of a document's workflow, made once per version of the document and of its project; undefined without a workflow. */
export function typesOf({ workflow }: ProjectDocument, project: Project): WorkflowTypes | undefined {
  if (workflow === undefined) return undefined;
  const before = kept.get(workflow);
  if (before?.project === project) return before.types;
  const types = new WorkflowTypes(workflow, project, project.connectors);
  kept.set(workflow, { project, types });
  return types;
}

/** Compose leads to Compose, loop to loop: beyond this many steps nothing is known. */
const MAX_STEPS = 40;

/** Lists of more items are typed by their first ones. */
const MOST_ITEMS = 20;

export class WorkflowTypes {
  readonly #workflow: Workflow;
  readonly #project: Project;
  readonly #connectors: readonly ConnectorManifest[];
  readonly #outputs = new Map<Operation, ValueType>();
  readonly #open = new Set<Operation>();
  readonly #expressions = new WeakMap<Expression, ValueType>();
  /** What item() is inside the condition of a filter(). */
  readonly #bound = new WeakMap<Call, ValueType>();
  #variables: ReadonlyMap<string, ValueType> | undefined;
  #steps = 0;
  /** Set when something was left out on the way, so that the result must not be kept. */
  #isCut = false;

  constructor(workflow: Workflow, project: Project, connectors: readonly ConnectorManifest[]) {
    this.#workflow = workflow;
    this.#project = project;
    this.#connectors = connectors;
  }

  /** The type of an expression's value at a place. An expression of a site stands in one place only, so that it is typed once. */
  typeOf(expression: Expression, place: Place): ValueType {
    const before = this.#expressions.get(expression);
    if (before !== undefined) return before;
    if (this.#steps >= MAX_STEPS) {
      this.#isCut = true;
      return anything;
    }
    if (this.#steps === 0) this.#isCut = false;
    this.#steps++;
    const type = this.#compute(expression, place);
    this.#steps--;
    if (!this.#isCut) this.#expressions.set(expression, type);
    return type;
  }

  /** The type of a value as it stands in an operation, expressions in it included. */
  typeOfNode(node: JsonNode | undefined, place: Place): ValueType {
    if (node === undefined) return anything;
    switch (node.kind) {
      case 'string': {
        if (isTemplated(node.value)) return anything;
        if (!node.value.includes('@')) return scalarType(node);
        const { template } = parseTemplate(node.value);
        if (template.kind === 'expression') return this.typeOf(template.expression, place);
        return template.kind === 'text' ? scalarType(node) : plain('string');
      }
      case 'array': {
        const items = node.items.slice(0, MOST_ITEMS);
        return items.length === 0
          ? plain('array')
          : arrayOf(() => unionOf(items.map((item) => this.typeOfNode(item, place))));
      }
      case 'object':
        return new ValueType('object', {
          members: () => ({
            all: new Map(
              node.properties.map(({ key, value }): [string, Member] => [
                key.value,
                { type: this.typeOfNode(value, place), required: true, node: key },
              ]),
            ),
            closed: !node.properties.some(({ key }) => key.value.includes('@{')),
          }),
        });
      case 'number':
      case 'literal':
        return scalarType(node);
    }
  }

  /** What `outputs('Action')` gives. */
  outputsOf(action: Action): ValueType {
    const before = this.#outputs.get(action);
    if (before !== undefined) return before;
    // An action that leads to itself has no result that could be known.
    if (this.#open.has(action)) {
      this.#isCut = true;
      return anything;
    }
    this.#open.add(action);
    const type = actionOutputs(action, this.#connectors, (node, _, path) =>
      this.typeOfNode(node, { owner: action, path }),
    );
    this.#open.delete(action);
    if (!this.#isCut) this.#outputs.set(action, type);
    return type;
  }

  /** What `triggerOutputs()` gives: of one item where `splitOn` takes an array apart. */
  triggerOutputs(): ValueType {
    const [trigger] = this.#workflow.triggers;
    if (trigger === undefined || this.#workflow.triggers.length > 1) return anything;
    const whole = triggerOutputs(trigger, this.#connectors);
    if (member(trigger.node, 'splitOn') === undefined || trigger.type === 'ServiceProvider') return whole;
    return objectOf({ body: anything, headers: anything }, false);
  }

  /** The type of a variable by its name in any case, or undefined when it is not declared. */
  variable(name: string): ValueType | undefined {
    this.#variables ??= new Map(
      variableDeclarations(this.#workflow).map((declaration) => [
        declaration.name.toLowerCase(),
        variableType(declaration),
      ]),
    );
    return this.#variables.get(name.toLowerCase());
  }

  /** The type of a parameter of the definition or of the project. */
  parameter(name: string): ValueType | undefined {
    const wanted = name.toLowerCase();
    const declared = this.#workflow.parameters.find((each) => each.name.toLowerCase() === wanted);
    if (declared !== undefined) return parameterType(declared.type, declared.defaultValue);
    const { parameters } = this.#project;
    const given =
      parameters === undefined || this.#workflow.shape !== 'standard' ? undefined : findParameter(parameters, name);
    return given && parameterType(given.type, given.value);
  }

  /** What `items('Loop')` gives. */
  itemOf(loop: Action): ValueType {
    const list = this.typeOfNode(member(loop.node, 'foreach'), { owner: loop, path: ['foreach'] });
    return list.may('array') ? list.item : anything;
  }

  #compute(expression: Expression, place: Place): ValueType {
    switch (expression.kind) {
      case 'literal':
        return new ValueType(typeOfLiteral(expression.value), { constant: expression.value });
      case 'access':
        return changeable(this.#access(expression.target, expression.key, expression.safe, place));
      case 'call':
        return changeable(this.#call(expression, place));
      case 'hole':
        return anything;
    }
  }

  #access(target: Expression, key: Expression, safe: boolean, place: Place): ValueType {
    const type = this.typeOf(target, place);
    const { constant } = this.typeOf(key, place);
    if (typeof constant === 'number' && type.may('array')) {
      return safe ? type.item.orNull() : type.item;
    }
    if (typeof constant !== 'string') return anything;
    const found = type.member(constant);
    if (found === undefined) return anything;
    return safe && (!found.required || type.may('null')) ? found.type.orNull() : found.type;
  }

  #call(call: Call, place: Place): ValueType {
    const [argument] = call.args;
    const name = argument?.kind === 'literal' && typeof argument.value === 'string' ? argument.value : undefined;
    const action = name === undefined ? undefined : this.#workflow.actionsByName.get(name.toLowerCase());
    switch (call.name.toLowerCase()) {
      case 'triggeroutputs':
        return this.triggerOutputs();
      case 'triggerbody':
        return this.triggerOutputs().member('body')?.type ?? anything;
      case 'trigger':
        return recordOf(this.triggerOutputs());
      case 'outputs':
      case 'actionoutputs':
        return action === undefined ? anything : this.outputsOf(action);
      case 'body':
      case 'actionbody':
        return action === undefined ? anything : (this.outputsOf(action).member('body')?.type ?? anything);
      case 'actions':
        return action === undefined ? plain('object') : recordOf(this.outputsOf(action));
      case 'result':
        return arrayOf(() => recordOf(anything));
      case 'variables':
        return (name === undefined ? undefined : this.variable(name)) ?? anything;
      case 'parameters':
        return (name === undefined ? undefined : this.parameter(name)) ?? anything;
      case 'items':
        return action === undefined ? anything : this.itemOf(action);
      case 'item':
        return this.#bound.get(call) ?? this.#item(place);
      case 'workflow':
        return workflowRecord;
      case 'filter': {
        const [list, condition] = call.args;
        if (list !== undefined && condition !== undefined) this.#bindItem(condition, this.typeOf(list, place).item);
        return typeOfCall(call, (each) => this.typeOf(each, place));
      }
      default:
        return typeOfCall(call, (each) => this.typeOf(each, place));
    }
  }

  #bindItem(condition: Expression, item: ValueType): void {
    walk(condition, (node) => {
      if (node.kind === 'call' && node.name.toLowerCase() === 'item') this.#bound.set(node, item);
    });
  }

  /** `item()`: of the array that a Select, Filter array or Create table goes through, else of the innermost loop. */
  #item({ owner, path }: Place): ValueType {
    if (owner?.role !== 'action') return anything;
    const perItem = owner.type === 'Select' || owner.type === 'Query' || owner.type === 'Table';
    if (perItem && path[0] === 'inputs' && path[1] !== 'from') {
      return this.typeOfNode(member(owner.inputs, 'from'), { owner, path: ['inputs', 'from'] }).item;
    }
    const loop = enclosing(owner).find((each) => each.type === 'Foreach');
    return loop === undefined ? anything : this.itemOf(loop);
  }
}

/** What stands in another action is known, but there to be changed: only literals are constants. */
function changeable(type: ValueType): ValueType {
  return type.constant === undefined ? type : plain(type.names);
}

/** Texts that an ARM template or a pipeline replaces with something else. */
function isTemplated(text: string): boolean {
  return !text.startsWith('@') && !text.includes('@{') && isComputed(text);
}

const workflowRecord = objectOf(
  {
    id: plain('string'),
    name: plain('string'),
    type: plain('string'),
    location: plain('string'),
    tags: anything,
    run: objectOf({ id: plain('string'), name: plain('string'), type: plain('string') }, false),
  },
  false,
);
