/** Reads projects through the port of `find.ts`. */
import type { ConnectorManifest } from '../catalog/manifest';
import { ProjectDocument } from './document';
import { fileKind, isSkippedFolder } from './fileKind';
import type { FileReader } from './find';
import { projectOf } from './project';
import type { Project } from './project';

export { findProjects, isProject } from './find';
export type { FileReader, FolderEntry } from './find';

export interface ProjectPaths {
  /** Files whose text is read: workflows, connections.json, …; relative to the project. */
  readonly files: readonly string[];
  readonly artifacts: readonly string[];
}

/** Lists the files of a project that matter to its understanding. */
export async function listProject(reader: FileReader, root: string): Promise<ProjectPaths> {
  const files: string[] = [];
  const artifacts: string[] = [];
  for (const entry of await reader.list(root)) {
    if (!entry.isFolder) {
      if (fileKind(entry.name) !== 'other') files.push(entry.name);
    } else if (entry.name.toLowerCase() === 'artifacts') {
      for (const folder of await reader.list(`${root}/${entry.name}`)) {
        if (!folder.isFolder) continue;
        for (const file of await reader.list(`${root}/${entry.name}/${folder.name}`)) {
          if (!file.isFolder) artifacts.push(`${entry.name}/${folder.name}/${file.name}`);
        }
      }
    } else if (!isSkippedFolder(entry.name)) {
      for (const file of await reader.list(`${root}/${entry.name}`)) {
        if (!file.isFolder && file.name.toLowerCase() === 'workflow.json') files.push(`${entry.name}/${file.name}`);
      }
    }
  }
  return { files, artifacts };
}

/** Reads a whole project. */
export async function loadProject(
  reader: FileReader,
  root: string,
  connectors: readonly ConnectorManifest[] = [],
): Promise<Project> {
  const { files, artifacts } = await listProject(reader, root);
  const documents = new Map<string, ProjectDocument>();
  for (const path of files) {
    const text = await reader.read(`${root}/${path}`);
    if (text !== undefined) documents.set(path, new ProjectDocument(text, fileKind(path)));
  }
  return projectOf(documents, artifacts, connectors);
}
