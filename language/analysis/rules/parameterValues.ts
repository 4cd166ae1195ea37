/**
 * Values of parameters fit their types: defaults in a definition, values in parameters.json, values in the resource around a definition;
 * and a value is given to a parameter that exists. Source: "Parameters" of the definition language schema reference.
 */
import { nodeAtPointer, pointerOf } from '../../json/path';
import { isEmptyNode } from '../../json/plain';
import { member, stringOf } from '../../json/tree';
import type { JsonNode } from '../../json/tree';
import { findParameter, readParameters } from '../../project/parameters';
import type { Workflow } from '../../workflow/model';
import { isComputed } from '../computed';
import type { Finding, ProjectRule, WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';

/** What a literal must be for a type. Texts may be computed. */
const fitting: Readonly<Record<string, { readonly words: string; readonly fits: (node: JsonNode) => boolean }>> = {
  string: { words: 'a string', fits: isText },
  securestring: { words: 'a string', fits: isText },
  int: { words: 'an integer', fits: (node) => node.kind === 'number' && /^-?\d+$/.test(node.text) },
  float: { words: 'a number', fits: (node) => node.kind === 'number' },
  bool: { words: 'true or false', fits: (node) => node.kind === 'literal' && node.value !== null },
  array: { words: 'an array', fits: (node) => node.kind === 'array' },
  object: { words: 'an object', fits: isStructured },
  secureobject: { words: 'an object', fits: isStructured },
};

function isText(node: JsonNode): boolean {
  return node.kind === 'string';
}

/** The platform checks no more than that it is structured. */
function isStructured(node: JsonNode): boolean {
  return node.kind === 'object' || node.kind === 'array';
}

export const parameterValuesRule: WorkflowRule = {
  name: 'parameterValues',
  *check({ workflow, project }) {
    for (const { name, type, defaultValue, property } of workflow.parameters) {
      const path = `${workflow.path}/parameters${pointerOf([name])}`;
      yield* judge(name, type, defaultValue, `${path}/defaultValue`, 'its default value');
      const given =
        workflow.shape === 'standard' ? project.parameters && findParameter(project.parameters, name) : undefined;
      if (given?.type === undefined || type === undefined || isComputed(type) || isComputed(given.type)) continue;
      if (plain(given.type) === plain(type)) continue;
      yield {
        code: 'parameter-invalid',
        severity: 'warning',
        range: member(property.value, 'type') ?? property.key,
        path: `${path}/type`,
        message: `The parameter '${name}' is of type ${type} here, but of type ${given.type} in parameters.json.`,
      };
    }
    if (workflow.shape === 'arm' || workflow.shape === 'resource') yield* judgeResource(workflow);
  },
};

/** A secure type holds the same values as the plain one. */
function plain(type: string): string {
  return type.toLowerCase().replace(/^secure/, '');
}

/** `parameters` beside the definition of a resource. */
function* judgeResource(workflow: Workflow): Iterable<Finding> {
  const path = workflow.path.slice(0, workflow.path.lastIndexOf('/'));
  const values = member(nodeAtPointer(workflow.tree.root, path), 'parameters');
  if (values?.kind !== 'object' || member(workflow.definition, 'parameters')?.kind === 'string') return;
  const declared = workflow.parameters.map((each) => each.name);
  for (const { key, value } of values.properties) {
    const inside = `${path}/parameters${pointerOf([key.value])}`;
    const parameter = workflow.parameters.find((each) => each.name.toLowerCase() === key.value.toLowerCase());
    if (parameter !== undefined) {
      yield* judge(key.value, parameter.type, member(value, 'value'), `${inside}/value`, 'this value');
    } else if (!isComputed(key.value) && !key.value.startsWith('$')) {
      const near = nearest(key.value, declared);
      yield {
        code: 'parameter-unknown',
        severity: 'warning',
        range: key,
        path: inside,
        message: `The definition declares no parameter '${key.value}'.${suggestion(near)}`,
      };
    }
  }
}

export const projectParameterValuesRule: ProjectRule = {
  name: 'projectParameterValues',
  *check(_, document) {
    if (document.kind !== 'parameters' || member(document.tree.root, 'contentVersion') !== undefined) return;
    for (const { name, type, value, path } of readParameters(document.tree).entries) {
      yield* judge(name, type, value, `${path}/value`, 'this value');
    }
  },
};

function* judge(
  name: string,
  type: string | undefined,
  node: JsonNode | undefined,
  path: string,
  what: string,
): Iterable<Finding> {
  const expected = fitting[type?.toLowerCase() ?? ''];
  if (expected === undefined || node === undefined || isEmptyNode(node) || expected.fits(node)) return;
  if (node.kind === 'string' && isComputed(node.value)) return;
  // Templates and pipelines write numbers and truth values as text, and the platform reads them.
  const text = stringOf(node);
  const isReadable = text !== undefined && /^(true|false|-?\d+(\.\d+)?)$/i.test(text.trim());
  yield {
    code: 'parameter-invalid',
    severity: isReadable ? 'information' : 'warning',
    range: node,
    path,
    message: `The parameter '${name}' is of type ${type ?? ''}, which takes ${expected.words}, but ${what} is none.`,
  };
}
