/**
 * The folder of a Standard logic app as one model: what its workflows can refer to. A missing file is `undefined`, which is not the
 * same as an empty one: nothing is reported as missing from a file that is not there to look into.
 */
import type { ConnectorManifest } from '../catalog/manifest';
import { readConnections } from './connections';
import type { Connections } from './connections';
import type { ProjectDocument } from './document';
import { fileKind } from './fileKind';
import { readParameters } from './parameters';
import type { ProjectParameters } from './parameters';
import { readSettings } from './settings';
import type { AppSettings } from './settings';

export interface Artifacts {
  /** File names with extension, as on disk. */
  readonly maps: readonly string[];
  readonly schemas: readonly string[];
  readonly rules: readonly string[];
}

export interface Project {
  readonly connections: Connections | undefined;
  readonly parameters: ProjectParameters | undefined;
  readonly settings: AppSettings | undefined;
  readonly artifacts: Artifacts;
  /** By folder name. */
  readonly workflows: ReadonlyMap<string, ProjectDocument>;
  /** Every file that was read, by its path in the project. */
  readonly documents: ReadonlyMap<string, ProjectDocument>;
  /** The built-in connectors whose operations are known. */
  readonly connectors: readonly ConnectorManifest[];
}

/** A project with nothing in it: loose files are judged by themselves. */
export const emptyProject: Project = {
  connections: undefined,
  parameters: undefined,
  settings: undefined,
  artifacts: { maps: [], schemas: [], rules: [] },
  workflows: new Map(),
  documents: new Map(),
  connectors: [],
};

/**
 * Builds the model from documents by path (relative to the project folder, forward slashes) and the paths of artifacts, which are
 * known by name only.
 */
export function projectOf(
  documents: ReadonlyMap<string, ProjectDocument>,
  artifactPaths: readonly string[],
  connectors: readonly ConnectorManifest[] = [],
): Project {
  const workflows = new Map<string, ProjectDocument>();
  for (const [path, document] of documents) {
    if (document.kind === 'workflow') workflows.set(path.slice(0, path.indexOf('/')), document);
  }
  const of = (kind: ProjectDocument['kind']): ProjectDocument | undefined =>
    [...documents.values()].find((each) => each.kind === kind);
  const named = (kind: ProjectDocument['kind']): string[] =>
    artifactPaths.filter((path) => fileKind(path) === kind).map((path) => path.slice(path.lastIndexOf('/') + 1));
  const [connections, parameters, settings] = [of('connections'), of('parameters'), of('settings')];
  return {
    connections: connections && readConnections(connections.tree),
    parameters: parameters && readParameters(parameters.tree),
    settings: settings && readSettings(settings.tree),
    artifacts: { maps: named('map'), schemas: named('schema'), rules: named('rules') },
    workflows,
    documents,
    connectors,
  };
}
