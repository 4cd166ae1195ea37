/** Adding a case to a Switch. */
import { member } from '../../json/tree';
import type { TextEdit } from '../../text/edit';
import type { Action, Workflow } from '../model';
import { insertProperty } from './insertProperty';

/** The edits that add an empty case, and its name. No edits for an action that is no object. */
export function addCase(workflow: Workflow, action: Action): { readonly name: string; readonly edits: TextEdit[] } {
  const taken = new Set(action.scopes.map((scope) => scope.name?.toLowerCase()));
  let name = 'Case';
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `Case_${number}`;
  const value = { case: '', actions: {} };
  const cases = member(action.node, 'cases');
  if (cases?.kind === 'object') return { name, edits: insertProperty(workflow.tree, cases, name, value) };
  if (action.node === undefined || cases !== undefined) return { name, edits: [] };
  return { name, edits: insertProperty(workflow.tree, action.node, 'cases', { [name]: value }) };
}
