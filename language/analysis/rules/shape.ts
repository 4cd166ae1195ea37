/** Operations and the definition against the schemas of `schemas/operations`: what is required, types, allowed values, ranges. */
import { commonSchema, definitionSchema, lookupShared, operationSchema } from '../../catalog/operationSchemas';
import { schemaAt } from '../../catalog/schema';
import type { JsonSchema } from '../../catalog/schema';
import { isEmptyNode, plainObject, plainValue } from '../../json/plain';
import type { PlainObject } from '../../json/plain';
import { nodeAtPointer, pathOf, pointerOf } from '../../json/path';
import { property } from '../../json/tree';
import type { JsonNode, JsonTree, ObjectNode } from '../../json/tree';
import type { Operation } from '../../workflow/model';
import { validateDefinition, validateOperation } from '../schemaValidator';
import type { SchemaProblem } from '../schemaValidator';
import { isComputed } from '../computed';
import type { Finding, WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';
import { jsonText } from '../../json/escape';
import type { Fix } from '../../text/diagnostic';
import type { TextRange } from '../../text/range';
import { insertProperty } from '../../workflow/changes/insertProperty';
import { startValue } from '../../catalog/startValue';

export const shapeRule: WorkflowRule = {
  name: 'shape',
  reach: 'operation',
  *check({ workflow, due }) {
    yield* definitionFindings(workflow.tree, workflow.definition, workflow.path);
    for (const operation of due.operations()) {
      yield undefined;
      const { node, path, type } = operation;
      if (node === undefined || type === '' || isComputed(type)) continue;
      const role = 'scope' in operation ? 'action' : 'trigger';
      for (const problem of validateOperation(role, type, operationValue(node))) {
        const own = operationSchema(role, type);
        const finding = findingOf(workflow.tree, problem, node, path, operation, own, commonSchema(role));
        if (finding !== undefined) yield finding;
      }
    }
  },
};

/** Without nested actions: each would be checked once per level around it. */
function operationValue(node: ObjectNode): PlainObject {
  return plainObject(node, (value, name) => {
    switch (name) {
      case 'actions':
      // The reader and the rule about runAfter say more of it than a schema can.
      case 'runAfter':
        return undefined;
      case 'else':
      case 'default':
        return withoutActions(value);
      case 'cases':
      case 'tools':
        return value.kind === 'object' ? plainObject(value, withoutActions) : plainValue(value);
      default:
        return plainValue(value);
    }
  });
}

function withoutActions(node: JsonNode): unknown {
  if (node.kind !== 'object') return plainValue(node);
  return plainObject(node, (value, name) => (name === 'actions' ? undefined : plainValue(value)));
}

function definitionValue(node: ObjectNode): PlainObject {
  return plainObject(node, (value, name) => {
    if (name !== 'actions' && name !== 'triggers') return plainValue(value);
    return value.kind === 'object' ? {} : plainValue(value);
  });
}

function* definitionFindings(tree: JsonTree, definition: ObjectNode, path: string): Iterable<Finding> {
  for (const problem of validateDefinition(definitionValue(definition))) {
    const finding = findingOf(tree, problem, definition, path, undefined, definitionSchema, undefined);
    if (finding !== undefined) yield finding;
  }
}

function findingOf(
  tree: JsonTree,
  problem: SchemaProblem,
  node: ObjectNode,
  path: string,
  operation: Operation | undefined,
  own: JsonSchema | undefined,
  common: JsonSchema | undefined,
): Finding | undefined {
  const place = nodeAtPointer(node, problem.pointer);
  if (place === undefined || isTolerated(place)) return undefined;
  const parts = pathOf(problem.pointer);
  const shown = parts.join('.');
  const subject = shown === '' ? (operation === undefined ? 'The definition' : `'${operation.name}'`) : `"${shown}"`;
  const base = { path: path + problem.pointer };
  switch (problem.kind) {
    case 'missing': {
      const given = property(place, problem.name)?.value;
      if (given !== undefined && !isEmptyNode(given)) return undefined;
      // The name of what is incomplete: a whole object underlined would hide everything else in it.
      const key = parts.length === 0 ? operation?.property.key : keyOf(node, parts);
      const kind = operation === undefined ? '' : `${operation.type} `;
      return {
        ...base,
        code: 'workflow-missing-property',
        range: key ?? startOf(place),
        message:
          parts.length === 0 && operation !== undefined
            ? `The ${kind}${'scope' in operation ? 'action' : 'trigger'} '${operation.name}' needs "${problem.name}".`
            : `${subject} needs "${problem.name}".`,
        fixes:
          place.kind === 'object' && given === undefined
            ? [addMember(tree, place, problem.name, own, common, parts)]
            : [],
      };
    }
    case 'type':
      return {
        ...base,
        code: 'workflow-invalid-type',
        range: place,
        message: `${subject} must be ${problem.expected.map(withArticle).join(' or ')}.`,
      };
    case 'value': {
      const schema = schemaAt(own, indexed(parts), lookupShared) ?? schemaAt(common, indexed(parts), lookupShared);
      const allowed = (schema?.examples ?? []).filter((each) => typeof each === 'string');
      const near = place.kind === 'string' ? nearest(place.value, allowed) : undefined;
      return {
        ...base,
        code: 'workflow-invalid-value',
        range: place,
        message: `${subject} must be one of ${allowed.join(', ')}.${suggestion(near)}`,
        fixes:
          near === undefined
            ? []
            : [{ title: `Change to '${near}'`, edits: [{ range: place, newText: jsonText(near) }], preferred: true }],
      };
    }
    case 'range':
      return { ...base, code: 'workflow-invalid-value', range: place, message: `${subject} must be ${problem.bound}.` };
    case 'format':
      return {
        ...base,
        code: 'workflow-invalid-value',
        range: place,
        message:
          problem.format === 'logicapps-duration'
            ? `${subject} must be an ISO 8601 duration, such as PT30S, PT5M, PT1H or P1D.`
            : `${subject} must be the name of a time zone, such as 'W. Europe Standard Time' or 'UTC'.`,
      };
  }
}

/** The quick fix for a member that is missing. */
function addMember(
  tree: JsonTree,
  object: ObjectNode,
  name: string,
  own: JsonSchema | undefined,
  common: JsonSchema | undefined,
  parts: readonly string[],
): Fix {
  const path = [...indexed(parts), name];
  const schema = schemaAt(own, path, lookupShared) ?? schemaAt(common, path, lookupShared);
  const edits = insertProperty(tree, object, name, startValue(schema, lookupShared));
  return { title: `Add "${name}"`, edits, preferred: true };
}

/** A computed text may become any value, and null stands for "not given". */
function isTolerated(node: JsonNode): boolean {
  return (node.kind === 'string' && isComputed(node.value)) || (node.kind === 'literal' && node.value === null);
}

function keyOf(node: JsonNode, parts: readonly string[]): TextRange | undefined {
  const parent = nodeAtPointer(node, pointerOf(parts.slice(0, -1)));
  return property(parent, parts.at(-1) ?? '')?.key;
}

function startOf(node: JsonNode): TextRange {
  return { start: node.start, end: node.start + 1 };
}

function indexed(parts: readonly string[]): (string | number)[] {
  return parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

function withArticle(type: string): string {
  switch (type) {
    case 'null':
      return 'null';
    case 'integer':
    case 'array':
    case 'object':
      return `an ${type === 'integer' ? 'integer' : type}`;
    case 'string':
      return 'a string';
    default:
      return `a ${type}`;
  }
}
