/**
 * What has a name in a logic app and where the name stands: declarations and uses in one document. Definition, references, highlights
 * and rename are all views of this. Names match without regard to case, as on the platform.
 */
import { member } from '../json/tree';
import type { StringNode } from '../json/tree';
import type { ProjectDocument } from '../project/document';
import { readConnections } from '../project/connections';
import { readParameters } from '../project/parameters';
import { readSettings } from '../project/settings';
import { touches } from '../text/range';
import type { TextRange } from '../text/range';
import type { ReferenceKind } from '../expressions/functions/definition';
import { connectionName, connectionUses } from './connectionUses';
import type { Reference } from './references';
import { changedVariable, variableDeclarations } from './variables';
import type { Workflow } from './model';

export type SymbolKind =
  'action' | 'trigger' | 'variable' | 'parameter' | 'appSetting' | 'connection' | 'agentParameter';

export interface SymbolName {
  readonly kind: SymbolKind;
  readonly name: string;
}

export interface Occurrence extends SymbolName {
  /** The name in the document, without quotes. */
  readonly range: TextRange;
  readonly role: 'declaration' | 'write' | 'read';
  /** How a new name must be written here. */
  readonly form: 'json' | 'expression';
}

const symbolOf: Readonly<Record<ReferenceKind, SymbolKind>> = {
  action: 'action',
  scope: 'action',
  loop: 'action',
  until: 'action',
  variable: 'variable',
  parameter: 'parameter',
  appSetting: 'appSetting',
  agentParameter: 'agentParameter',
};

/** Every name in a document, declared or used. */
export function occurrences(document: ProjectDocument): Occurrence[] {
  const found: Occurrence[] = [];
  const { expressions } = document;
  if (document.kind === 'workflow' && document.workflow !== undefined) collectWorkflow(document.workflow, found);
  else collectFile(document, found);
  for (const reference of expressions.references) {
    found.push({
      kind: symbolKind(reference),
      name: reference.name,
      range: expressions.nameRange(reference),
      role: 'read',
      form: 'expression',
    });
  }
  return found;
}

/** What a reference in an expression stands for. */
export function symbolKind(reference: Reference): SymbolKind {
  return symbolOf[reference.kind];
}

/** The name that the cursor is in. */
export function occurrenceAt(document: ProjectDocument, offset: number): Occurrence | undefined {
  return occurrences(document).find((each) => touches(each.range, offset));
}

/** True when both mean the same thing. */
export function isSame(a: SymbolName, b: SymbolName): boolean {
  return a.kind === b.kind && a.name.toLowerCase() === b.name.toLowerCase();
}

function inside(node: StringNode): TextRange {
  return { start: node.start + 1, end: Math.max(node.start + 1, node.end - 1) };
}

function collectWorkflow(workflow: Workflow, found: Occurrence[]): void {
  const add = (kind: SymbolKind, node: StringNode, role: Occurrence['role']): void => {
    found.push({ kind, name: node.value, range: inside(node), role, form: 'json' });
  };
  for (const trigger of workflow.triggers) add('trigger', trigger.property.key, 'declaration');
  for (const action of workflow.actions) {
    add('action', action.property.key, 'declaration');
    for (const entry of action.runAfter) add('action', entry.property.key, 'read');
    const changed = changedVariable(action);
    if (changed !== undefined) add('variable', changed, 'write');
    const dependencies = member(member(action.inputs, 'explicitDependencies'), 'actions');
    for (const item of dependencies?.kind === 'array' ? dependencies.items : []) {
      if (item.kind === 'string') add('action', item, 'read');
    }
  }
  for (const declaration of variableDeclarations(workflow)) add('variable', declaration.nameNode, 'declaration');
  for (const parameter of workflow.parameters) add('parameter', parameter.property.key, 'declaration');
  for (const use of connectionUses(workflow)) {
    const name = connectionName(use);
    if (name !== undefined) add('connection', name, 'read');
  }
}

function collectFile(document: ProjectDocument, found: Occurrence[]): void {
  const declare = (kind: SymbolKind, key: StringNode): void => {
    found.push({ kind, name: key.value, range: inside(key), role: 'declaration', form: 'json' });
  };
  switch (document.kind) {
    case 'connections':
      for (const each of readConnections(document.tree).entries) declare('connection', each.property.key);
      return;
    case 'parameters':
      for (const each of readParameters(document.tree).entries) declare('parameter', each.property.key);
      return;
    case 'settings':
      for (const each of readSettings(document.tree).entries) declare('appSetting', each.property.key);
      return;
    default:
      return;
  }
}
