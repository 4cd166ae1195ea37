/** agentParameters('x'): the tool around the action declares x in its `agentParameterSchema`. */
import { agentParameterNames } from '../../workflow/agentParameters';
import { sitePointer } from '../../workflow/sites';
import { isComputed } from '../computed';
import { renameReference } from '../naming';
import type { WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';

export const agentParametersRule: WorkflowRule = {
  name: 'agentParameters',
  *check({ document, workflow }) {
    const { expressions } = document;
    for (const reference of expressions.referencesTo('agentParameter')) {
      const { owner } = reference.site;
      if (owner?.role !== 'action' || isComputed(reference.name)) continue;
      const known = agentParameterNames(owner)?.map((each) => each.value);
      if (known === undefined || known.some((each) => each.toLowerCase() === reference.name.toLowerCase())) continue;
      const near = nearest(reference.name, known);
      yield {
        code: 'agent-parameter-unknown',
        range: expressions.nameRange(reference),
        path: sitePointer(workflow, reference.site),
        message: `The tool declares no agent parameter '${reference.name}'.${suggestion(near)}`,
        ...(near === undefined ? {} : { fixes: [renameReference(expressions, reference, near)] }),
      };
    }
  },
};
