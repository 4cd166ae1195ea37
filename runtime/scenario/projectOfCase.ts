/** The project of a case: a folder beside its file, or inline files. */
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { stringify } from '../../language/json/stringify';
import { projectFromFiles } from '../engine/project';
import type { RuntimeProject } from '../engine/project';
import type { ProjectFiles } from '../ports';
import type { ScenarioCase } from './case';
import { ScenarioError } from './fields';

export interface CaseProject {
  readonly project: RuntimeProject;
  readonly files: ProjectFiles;
}

/** `folder`: where the case's file lies. Rejects with a `ScenarioError` when there is no such project. */
export async function projectOfCase(scenario: ScenarioCase, folder: string): Promise<CaseProject> {
  const { files, settings } = scenario;
  if (files === undefined) {
    if (scenario.project === undefined) throw new ScenarioError('"project" or "files" is missing.');
    const root = resolve(folder, scenario.project);
    const texts = await projectTexts(root);
    if (texts.size === 0)
      throw new ScenarioError(`The folder '${scenario.project}' is no project: it holds no workflow.json.`);
    return { project: projectFromFiles(texts, { appSettings: settings }), files: new FolderReader(root) };
  }
  const texts = new Map<string, string>();
  for (const [path, value] of files) texts.set(path, typeof value === 'string' ? value : stringify(value));
  return { project: projectFromFiles(texts, { appSettings: settings }), files: new InlineReader(texts) };
}

/** The files of a project folder that the engine reads, by path. */
export async function projectTexts(root: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const add = async (path: string): Promise<void> => {
    try {
      texts.set(path, await readFile(join(root, path), 'utf8'));
    } catch {
      // A file that is not there is no part of the project.
    }
  };
  let entries: string[] = [];
  try {
    const found = await readdir(root, { withFileTypes: true });
    entries = found.filter((each) => each.isDirectory()).map((each) => each.name);
  } catch {
    return texts;
  }
  for (const name of ['parameters.json', 'connections.json', 'host.json', 'local.settings.json']) await add(name);
  for (const entry of entries) await add(`${entry}/workflow.json`);
  return texts;
}

class FolderReader implements ProjectFiles {
  constructor(private readonly root: string) {}

  async read(path: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(join(this.root, path));
    } catch {
      return undefined;
    }
  }

  async list(folder: string): Promise<readonly string[]> {
    try {
      return await readdir(join(this.root, folder));
    } catch {
      return [];
    }
  }
}

class InlineReader implements ProjectFiles {
  constructor(private readonly texts: ReadonlyMap<string, string>) {}

  async read(path: string): Promise<Uint8Array | undefined> {
    const text = this.texts.get(path);
    return text === undefined ? undefined : Buffer.from(text);
  }

  async list(folder: string): Promise<readonly string[]> {
    const prefix = `${folder.replace(/\/+$/, '')}/`;
    return [...this.texts.keys()].filter((path) => path.startsWith(prefix)).map((path) => path.slice(prefix.length));
  }
}
