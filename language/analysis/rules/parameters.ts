/**
 * Parameters: those named in expressions are declared by the definition or, in a Standard project, by parameters.json; those declared
 * have a value. Connections of Consumption workflows arrive in the parameter `$connections`.
 */
import { nodeAtPointer } from '../../json/path';
import { member } from '../../json/tree';
import type { JsonNode } from '../../json/tree';
import { findParameter } from '../../project/parameters';
import type { Workflow } from '../../workflow/model';
import { sitePointer } from '../../workflow/sites';
import { isComputed } from '../computed';
import { renameReference } from '../naming';
import type { WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';

export const parametersRule: WorkflowRule = {
  name: 'parameters',
  *check({ workflow, document, project }) {
    const { expressions } = document;
    const inDefinition = workflow.parameters.map((each) => each.name);
    const inProject = workflow.shape === 'standard' ? (project.parameters?.entries ?? []).map((each) => each.name) : [];
    const known = new Set([...inDefinition, ...inProject].map((each) => each.toLowerCase()));
    const isLoose = workflow.shape === 'standard' && project.documents.size === 0;
    const computed = member(workflow.definition, 'parameters')?.kind === 'string';
    const used = new Set<string>();
    for (const reference of expressions.referencesTo('parameter')) {
      const name = reference.name.toLowerCase();
      used.add(name);
      // Without the project around it, a file cannot be blamed for what the project may declare.
      if (known.has(name) || isLoose || computed || isComputed(reference.name)) continue;
      const near = nearest(reference.name, [...inDefinition, ...inProject]);
      const place =
        workflow.shape === 'standard'
          ? 'neither the definition nor parameters.json declares it'
          : 'the definition does not declare it';
      yield {
        code: 'parameter-unknown',
        range: expressions.nameRange(reference),
        path: sitePointer(workflow, reference.site),
        message: `There is no parameter '${reference.name}': ${place}.${suggestion(near)}`,
        ...(near === undefined ? {} : { fixes: [renameReference(expressions, reference, near)] }),
      };
    }
    for (const parameter of workflow.parameters) {
      const path = `${workflow.path}/parameters`;
      const { name } = parameter;
      if (!used.has(name.toLowerCase()) && name !== '$connections' && name !== '$authentication') {
        const range = parameter.property.key;
        yield { code: 'parameter-unused', range, path, message: `The parameter '${name}' is not used.` };
      }
      if (workflow.shape === 'arm' || workflow.shape === 'resource') {
        const values = valuesBeside(workflow);
        if (parameter.defaultValue === undefined && values !== 'computed' && member(values, name) === undefined) {
          yield {
            code: 'parameter-without-value',
            range: parameter.property.key,
            path,
            message: `The parameter '${name}' has no default value, and "parameters" of the resource gives it none.`,
          };
        }
      }
      if (
        workflow.shape === 'standard' &&
        project.parameters !== undefined &&
        parameter.defaultValue === undefined &&
        findParameter(project.parameters, name) === undefined &&
        member(member(workflow.tree.root, 'parameters'), name) === undefined
      ) {
        yield {
          code: 'parameter-without-value',
          range: parameter.property.key,
          path,
          message: `The parameter '${name}' has no default value, and parameters.json gives it none.`,
        };
      }
    }
  },
};

/** The `parameters` beside the definition of a resource; a template may compute them. */
function valuesBeside({ tree, path }: Workflow): JsonNode | 'computed' | undefined {
  const properties = nodeAtPointer(tree.root, path.slice(0, path.lastIndexOf('/')));
  const values = member(properties, 'parameters');
  return values?.kind === 'string' ? 'computed' : values;
}
