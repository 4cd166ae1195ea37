/** The real files beside the repository: projects with all their files, and loose workflows, templates and connection files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodeFiles } from '../../../cli/files';
import { ProjectDocument } from '../../../language/project/document';
import type { FileKind } from '../../../language/project/fileKind';
import { loadProject } from '../../../language/project/load';
import { emptyProject } from '../../../language/project/project';
import type { Project } from '../../../language/project/project';
import { connectorManifests } from '../../../runtime/connectors/manifests';

const shared = process.env['LOGICAPPS_SHARED'] ?? join(import.meta.dirname, '../../../../shared');
const root = join(shared, 'corpus');

export const hasCorpus = existsSync(root);

export interface CorpusFile {
  /** Below the folder of the corpus, with slashes. */
  readonly path: string;
  readonly project: Project;
  readonly document: ProjectDocument;
}

/** Every file that a check of the corpus looks at. */
export async function corpusFiles(): Promise<CorpusFile[]> {
  return [...(await projectFiles()), ...looseFiles()];
}

async function projectFiles(): Promise<CorpusFile[]> {
  const found: CorpusFile[] = [];
  for (const name of readdirSync(join(root, 'standard-projects')).sort()) {
    const path = `standard-projects/${name}`;
    const project = await loadProject(nodeFiles, join(root, path).replaceAll('\\', '/'), connectorManifests);
    for (const [file, document] of project.documents) found.push({ path: `${path}/${file}`, project, document });
  }
  return found;
}

/** Files without a project around them. */
function looseFiles(): CorpusFile[] {
  const kinds: Readonly<Record<string, FileKind>> = {
    workflows: 'workflow',
    consumption: 'workflow',
    connections: 'connections',
  };
  return Object.entries(kinds).flatMap(([folder, kind]) =>
    readdirSync(join(root, folder))
      .sort()
      .map((name) => ({
        path: `${folder}/${name}`,
        project: emptyProject,
        document: new ProjectDocument(readFileSync(join(root, folder, name), 'utf8'), kind),
      })),
  );
}
