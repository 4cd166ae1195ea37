/** Adding an action or a trigger to a workflow. */
import type { JsonNode } from '../../json/tree';
import { member, property } from '../../json/tree';
import type { TextEdit } from '../../text/edit';
import type { Action, Scope, Workflow } from '../model';
import { insertProperty, insertPropertyText } from './insertProperty';
import { setRunAfter } from './setRunAfter';
import type { RunAfterEntry } from './setRunAfter';
import { inlineJson, layOutJson, textStyle } from './textStyle';
import type { PlainJson, TextStyle } from './textStyle';

/** Where a new action goes. */
export interface Place {
  readonly scope: Scope;
  readonly runAfter: readonly RunAfterEntry[];
  /** Actions that shall run after the new one instead of after `insteadOf`. */
  readonly followers: readonly Action[];
  readonly insteadOf: string | undefined;
}

export interface NewAction extends Place {
  readonly name: string;
  /** Its members, without runAfter. */
  readonly members: Readonly<Record<string, PlainJson>>;
}

/**
 * The edits that add an action to a scope: behind the last action it runs after, in the text too. Returns no edits when the scope
 * has no place in the text that could hold it.
 */
export function addAction(workflow: Workflow, intent: NewAction): TextEdit[] {
  const { name, members, runAfter } = intent;
  const value: PlainJson = {
    ...members,
    runAfter: Object.fromEntries(runAfter.map((each) => [each.name, each.statuses])),
  };
  const style = textStyle(workflow.tree.text);
  return addActionText(workflow, name, intent, (indent) =>
    indent === undefined ? inlineJson(value) : layOutJson(value, style, indent),
  );
}

/** The same for an action whose JSON text, runAfter included, is there already. */
export function addActionText(
  workflow: Workflow,
  name: string,
  place: Place,
  valueText: (indent: string | undefined) => string,
): TextEdit[] {
  const { scope, runAfter, followers, insteadOf } = place;
  const inserted = insertInto(workflow, scope, name, valueText, runAfter);
  if (inserted.length === 0) return [];
  const rewired = followers.flatMap((follower) => {
    const kept = follower.runAfter.filter((entry) => entry.name.toLowerCase() !== insteadOf?.toLowerCase());
    const entries = kept.map((entry): RunAfterEntry => ({ name: entry.name, statuses: entry.statuses }));
    return setRunAfter(workflow.tree, follower, [{ name, statuses: ['Succeeded'] }, ...entries]);
  });
  return [...inserted, ...rewired];
}

function insertInto(
  { tree }: Workflow,
  scope: Scope,
  name: string,
  valueText: (indent: string | undefined) => string,
  runAfter: readonly RunAfterEntry[],
): TextEdit[] {
  if (scope.node?.kind === 'object') {
    const before = scope.actions.filter((action) =>
      runAfter.some((entry) => entry.name.toLowerCase() === action.name.toLowerCase()),
    );
    const place = before.length === 0 ? scope.node.properties.at(-1) : before.at(-1)?.property;
    return insertPropertyText(tree, scope.node, name, valueText, place);
  }
  if (scope.node !== undefined) return [];
  // The scope has no `actions` yet; the holder, such as an `else`, may be missing as well.
  if (scope.holder?.kind === 'object')
    return insertPropertyText(tree, scope.holder, 'actions', nested([name], valueText, textStyle(tree.text)));
  const owner = scope.owner?.node;
  if (owner === undefined || (scope.role !== 'else' && scope.role !== 'default')) return [];
  return insertPropertyText(tree, owner, scope.role, nested(['actions', name], valueText, textStyle(tree.text)));
}

/** Wraps a value into objects of one member each. */
function nested(
  names: readonly string[],
  valueText: (indent: string | undefined) => string,
  style: TextStyle,
): (indent: string | undefined) => string {
  const [name, ...rest] = names;
  if (name === undefined) return valueText;
  const inside = nested(rest, valueText, style);
  return (indent) => {
    if (indent === undefined) return `{ ${JSON.stringify(name)}: ${inside(undefined)} }`;
    const inner = indent + style.unit;
    return `{${style.newline}${inner}${JSON.stringify(name)}: ${inside(inner)}${style.newline}${indent}}`;
  };
}

/** The edits that add a trigger. */
export function addTrigger(workflow: Workflow, name: string, members: Readonly<Record<string, PlainJson>>): TextEdit[] {
  const { tree, definition } = workflow;
  const triggers: JsonNode | undefined = member(definition, 'triggers');
  if (triggers?.kind === 'object') return insertProperty(tree, triggers, name, members);
  if (triggers !== undefined) return [];
  const before = property(definition, 'contentVersion') ?? definition.properties.at(-1);
  return insertProperty(tree, definition, 'triggers', { [name]: members }, before);
}

/** A name nobody has yet: `Compose`, `Compose_1`, … Action names are unique in the whole workflow, in any case. */
export function freeName(workflow: Workflow, wanted: string): string {
  const taken = new Set([...workflow.actions, ...workflow.triggers].map((each) => each.name.toLowerCase()));
  let name = wanted;
  for (let number = 1; taken.has(name.toLowerCase()); number++) name = `${wanted}_${number}`;
  return name;
}
