/** The logic app projects of the workspace: found once, watched, and read into the project model on demand. */
import * as vscode from 'vscode';
import { isProject } from '../../language/project/find';
import type { Project } from '../../language/project/project';
import type { Errors } from './errors';
import { contextKeys } from './identity';
import { ProjectModels, reader } from './projectModels';

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
  readonly #models = new ProjectModels();
  readonly #errors: Errors;
  #all: readonly ProjectFolder[] = [];
  #timer: NodeJS.Timeout | undefined;
  #searching: Promise<void> | undefined;

  constructor(errors: Errors) {
    this.#errors = errors;
    this.onDidChange = this.#changed.event;
    this.ready = errors.guard('Searching projects', () => this.#search()).then(() => undefined);
    const watch = (pattern: string, search: boolean): void => {
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const listed = (): void => {
        this.#models.forget();
        this.#soon(search);
      };
      this.#disposables.push(watcher, watcher.onDidCreate(listed), watcher.onDidDelete(listed));
      this.#disposables.push(watcher.onDidChange((uri) => this.#edited(uri)));
    };
    watch('**/{workflow,host}.json', true);
    watch('**/{connections,parameters,local.settings}.json', false);
    this.#disposables.push(
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#soon(true)),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.#edited(document.uri);
      }),
      // What was not saved is gone with its editor.
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#edited(uri)),
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
  model(project: ProjectFolder): Promise<Project> {
    return this.#models.model(project.uri);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of this.#disposables) each.dispose();
  }

  #edited(uri: vscode.Uri): void {
    const project = uri.path.endsWith('.json') ? this.of(uri) : undefined;
    if (project === undefined) return;
    this.#models.changed(project.uri, uri);
    this.#soon(false);
  }

  #soon(search: boolean): void {
    clearTimeout(this.#timer);
    if (search) this.#searching = undefined;
    this.#timer = setTimeout(() => {
      if (this.#searching === undefined) this.#errors.background('Searching projects', () => this.#search());
      else this.#changed.fire();
    }, SETTLE);
  }

  #search(): Promise<void> {
    return (this.#searching ??= this.#find().then(
      async (found) => {
        this.#all = found;
        await vscode.commands.executeCommand('setContext', contextKeys.hasProject, found.length > 0);
        this.#changed.fire();
      },
      (error: unknown) => {
        this.#searching = undefined;
        throw error;
      },
    ));
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
