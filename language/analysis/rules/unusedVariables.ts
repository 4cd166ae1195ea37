/** Variables that nothing reads. A name that is computed may read any. */
import { changedVariable, variableDeclarations } from '../../workflow/variables';
import { walk, expressionsOf } from '../../expressions/ast';
import type { ParsedSite } from '../../workflow/references';
import { isComputed } from '../computed';
import type { WorkflowRule } from '../rule';

export const unusedVariablesRule: WorkflowRule = {
  name: 'unusedVariables',
  *check({ workflow, document }) {
    const declarations = variableDeclarations(workflow);
    if (declarations.length === 0) return;
    const { expressions } = document;
    let named = 0;
    const read = new Set<string>();
    for (const { kind, name } of expressions.names()) {
      if (kind !== 'variable') continue;
      named++;
      read.add(name.toLowerCase());
    }
    // A name that is computed may be any of them.
    const isRead = declarations.every(({ name }) => read.has(name.toLowerCase()) || isComputed(name));
    if (isRead || callsOf(expressions.sites, 'variables') > named) return;
    const written = new Set(workflow.actions.flatMap((action) => changedVariable(action)?.value.toLowerCase() ?? []));
    for (const { name, nameNode, path } of declarations) {
      const key = name.toLowerCase();
      if (read.has(key) || isComputed(name)) continue;
      const message = written.has(key)
        ? `The variable '${name}' is set, but nothing reads it.`
        : `The variable '${name}' is not used.`;
      yield { code: 'variable-unused', range: nameNode, path: `${path}/name`, message };
    }
  },
};

function callsOf(sites: readonly ParsedSite[], name: string): number {
  let count = 0;
  for (const { parsed } of sites) {
    for (const expression of expressionsOf(parsed.template)) {
      walk(expression, (node) => {
        if (node.kind === 'call' && node.name.toLowerCase() === name) count++;
      });
    }
  }
  return count;
}
