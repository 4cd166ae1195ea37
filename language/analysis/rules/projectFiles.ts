/** connections.json and parameters.json: their shape, and the few functions that the host evaluates in them. */
import { member } from '../../json/tree';
import type { JsonNode } from '../../json/tree';
import { pointerOf } from '../../json/path';
import { expressionsOf, walk } from '../../expressions/ast';
import type { ProjectDocument } from '../../project/document';
import { findParameter, parameterTypes, readParameters } from '../../project/parameters';
import type { Project } from '../../project/project';
import { connectionName, connectionUses } from '../../workflow/connectionUses';
import { readConnections } from '../../project/connections';
import { isComputed } from '../computed';
import { renameReference } from '../naming';
import type { Finding, ProjectRule } from '../rule';
import { nearest, suggestion } from '../spelling';

export const projectFilesRule: ProjectRule = {
  name: 'projectFiles',
  *check(project, document) {
    if (document.kind === 'connections') {
      yield* unusedConnections(project, document);
      yield* checkParameterReferences(project, document);
    }
    if (document.kind === 'parameters') {
      yield* checkParameters(document);
      yield* unusedParameters(project, document);
    }
    if (document.kind === 'connections' || document.kind === 'parameters') yield* checkFunctions(document);
    if (document.kind !== 'workflow' && document.kind !== 'other' && document.kind !== 'test') {
      const { root } = document.tree;
      if (root !== undefined && root.kind !== 'object') {
        yield { code: 'project-file-invalid', range: root, path: '', message: 'The file must hold a JSON object.' };
      }
    }
  },
};

/** Only where there are workflows to look into, and only when all of them could be read. */
function* unusedConnections(project: Project, { tree }: ProjectDocument): Iterable<Finding> {
  const workflows = [...project.workflows.values()].map((each) => each.workflow);
  if (workflows.length === 0 || workflows.includes(undefined)) return;
  const used = new Set(
    workflows.flatMap((workflow) =>
      workflow === undefined
        ? []
        : connectionUses(workflow).flatMap((use) => connectionName(use)?.value.toLowerCase() ?? []),
    ),
  );
  for (const { key, property, path } of readConnections(tree).entries) {
    if (used.has(key.toLowerCase())) continue;
    yield {
      code: 'connection-unused',
      range: property.key,
      path,
      message: `No workflow of this project uses the connection '${key}'.`,
    };
  }
}

/** Neither a workflow nor a connection reads it. Only where every workflow could be read. */
function* unusedParameters(project: Project, { tree }: ProjectDocument): Iterable<Finding> {
  const workflows = [...project.workflows.values()];
  if (workflows.length === 0 || workflows.some((each) => each.workflow === undefined)) return;
  // Some projects make their connections, with what these use, when they are deployed.
  if (project.connections === undefined) return;
  if (member(tree.root, 'contentVersion') !== undefined) return;
  const used = new Set<string>();
  for (const document of project.documents.values()) {
    if (document.kind !== 'workflow' && document.kind !== 'connections') continue;
    for (const { kind, name } of document.expressions.references)
      if (kind === 'parameter') used.add(name.toLowerCase());
  }
  for (const { name, property, path } of readParameters(tree).entries) {
    if (used.has(name.toLowerCase())) continue;
    const message = `Nothing in this project uses the parameter '${name}'.`;
    yield { code: 'parameter-unused', range: property.key, path, message };
  }
}

function* checkParameterReferences(project: Project, document: ProjectDocument): Iterable<Finding> {
  for (const reference of document.expressions.references) {
    if (reference.kind !== 'parameter' || isComputed(reference.name)) continue;
    const { parameters } = project;
    if (parameters !== undefined && findParameter(parameters, reference.name) !== undefined) continue;
    if (project.documents.size === 0) continue;
    const near = nearest(
      reference.name,
      (parameters?.entries ?? []).map((each) => each.name),
    );
    yield {
      code: 'parameter-unknown',
      range: document.expressions.nameRange(reference),
      path: pointerOf(reference.site.path),
      message:
        parameters === undefined
          ? `There is no parameter '${reference.name}': the project has no parameters.json.`
          : `There is no parameter '${reference.name}' in parameters.json.${suggestion(near)}`,
      ...(near === undefined ? {} : { fixes: [renameReference(document.expressions, reference, near)] }),
    };
  }
}

