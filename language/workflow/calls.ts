/** Calls of other workflows of the project, as their actions name them. */
import { member } from '../json/tree';
import type { StringNode } from '../json/tree';
import type { Operation } from './model';

/** The name of the workflow that an action calls (`inputs.host.workflow.id`), as it is written. */
export function calledWorkflow({ inputs }: Operation): StringNode | undefined {
  const node = member(member(member(inputs, 'host'), 'workflow'), 'id');
  return node?.kind === 'string' ? node : undefined;
}
