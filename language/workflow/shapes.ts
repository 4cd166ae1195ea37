/**
 * What is known of a value before the workflow runs: from the JSON Schema of a Request trigger or a Parse JSON action, from the object
 * in a Compose, and from what every action has. Good for offering property names, not for proving anything.
 */
import type { Expression } from '../expressions/ast';
import { parseTemplate } from '../expressions/template';
import { member, stringOf } from '../json/tree';
import type { JsonNode } from '../json/tree';
import { enclosing } from './graph';
import type { Action, Trigger, Workflow } from './model';

export type Shape =
  /** Described by a JSON Schema in the document. */
  | { readonly kind: 'schema'; readonly node: JsonNode }
  /** A value that stands in the document. */
  | { readonly kind: 'value'; readonly node: JsonNode }
  /** Members that are always there. */
  | { readonly kind: 'members'; readonly members: Readonly<Record<string, Shape | undefined>> };

/** Expressions can lead to expressions: Compose to Compose, loop to loop. */
const MAX_STEPS = 20;

/** The shape of an expression's value, seen from an operation; undefined when nothing is known. */
export function shapeOf(
  workflow: Workflow,
  owner: Action | Trigger | undefined,
  expression: Expression,
  steps = 0,
): Shape | undefined {
  if (steps > MAX_STEPS) return undefined;
  if (expression.kind === 'access') {
    const target = shapeOf(workflow, owner, expression.target, steps + 1);
    if (target === undefined || expression.key.kind !== 'literal') return undefined;
    const { value } = expression.key;
    if (typeof value === 'string') return memberOf(target, value);
    return typeof value === 'number' ? itemOf(workflow, owner, target, steps) : undefined;
  }
  if (expression.kind !== 'call') return undefined;
  const [argument] = expression.args;
  const name = argument?.kind === 'literal' && typeof argument.value === 'string' ? argument.value : undefined;
  const action = name === undefined ? undefined : workflow.actionsByName.get(name.toLowerCase());
  const [trigger] = workflow.triggers;
  switch (expression.name.toLowerCase()) {
    case 'triggerbody':
      return trigger && triggerBody(trigger);
    case 'triggeroutputs':
      return trigger && triggerOutputs(trigger);
    case 'trigger':
      return { kind: 'members', members: { ...record, outputs: trigger && triggerOutputs(trigger) } };
    case 'body':
      return action && memberOf(outputsOf(workflow, action, steps), 'body');
    case 'outputs':
      return action && outputsOf(workflow, action, steps);
    case 'actions':
      return action && { kind: 'members', members: { ...record, outputs: outputsOf(workflow, action, steps) } };
    case 'item':
    case 'items': {
      const loop =
        action ?? (owner?.role === 'action' ? enclosing(owner).find((each) => each.type === 'Foreach') : undefined);
      return loop && loopItem(workflow, loop, steps);
    }
    case 'first':
    case 'last': {
      const list = argument && shapeOf(workflow, owner, argument, steps + 1);
      return list && itemOf(workflow, owner, list, steps);
    }
    case 'workflow':
      return {
        kind: 'members',
        members: {
          id: undefined,
          name: undefined,
          type: undefined,
          location: undefined,
          tags: undefined,
          run: { kind: 'members', members: { id: undefined, name: undefined, type: undefined } },
        },
      };
    default:
      return undefined;
  }
}

/** What trigger() and actions() return besides inputs and outputs. */
const record: Readonly<Record<string, Shape | undefined>> = {
  name: undefined,
  inputs: undefined,
  outputs: undefined,
  startTime: undefined,
  endTime: undefined,
  status: undefined,
  code: undefined,
  trackingId: undefined,
};

function triggerBody(trigger: Trigger): Shape | undefined {
  const schema = member(trigger.inputs, 'schema');
  return schema?.kind === 'object' ? { kind: 'schema', node: schema } : undefined;
}

function triggerOutputs(trigger: Trigger): Shape {
  return {
    kind: 'members',
    members: { body: triggerBody(trigger), headers: undefined, queries: undefined, relativePathParameters: undefined },
  };
}

function outputsOf(workflow: Workflow, action: Action, steps: number): Shape | undefined {
  switch (action.type) {
    case 'ParseJson': {
      const schema = member(action.inputs, 'schema');
      const body: Shape | undefined = schema?.kind === 'object' ? { kind: 'schema', node: schema } : undefined;
      return { kind: 'members', members: { body } };
    }
    case 'Compose':
      return valueShape(workflow, action, action.inputs, steps);
    case 'Http':
    case 'ApiConnection':
    case 'ApiConnectionWebhook':
    case 'HttpWebhook':
    case 'Function':
    case 'Workflow':
    case 'ApiManagement':
      return { kind: 'members', members: { statusCode: undefined, headers: undefined, body: undefined } };
    case 'Select':
    case 'Query':
    case 'Join':
    case 'Table':
    case 'ServiceProvider':
    case 'Liquid':
    case 'Xslt':
    case 'JavaScriptCode':
    case 'InvokeFunction':
      return { kind: 'members', members: { body: undefined } };
    default:
      return undefined;
  }
}

/** The shape of a value in the document: itself, or what its expression leads to. */
function valueShape(workflow: Workflow, owner: Action, node: JsonNode | undefined, steps: number): Shape | undefined {
  if (node?.kind !== 'string') return node && { kind: 'value', node };
  const { template } = parseTemplate(node.value);
  return template.kind === 'expression' ? shapeOf(workflow, owner, template.expression, steps + 1) : undefined;
}

function loopItem(workflow: Workflow, loop: Action, steps: number): Shape | undefined {
  const list = valueShape(workflow, loop, member(loop.node, 'foreach'), steps);
  return list && itemOf(workflow, loop, list, steps);
}

function itemOf(
  workflow: Workflow,
  owner: Action | Trigger | undefined,
  list: Shape,
  steps: number,
): Shape | undefined {
  switch (list.kind) {
    case 'schema': {
      const items = member(list.node, 'items');
      return items && { kind: 'schema', node: items };
    }
    case 'value': {
      const first = list.node.kind === 'array' ? list.node.items[0] : undefined;
      return owner?.role === 'action' ? valueShape(workflow, owner, first, steps) : undefined;
    }
    case 'members':
      return undefined;
  }
}

function memberOf(shape: Shape | undefined, name: string): Shape | undefined {
  switch (shape?.kind) {
    case 'schema': {
      const node = member(member(shape.node, 'properties'), name);
      return node && { kind: 'schema', node };
    }
    case 'value': {
      const node = member(shape.node, name);
      return node && { kind: 'value', node };
    }
    case 'members':
      return shape.members[name];
    case undefined:
      return undefined;
  }
}

export interface KnownMember {
  readonly name: string;
  /** Its type when the schema says it. */
  readonly detail: string;
}

/** The members that a value of this shape has. */
export function membersOf(shape: Shape | undefined): KnownMember[] {
  switch (shape?.kind) {
    case 'schema': {
      const properties = member(shape.node, 'properties');
      if (properties?.kind !== 'object') return [];
      return properties.properties.map(({ key, value }) => ({
        name: key.value,
        detail: stringOf(member(value, 'type')) ?? '',
      }));
    }
    case 'value':
      return shape.node.kind === 'object'
        ? shape.node.properties.map(({ key }) => ({ name: key.value, detail: '' }))
        : [];
    case 'members':
      return Object.keys(shape.members).map((name) => ({ name, detail: '' }));
    case undefined:
      return [];
  }
}
