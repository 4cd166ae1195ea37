/** Changing what an action runs after. */
import { jsonText } from '../../json/escape';
import type { JsonTree, ObjectNode } from '../../json/tree';
import type { Fix } from '../../text/diagnostic';
import type { TextEdit } from '../../text/edit';
import type { ProjectDocument } from '../../project/document';
import { enclosing } from '../graph';
import type { Action } from '../model';

/** Makes `later`, or what stands around it beside `earlier`, run after `earlier`; undefined where that would make a cycle. */
export function runAfterFix(document: ProjectDocument, earlier: Action, later: Action): Fix | undefined {
  const beside = [later, ...enclosing(later)].find((each) => each.scope === earlier.scope);
  if (beside === undefined || beside === earlier) return undefined;
  if (document.order.precedes(beside, earlier)) return undefined;
  const edits = addRunAfter(document.tree, beside, earlier.name, ['Succeeded']);
  return edits === undefined ? undefined : { title: `Run '${beside.name}' after '${earlier.name}'`, edits };
}

/** The edits that add an entry to runAfter, in the form that is there already. */
export function addRunAfter(
  tree: JsonTree,
  action: Action,
  name: string,
  statuses: readonly string[],
): TextEdit[] | undefined {
  if (action.node === undefined) return undefined;
  const entry = `${jsonText(name)}: ${JSON.stringify(statuses)}`;
  const runAfter = action.node.properties.findLast((each) => each.key.value === 'runAfter');
  if (runAfter === undefined) return insertMember(tree, action.node, `"runAfter": { ${entry} }`);
  return runAfter.value?.kind === 'object' ? insertMember(tree, runAfter.value, entry) : undefined;
}

/** Adds a member at the end of an object, on a line of its own when its members stand on lines of their own. */
export function insertMember(tree: JsonTree, object: ObjectNode, member: string): TextEdit[] {
  const last = object.properties.at(-1);
  if (last === undefined) {
    const inner = { start: object.start + 1, end: Math.max(object.start + 1, object.end - 1) };
    return [{ range: inner, newText: ` ${member} ` }];
  }
  const separator = blanksBefore(tree.text, last.start);
  return [{ range: { start: last.end, end: last.end }, newText: `,${separator === '' ? ' ' : separator}${member}` }];
}

function blanksBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && /\s/.test(text[start - 1] ?? '')) start--;
  return text.slice(start, offset);
}
