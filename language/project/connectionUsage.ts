/**
 * What a project does with its connections: where each is used, which app settings and parameters it needs and which of them are
 * missing, and which connections are used without being there.
 */
import { encloses } from '../text/range';
import type { TextRange } from '../text/range';
import { connectionName, connectionUses } from '../workflow/connectionUses';
import type { ConnectionUse } from '../workflow/connectionUses';
import { findConnection } from './connections';
import type { Connection, ConnectionSection } from './connections';
import type { ProjectDocument } from './document';
import { findParameter } from './parameters';
import type { Project } from './project';
import { findSetting, isPlatformSetting } from './settings';

export interface UsedConnection {
  readonly connection: Connection;
  readonly uses: readonly PlacedUse[];
  /** In the order in which connections.json names them, those behind parameters included. */
  readonly settings: readonly NeededSetting[];
  /** Parameters that parameters.json does not have. */
  readonly missingParameters: readonly string[];
}

export interface PlacedUse extends ConnectionUse {
  /** Folder name. */
  readonly workflow: string;
  readonly document: ProjectDocument;
}

export interface NeededSetting {
  readonly name: string;
  /** True when local.settings.json has it, or the platform gives it to every app. */
  readonly isSet: boolean;
}

export interface MissingConnection {
  readonly section: ConnectionSection;
  readonly key: string;
  readonly uses: readonly PlacedUse[];
}

export interface ConnectionUsage {
  readonly connections: readonly UsedConnection[];
  readonly missing: readonly MissingConnection[];
}

/** Never throws; uses with computed names are left out, because nobody can say which connection they mean. */
export function connectionUsage(project: Project): ConnectionUsage {
  const uses = [...project.workflows].flatMap(([workflow, document]) =>
    document.workflow === undefined
      ? []
      : connectionUses(document.workflow).map((use): PlacedUse => ({ ...use, workflow, document })),
  );
  const entries = project.connections?.entries ?? [];
  const isUseOf = (use: PlacedUse, section: ConnectionSection, key: string): boolean =>
    use.section === section && connectionName(use)?.value.toLowerCase() === key.toLowerCase();
  const missing = new Map<string, { readonly section: ConnectionSection; readonly key: string; uses: PlacedUse[] }>();
  for (const use of uses) {
    const key = connectionName(use)?.value;
    if (key === undefined || key === '' || key.includes('@')) continue;
    if (project.connections !== undefined && findConnection(project.connections, use.section, key)) continue;
    const id = `${use.section}/${key.toLowerCase()}`;
    const entry = missing.get(id);
    if (entry === undefined) missing.set(id, { section: use.section, key, uses: [use] });
    else entry.uses.push(use);
  }
  return {
    connections: entries.map((connection) => ({
      connection,
      uses: uses.filter((use) => isUseOf(use, connection.section, connection.key)),
      ...needs(project, connection),
    })),
    missing: [...missing.values()],
  };
}

function needs(project: Project, connection: Connection): Pick<UsedConnection, 'settings' | 'missingParameters'> {
  const settings = new Map<string, NeededSetting>();
  const missingParameters = new Map<string, string>();
  const addSetting = (name: string): void => {
    // Without a local.settings.json nothing is set.
    const isSet =
      isPlatformSetting(name) || (project.settings !== undefined && findSetting(project.settings, name) !== undefined);
    if (!settings.has(name.toLowerCase())) settings.set(name.toLowerCase(), { name, isSet });
  };
  const documents = [...project.documents.values()];
  const parametersFile = documents.find((each) => each.kind === 'parameters');
  for (const { kind, name } of referencesIn(
    documents.find((each) => each.kind === 'connections'),
    connection.property,
  )) {
    if (kind === 'appSetting') addSetting(name);
    if (kind !== 'parameter') continue;
    const parameter = project.parameters && findParameter(project.parameters, name);
    if (parameter === undefined) missingParameters.set(name.toLowerCase(), name);
    else
      for (const each of referencesIn(parametersFile, parameter.property))
        if (each.kind === 'appSetting') addSetting(each.name);
  }
  return { settings: [...settings.values()], missingParameters: [...missingParameters.values()] };
}

function referencesIn(
  document: ProjectDocument | undefined,
  range: TextRange,
): readonly { readonly kind: string; readonly name: string }[] {
  return document?.expressions.references.filter((each) => encloses(range, each.site.node)) ?? [];
}
