/** Texts that look like expressions and are none. */
import { sitePointer } from '../../workflow/sites';
import type { WorkflowRule } from '../rule';

export const textsRule: WorkflowRule = {
  name: 'texts',
  reach: 'operation',
  *check({ workflow, due }) {
    for (const site of due.lookalikes()) {
      const { node } = site;
      const blanks = node.value.length - node.value.trimStart().length;
      yield {
        code: 'expression-leading-blank',
        range: node,
        path: sitePointer(workflow, site),
        message: 'The blank before @ makes this a plain text: it is not evaluated.',
        // A blank that is written as an escape is left to its author.
        fixes: /^[ ]+$/.test(node.value.slice(0, blanks))
          ? [
              {
                title: 'Remove the blank',
                edits: [{ range: { start: node.start + 1, end: node.start + 1 + blanks }, newText: '' }],
              },
            ]
          : [],
      };
    }
  },
};
