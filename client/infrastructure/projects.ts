/** The logic app projects of the workspace: found once, watched, and read into the project model on demand. */
import * as vscode from 'vscode';
import { isProject } from '../../language/project/find';
import type { FileReader } from '../../language/project/find';
import type { Project } from '../../language/project/project';
import type { Errors } from './errors';
import { contextKeys } from './identity';

export interface ProjectFolder {
  readonly uri: vscode.Uri;
  /** Name of the folder, for people. */
  readonly name: string;
}

const MAX_WORKFLOWS = 5000;
const SKIPPED = '**/{node_modules,workflow-designtime,bin,obj,dist,out,target,.*}/**';
/** Files come in bursts: a save, a checkout. */
const SETTLE = 120;

export class Projects implements vscode.Disposable {
  /** When a project came, went, or one of its files changed on disk or in an editor. */
  readonly onDidChange: vscode.Event<void>;
  readonly ready: Promise<void>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #disposables: vscode.Disposable[] = [this.#changed];
  readonly #models = new Map<string, Promise<Project>>();
  readonly #errors: Errors;
  #all: readonly ProjectFolder[] = [];
  #timer: NodeJS.Timeout | undefined;
  #searching: Promise<void> | undefined;

  constructor(errors: Errors) {
    this.#errors = errors;
    this.onDidChange = this.#changed.event;
    this.ready = this.#search();
    const watch = (pattern: string, found: () => void): void => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      this.#disposables.push(watcher, watcher.onDidCreate(found), watcher.onDidDelete(found));
      this.#disposables.push(watcher.onDidChange(() => this.#touch()));
    };
    watch('**/{workflow,host}.json', () => this.#searchSoon());
    watch('**/{connections,parameters,local.settings}.json', () => this.#touch());
    this.#disposables.push(
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#searchSoon()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && this.#isProjectFile(document.uri)) this.#touch();
      }),
    );
  }

  get all(): readonly ProjectFolder[] {
    return this.#all;
  }

  /** The project a file belongs to. */
  of(uri: vscode.Uri): ProjectFolder | undefined {
    return this.#all.find((each) => uri.scheme === each.uri.scheme && isInside(uri.path, each.uri.path));
  }

  /** The project in a folder given by its path on this machine. */
  at(folder: string): ProjectFolder | undefined {
    const wanted = vscode.Uri.file(folder).fsPath;
    return this.#all.find((each) => each.uri.fsPath === wanted || `${each.uri.fsPath}/` === wanted);
  }

  /** The files of a project as one model; open editors win over the disk. */
  async model(project: ProjectFolder): Promise<Project> {
    const key = project.uri.toString();
    let model = this.#models.get(key);
    if (model === undefined) {
      // Loaded when a view or a command first needs it: activation must not pay for the whole language.
      model = import('../../language/project/load').then(({ loadProject }) =>
        loadProject(reader(project.uri), project.uri.path),
      );
      this.#models.set(key, model);
      model.catch(() => this.#models.delete(key));
    }
    return model;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of this.#disposables) each.dispose();
  }

  #isProjectFile(uri: vscode.Uri): boolean {
    return uri.path.endsWith('.json') && this.of(uri) !== undefined;
  }

  #touch(search = false): void {
    clearTimeout(this.#timer);
    if (search) this.#searching = undefined;
    this.#timer = setTimeout(() => {
      this.#models.clear();
      if (this.#searching === undefined) this.#errors.background('Searching projects', () => this.#search());
      else this.#changed.fire();
    }, SETTLE);
  }

  #searchSoon(): void {
    this.#touch(true);
  }

  #search(): Promise<void> {
    return (this.#searching ??= this.#find().then(async (found) => {
      this.#all = found;
      await vscode.commands.executeCommand('setContext', contextKeys.hasProject, found.length > 0);
      this.#changed.fire();
    }));
  }

  async #find(): Promise<ProjectFolder[]> {
    const workflows = await vscode.workspace.findFiles('**/workflow.json', SKIPPED, MAX_WORKFLOWS);
    const candidates = new Map<string, vscode.Uri>();
    for (const file of workflows) {
      const folder = vscode.Uri.joinPath(file, '..', '..');
      candidates.set(folder.toString(), folder);
    }
    const found: ProjectFolder[] = [];
    for (const uri of candidates.values()) {
      // A workflow that lies directly in a workspace folder would make the folder above the project.
      if (vscode.workspace.getWorkspaceFolder(uri) === undefined) continue;
      if (await isProject(reader(uri), uri.path))
        found.push({ uri, name: uri.path.slice(uri.path.lastIndexOf('/') + 1) });
    }
    return found.sort((one, other) => one.uri.path.localeCompare(other.uri.path));
  }
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** Files of the same file system as `base`, which may be remote or virtual. */
function reader(base: vscode.Uri): FileReader {
  const at = (path: string): vscode.Uri => base.with({ path });
  return {
    async list(folder) {
      try {
        const entries = await vscode.workspace.fs.readDirectory(at(folder));
        return entries.map(([name, type]) => ({ name, isFolder: (type & vscode.FileType.Directory) !== 0 }));
      } catch {
        // By contract: what cannot be listed is empty.
        return [];
      }
    },
    read: (file) => readText(at(file)),
  };
}

/** The text of a file: of its editor when it is open, else from disk. Undefined when there is none. */
export async function readText(uri: vscode.Uri): Promise<string | undefined> {
  const key = uri.toString();
  const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === key);
  if (open !== undefined) return open.getText();
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}
