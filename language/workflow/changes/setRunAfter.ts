/** Changing after which actions an action runs. Entries that stay as they are keep their text, comments included. */
import type { JsonTree } from '../../json/tree';
import { property } from '../../json/tree';
import type { TextEdit } from '../../text/edit';
import type { Action } from '../model';
import { insertProperty } from './insertProperty';
import { removeProperty } from './removeProperty';
import { indentAt, inlineJson, layOutJson, textStyle } from './textStyle';

export interface RunAfterEntry {
  readonly name: string;
  readonly statuses: readonly string[];
}

/** The edits that make `entries` the runAfter of an action. Nothing can be done for an action that is no object. */
export function setRunAfter(tree: JsonTree, action: Action, entries: readonly RunAfterEntry[]): TextEdit[] {
  const { node } = action;
  if (node === undefined) return [];
  const asObject = Object.fromEntries(entries.map(({ name, statuses }) => [name, statuses]));
  const existing = property(node, 'runAfter');
  if (existing === undefined) return entries.length === 0 ? [] : insertProperty(tree, node, 'runAfter', asObject);
  const { value } = existing;
  if (value?.kind === 'object' && isSmallChange(action, entries)) {
    return action.runAfter.flatMap((old): TextEdit[] => {
      const wanted = entries.find((entry) => sameName(entry.name, old.name));
      if (wanted === undefined) return removeProperty(tree, old.property);
      const array = old.property.value;
      if (array === undefined || sameStatuses(old.statuses, wanted.statuses)) return [];
      const newText =
        array.kind === 'array' && /[\r\n]/.test(tree.text.slice(array.start, array.end))
          ? layOutJson(wanted.statuses, textStyle(tree.text), indentAt(tree.text, array.start))
          : inlineJson(wanted.statuses);
      return [{ range: { start: array.start, end: array.end }, newText }];
    });
  }
  if (value?.kind === 'object' && value.properties.length > 0) {
    const added = entries.filter((entry) => !action.runAfter.some((old) => sameName(entry.name, old.name)));
    const [first] = added;
    const pureAddition =
      first !== undefined &&
      added.length === 1 &&
      action.runAfter.every((old) =>
        entries.some((entry) => sameName(entry.name, old.name) && sameStatuses(old.statuses, entry.statuses)),
      );
    if (pureAddition) return insertProperty(tree, value, first.name, first.statuses);
  }
  const range = value ?? { start: existing.end, end: existing.end };
  const style = textStyle(tree.text);
  const newText = layOutJson(asObject, style, indentAt(tree.text, existing.start));
  return [{ range: { start: range.start, end: range.end }, newText: value === undefined ? `: ${newText}` : newText }];
}

/** True when entries are only removed, at most one, or given other statuses. */
function isSmallChange(action: Action, entries: readonly RunAfterEntry[]): boolean {
  const known = entries.every((entry) => action.runAfter.some((old) => sameName(entry.name, old.name)));
  return known && entries.length > 0 && action.runAfter.length - entries.length <= 1;
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function sameStatuses(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((status, index) => status === b[index]);
}
