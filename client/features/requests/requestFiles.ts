/**
 * The requests of triggers as files that an editor can open and save: kept in the workspace's own state, never in the user's folder.
 * A file that was never saved shows a sample.
 */
import * as vscode from 'vscode';
import type { Projects } from '../../infrastructure/projects';
import { triggerOf, workflowFile } from '../../infrastructure/targets';
import type { WorkflowTarget } from '../../infrastructure/targets';
import { sampleText } from './requestText';

export const REQUEST_SCHEME = 'logicapps-request';
const EXTENSION = '.request.json';

export class RequestFiles implements vscode.FileSystemProvider {
  readonly onDidChangeFile: vscode.Event<vscode.FileChangeEvent[]>;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #state: vscode.Memento;
  readonly #projects: Projects;
  /** Times of changes of this session; VS Code compares them. */
  readonly #times = new Map<string, number>();

  constructor(state: vscode.Memento, projects: Projects) {
    this.#state = state;
    this.#projects = projects;
    this.onDidChangeFile = this.#changed.event;
  }

  /** The file of a trigger's request. */
  uriOf({ project, workflow }: WorkflowTarget, trigger: string): vscode.Uri {
    const path = [project.name, workflow, trigger + EXTENSION].map(escaped).join('/');
    return vscode.Uri.from({ scheme: REQUEST_SCHEME, path: `/${path}`, query: project.uri.toString() });
  }

  /** The trigger that a file is the request of. */
  targetOf(uri: vscode.Uri): (WorkflowTarget & { readonly trigger: string }) | undefined {
    const [, workflow = '', file = ''] = uri.path.slice(1).split('/').map(decodeURIComponent);
    const project = this.#projects.all.find((each) => each.uri.toString() === uri.query);
    if (project === undefined || workflow === '' || !file.endsWith(EXTENSION)) return undefined;
    return { project, workflow, file: workflowFile(project, workflow), trigger: file.slice(0, -EXTENSION.length) };
  }

  /** The text that the user has saved. */
  saved(uri: vscode.Uri): string | undefined {
    return this.#state.get<string>(keyOf(uri));
  }

  async forget(uri: vscode.Uri): Promise<void> {
    await this.#state.update(keyOf(uri), undefined);
    this.#told(uri);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return new TextEncoder().encode(await this.#text(uri));
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    await this.#state.update(keyOf(uri), new TextDecoder().decode(content));
    this.#told(uri);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const time = this.#times.get(uri.toString()) ?? 0;
    const { byteLength } = await this.readFile(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: time, size: byteLength };
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  async delete(uri: vscode.Uri): Promise<void> {
    await this.forget(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  async #text(uri: vscode.Uri): Promise<string> {
    const saved = this.saved(uri);
    if (saved !== undefined) return saved;
    await this.#projects.ready;
    const target = this.targetOf(uri);
    if (target === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return sampleText(await triggerOf(this.#projects, target));
  }

  #told(uri: vscode.Uri): void {
    this.#times.set(uri.toString(), Date.now());
    this.#changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  }
}

/** Names may hold slashes, which a path gives another meaning. */
function escaped(name: string): string {
  return name.replaceAll('%', '%25').replaceAll('/', '%2F');
}

function keyOf(uri: vscode.Uri): string {
  return `request:${uri.query}${uri.path}`;
}
