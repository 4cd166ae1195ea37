/** The fix for an action that is used before it has run: the user of its result runs after it. */
import type { ProjectDocument } from '../../project/document';
import type { Fix } from '../../text/diagnostic';
import { enclosing } from '../graph';
import type { Action } from '../model';
import { setRunAfter } from './setRunAfter';

/** Makes `later`, or what stands around it beside `earlier`, run after `earlier`; undefined where that would make a cycle. */
export function runAfterFix(document: ProjectDocument, earlier: Action, later: Action): Fix | undefined {
  const beside = [later, ...enclosing(later)].find((each) => each.scope === earlier.scope);
  if (beside === undefined || beside === earlier || beside.node === undefined) return undefined;
  if (document.order.precedes(beside, earlier)) return undefined;
  const entries = [...beside.runAfter, { name: earlier.name, statuses: ['Succeeded'] }];
  return {
    title: `Run '${beside.name}' after '${earlier.name}'`,
    edits: setRunAfter(document.tree, beside, entries),
  };
}
