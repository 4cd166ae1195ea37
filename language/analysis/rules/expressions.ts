/** Expressions by themselves: they can be read, their functions exist and get what they need. */
import { checkTemplate } from '../../expressions/index';
import { sitePointer } from '../../workflow/sites';
import type { WorkflowRule } from '../rule';

export const expressionsRule: WorkflowRule = {
  name: 'expressions',
  *check({ document, workflow }) {
    const { expressions } = document;
    for (const site of expressions.sites) {
      // A property name such as `@odata.type` is more often a name than an expression.
      if (site.isKey) continue;
      for (const problem of checkTemplate(site.parsed)) {
        yield {
          code: problem.code,
          range: expressions.rangeOf(site, problem.range),
          path: sitePointer(workflow, site),
          message: problem.message,
        };
      }
    }
  },
};