function* checkParameters({ tree }: ProjectDocument): Iterable<Finding> {
  const isArmFile = member(tree.root, 'contentVersion') !== undefined;
  if (isArmFile) return;
  for (const { name, property, path, type, value } of readParameters(tree).entries) {
    const entry = property.value;
    if (entry === undefined) continue;
    if (entry.kind !== 'object') {
      const message = `The parameter '${name}' must be an object with "type" and "value".`;
      yield { code: 'parameter-invalid', range: entry, path, message };
      continue;
    }
    const typeNode = member(entry, 'type');
    if (typeNode === undefined) {
      yield { code: 'parameter-invalid', range: property.key, path, message: `The parameter '${name}' needs "type".` };
    } else if (type === undefined || !parameterTypes.some((each) => each.toLowerCase() === type.toLowerCase())) {
      const near = nearest(type ?? '', parameterTypes);
      yield {
        code: 'parameter-invalid',
        range: typeNode,
        path: `${path}/type`,
        message: `The type of a parameter is one of ${parameterTypes.join(', ')}.${suggestion(near)}`,
        fixes:
          near === undefined
            ? []
            : [{ title: `Change to '${near}'`, edits: [{ range: typeNode, newText: `"${near}"` }], preferred: true }],
      };
    }
    if (value === undefined) {
      yield { code: 'parameter-invalid', range: property.key, path, message: `The parameter '${name}' needs "value".` };
    }
  }
}

/** Source: "Edit host and app settings": connections.json may use appsetting and parameters, parameters.json only appsetting. */
function* checkFunctions(document: ProjectDocument): Iterable<Finding> {
  const allowed = document.kind === 'connections' ? ['appsetting', 'parameters'] : ['appsetting'];
  yield* templateTexts(document.tree.root, [], document.kind);
  for (const site of document.expressions.sites) {
    for (const expression of expressionsOf(site.parsed.template)) {
      const wrong: { readonly start: number; readonly end: number; readonly name: string }[] = [];
      walk(expression, (node) => {
        if (node.kind === 'call' && !allowed.includes(node.name.toLowerCase())) {
          wrong.push({ start: node.start, end: node.start + node.name.length, name: node.name });
        }
      });
      for (const { name, ...range } of wrong) {
        yield {
          code: 'project-expression',
          range: document.expressions.rangeOf(site, range),
          path: pointerOf(site.path),
          message: `${name}() cannot be used in ${document.kind}.json: only ${allowed.map((each) => `${each}()`).join(' and ')} can.`,
        };
      }
    }
  }
}

/** Expressions of ARM templates: these files are no templates, so that the text is taken as it is. */
function* templateTexts(
  node: JsonNode | undefined,
  path: readonly (string | number)[],
  kind: string,
): Iterable<Finding> {
  if (node?.kind === 'array') {
    for (const [index, item] of node.items.entries()) yield* templateTexts(item, [...path, index], kind);
  } else if (node?.kind === 'object') {
    for (const { key, value } of node.properties) yield* templateTexts(value, [...path, key.value], kind);
  } else if (
    node?.kind === 'string' &&
    /^\[(parameters|variables|concat|resourceId|reference|subscription|resourceGroup)\(.*\]$/s.test(node.value)
  ) {
    yield {
      code: 'project-expression',
      severity: 'warning',
      range: node,
      path: pointerOf(path),
      message: `This is an expression of ARM templates, which ${kind}.json does not evaluate.`,
    };
  }
}
