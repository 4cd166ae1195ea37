/** Adding an action or a trigger to a workflow. */
import type { JsonNode } from '../../json/tree';
import { member, property } from '../../json/tree';
import type { TextEdit } from '../../text/edit';
import type { Action, Scope, Workflow } from '../model';
import { insertProperty } from './insertProperty';
import { setRunAfter } from './setRunAfter';
import type { RunAfterEntry } from './setRunAfter';
import type { PlainJson } from './textStyle';

export interface NewAction {
  readonly name: string;
  /** Its members, without runAfter. */
  readonly members: Readonly<Record<string, PlainJson>>;
  readonly scope: Scope;
  readonly runAfter: readonly RunAfterEntry[];
  /** Actions that shall run after the new one instead of after `insteadOf`. */
  readonly followers: readonly Action[];
  readonly insteadOf: string | undefined;
}

/**
 * The edits that add an action to a scope: behind the last action it runs after, in the text too. Returns no edits when the scope
 * has no place in the text that could hold it.
 */
export function addAction(workflow: Workflow, intent: NewAction): TextEdit[] {
  const { scope, name, members, runAfter, followers, insteadOf } = intent;
  const value: PlainJson = {
    ...members,
    runAfter: Object.fromEntries(runAfter.map((each) => [each.name, each.statuses])),
  };
  const inserted = insertInto(workflow, scope, name, value, runAfter);
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
  value: PlainJson,
  runAfter: readonly RunAfterEntry[],
): TextEdit[] {
  if (scope.node?.kind === 'object') {
    const before = scope.actions.filter((action) =>
      runAfter.some((entry) => entry.name.toLowerCase() === action.name.toLowerCase()),
    );
    const place = before.length === 0 ? scope.node.properties.at(-1) : before.at(-1)?.property;
    return insertProperty(tree, scope.node, name, value, place);
  }
  if (scope.node !== undefined) return [];
  // The scope has no `actions` yet; the holder, such as an `else`, may be missing as well.
  if (scope.holder?.kind === 'object') return insertProperty(tree, scope.holder, 'actions', { [name]: value });
  const owner = scope.owner?.node;
  if (owner === undefined || (scope.role !== 'else' && scope.role !== 'default')) return [];
  return insertProperty(tree, owner, scope.role, { actions: { [name]: value } });
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
