/**
 * Pasting an action that was copied as text: `"Name": { … }`, or an object that holds one. Names that are taken get a number, in
 * the pasted text's own references too; numbers, comments and the order of members stay as they were copied.
 */
import { parseTree } from '../../json/tree';
import type { JsonNode } from '../../json/tree';
import { applyEdits } from '../../text/edit';
import type { TextEdit } from '../../text/edit';
import type { Action, Workflow } from '../model';
import { readWorkflow } from '../read';
import { addActionText } from './addAction';
import type { Place } from './addAction';
import { setRunAfter } from './setRunAfter';
import { indentAt, textStyle } from './textStyle';

export type Pasted =
  | { readonly name: string; readonly edits: readonly TextEdit[] }
  /** What is wrong with the text, for the user. */
  | { readonly problem: string };

/** The edits that add the copied action at a place. */
export function pasteAction(workflow: Workflow, clip: string, place: Place): Pasted {
  const copied = readClip(clip);
  const renamed = copied && readClip(applyEdits(copied.tree.text, renamings(copied, workflow)));
  const top = renamed?.scope.actions[0];
  if (renamed === undefined || top?.node === undefined) {
    return { problem: 'The clipboard holds no action: copy one from a designer, or its JSON from a text.' };
  }
  const wired = readClip(applyEdits(renamed.tree.text, setRunAfter(renamed.tree, top, place.runAfter)));
  const value = wired?.scope.actions[0]?.node;
  if (wired === undefined || value === undefined) return { problem: 'The copied action could not be read.' };
  const { text } = wired.tree;
  const { newline } = textStyle(workflow.tree.text);
  const own = indentAt(text, value.start);
  const lines = text.slice(value.start, value.end).split(/\r?\n/);
  const edits = addActionText(workflow, top.name, place, (indent) =>
    lines
      .map((line, index) =>
        index === 0 ? line : (indent ?? '') + (line.startsWith(own) ? line.slice(own.length) : line.trimStart()),
      )
      .join(newline),
  );
  return edits.length === 0 ? { problem: 'There is no place for an action here.' } : { name: top.name, edits };
}

/** The copied text as a workflow of one action. */
function readClip(clip: string): Workflow | undefined {
  const trimmed = clip.trim();
  if (trimmed.startsWith('{"definition":{"actions":{')) return withOneAction(trimmed);
  const members = trimmed.startsWith('{') ? memberText(trimmed) : trimmed.replace(/,$/, '');
  return members === undefined ? undefined : withOneAction(`{"definition":{"actions":{\n${members}\n}}}`);
}

function withOneAction(text: string): Workflow | undefined {
  const { workflow } = readWorkflow(text);
  return workflow?.tree.problems.length === 0 && workflow.scope.actions[0]?.type !== '' ? workflow : undefined;
}

/** The members of an object of actions; a bare action gets its type as a name. */
function memberText(text: string): string | undefined {
  const { root, problems } = parseTree(text);
  if (root?.kind !== 'object' || problems.length > 0) return undefined;
  const type = root.properties.find((each) => each.key.value === 'type')?.value;
  if (type?.kind === 'string') return `${JSON.stringify(type.value)}: ${text}`;
  const first = root.properties[0];
  return first === undefined ? undefined : text.slice(first.start, first.end);
}

/** Edits of the copied text that give every action in it a name the workflow does not have. */
function renamings(copied: Workflow, target: Workflow): TextEdit[] {
  const taken = new Set([...target.actions, ...target.triggers].map((each) => each.name.toLowerCase()));
  const names = new Map<string, string>();
  for (const { name } of copied.actions) {
    const wanted = name.replace(/_\d+$/, '');
    let free = name;
    for (let number = 1; taken.has(free.toLowerCase()); number++) free = `${wanted}_${number}`;
    taken.add(free.toLowerCase());
    if (free !== name) names.set(name.toLowerCase(), free);
  }
  const edits: TextEdit[] = [];
  for (const action of copied.actions) {
    renameKey(action.property.key, names, edits);
    for (const entry of action.runAfter) renameKey(entry.property.key, names, edits);
  }
  if (names.size > 0) for (const action of copied.scope.actions) renameReferences(copied, action, names, edits);
  return edits;
}

function renameKey(
  key: JsonNode & { readonly value: string },
  names: ReadonlyMap<string, string>,
  edits: TextEdit[],
): void {
  const name = names.get(key.value.toLowerCase());
  if (name !== undefined) edits.push({ range: { start: key.start, end: key.end }, newText: JSON.stringify(name) });
}

/** A name as the only argument of a function, in strings that hold an expression: `outputs('Name')`. */
const reference = /\(\s*'([^'\\]+)'\s*\)/g;

function renameReferences(
  copied: Workflow,
  action: Action,
  names: ReadonlyMap<string, string>,
  edits: TextEdit[],
): void {
  const visit = (node: JsonNode | undefined): void => {
    if (node?.kind === 'object') for (const each of node.properties) visit(each.value);
    else if (node?.kind === 'array') node.items.forEach(visit);
    else if (node?.kind === 'string' && node.value.includes('@')) {
      const written = copied.tree.text.slice(node.start, node.end);
      for (const match of written.matchAll(reference)) {
        const [whole, old = ''] = match;
        const name = names.get(old.toLowerCase());
        if (name === undefined) continue;
        const start = node.start + match.index + whole.indexOf(old);
        edits.push({ range: { start, end: start + old.length }, newText: JSON.stringify(name).slice(1, -1) });
      }
    }
  };
  visit(action.node);
}
