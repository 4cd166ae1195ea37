/** ARM templates compute texts before the workflow exists: what such a text will say is not known here. */
import type { Workflow } from './model';

/** True for a text that the template language of a deployment computes: `[…]`, but not `[[…`, which is a literal bracket. */
export function isArmExpression(workflow: Workflow, text: string): boolean {
  return workflow.shape === 'arm' && text.startsWith('[') && text.endsWith(']') && !text.startsWith('[[');
}
