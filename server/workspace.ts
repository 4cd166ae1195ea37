/**
 * The projects of the workspace and the documents in them: what is open in the editor wins over what is on disk. A document is read
 * once per version; a change replaces one document and leaves the rest of its project as it was.
 */
import { ProjectDocument } from '../language/project/document';
import { fileKind, looksLikeWorkflow } from '../language/project/fileKind';
import type { FileKind } from '../language/project/fileKind';
import { findProjects, isProject, listProject } from '../language/project/load';
import type { FileReader } from '../language/project/load';
import { emptyProject, projectOf } from '../language/project/project';
import type { Project } from '../language/project/project';
import { connectorManifests } from '../runtime/connectors/manifests';
import { pathOfUri, uriOfPath } from './files';

/** A document with the project around it, as every feature wants it. */
export interface DocumentView {
  readonly uri: string;
  readonly version: number | null;
  readonly document: ProjectDocument;
  readonly project: Project;
  /** Path in the project, or '' for a loose file. */
  readonly path: string;
  /** Folder of the project, or undefined for a loose file. */
  readonly root: string | undefined;
}

interface OpenDocument {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly document: ProjectDocument;
}

interface ProjectState {
  readonly root: string;
  /** As on disk, by path in the project. */
  readonly disk: Map<string, ProjectDocument>;
  artifacts: readonly string[];
  /** The model over disk and editor; made on demand. */
  model: Project | undefined;
}

export class Workspace {
  readonly #reader: FileReader;
  readonly #open = new Map<string, OpenDocument>();
  readonly #projects = new Map<string, ProjectState>();

  constructor(reader: FileReader) {
    this.#reader = reader;
  }

  /** Finds the projects below a workspace folder. */
  async addFolder(uri: string): Promise<void> {
    const path = pathOfUri(uri);
    if (path === undefined) return;
    for (const root of await findProjects(this.#reader, path.replace(/\/$/, ''))) await this.#loadProject(root);
  }

  /** Forgets the projects below a workspace folder that is gone. */
  removeFolder(uri: string): void {
    const path = pathOfUri(uri)?.replace(/\/$/, '');
    for (const root of [...this.#projects.keys()]) {
      if (path !== undefined && (root === path || root.startsWith(`${path}/`))) this.#projects.delete(root);
    }
  }

  /** A document was opened or changed in the editor. */
  setOpen(uri: string, version: number, text: string): void {
    const known = this.#open.get(uri);
    const document = known?.text === text ? known.document : this.#version(known?.document, uri, text);
    this.#open.set(uri, { uri, version, text, document });
    this.#invalidate(uri);
  }

  #version(before: ProjectDocument | undefined, uri: string, text: string): ProjectDocument {
    const kind = this.#kindOf(uri, text);
    return before === undefined ? new ProjectDocument(text, kind) : before.edited(text, kind);
  }

  close(uri: string): void {
    this.#open.delete(uri);
    this.#invalidate(uri);
  }

  /** Loads the project that a file belongs to, when it is one and is not loaded yet. */
  async discover(uri: string): Promise<void> {
    const path = pathOfUri(uri);
    if (path === undefined || this.#stateOf(path) !== undefined) return;
    for (const root of [parentOf(parentOf(path)), parentOf(path)]) {
      if (root !== '' && (await isProject(this.#reader, root))) {
        await this.#loadProject(root);
        return;
      }
    }
  }

  /** Files changed on disk: the projects they belong to are read again. Returns whether any project changed. */
  async refresh(uris: readonly string[]): Promise<boolean> {
    const roots = new Set<string>();
    for (const uri of uris) {
      const path = pathOfUri(uri);
      if (path === undefined) continue;
      const state = this.#stateOf(path);
      if (state !== undefined) roots.add(state.root);
      else await this.discover(uri);
    }
    for (const root of roots) {
      if (await isProject(this.#reader, root)) await this.#loadProject(root);
      else this.#projects.delete(root);
    }
    return roots.size > 0;
  }

  view(uri: string): DocumentView | undefined {
    const open = this.#open.get(uri);
    const path = pathOfUri(uri);
    const state = path === undefined ? undefined : this.#stateOf(path);
    if (state === undefined || path === undefined) {
      return open === undefined ? undefined : { ...open, project: emptyProject, path: '', root: undefined };
    }
    const inside = path.slice(state.root.length + 1);
    const document = open?.document ?? state.disk.get(inside);
    if (document === undefined) return undefined;
    return {
      uri,
      version: open?.version ?? null,
      document,
      project: this.#model(state),
      path: inside,
      root: state.root,
    };
  }

  /** Every document that deserves diagnostics: what is open, and all files of all projects. */
  uris(): string[] {
    const found = new Set(this.#open.keys());
    for (const state of this.#projects.values()) {
      for (const path of state.disk.keys()) found.add(this.#uriIn(state, path));
    }
    return [...found];
  }

  /**
   * The documents that a change of this one may affect, itself first. What a workflow says matters to the files that it refers to;
   * what those say matters to everything.
   */
  related(uri: string): string[] {
    const path = pathOfUri(uri);
    const state = path === undefined ? undefined : this.#stateOf(path);
    if (state === undefined || path === undefined) return [uri];
    const isWorkflow = fileKind(path.slice(state.root.length + 1)) === 'workflow';
    const affected = [...state.disk.keys()].filter((each) => !isWorkflow || fileKind(each) !== 'workflow');
    return [uri, ...affected.map((each) => this.#uriIn(state, each)).filter((each) => each !== uri)];
  }

  /** The URI under which the editor knows a file of the project that a view belongs to. */
  uriOf(view: DocumentView, path: string): string {
    const state = view.root === undefined ? undefined : this.#projects.get(view.root);
    return state === undefined ? view.uri : this.#uriIn(state, path);
  }

  isOpen(uri: string): boolean {
    return this.#open.has(uri);
  }

  /** An editor may spell a URI in its own way (`c%3A`): an open document's spelling is kept. */
  #uriIn(state: ProjectState, path: string): string {
    const full = `${state.root}/${path}`;
    for (const uri of this.#open.keys()) if (pathOfUri(uri) === full) return uri;
    return uriOfPath(full);
  }

  async #loadProject(root: string): Promise<void> {
    const { files, artifacts } = await listProject(this.#reader, root);
    const known = this.#projects.get(root);
    const disk = new Map<string, ProjectDocument>();
    for (const path of files) {
      const text = await this.#reader.read(`${root}/${path}`);
      if (text === undefined) continue;
      const before = known?.disk.get(path);
      disk.set(path, before?.text === text ? before : new ProjectDocument(text, fileKind(path)));
    }
    this.#projects.set(root, { root, disk, artifacts, model: undefined });
    // A document that was opened before its project was known may be of another kind than it seemed.
    for (const open of this.#open.values()) {
      const kind = this.#kindOf(open.uri, open.text);
      if (kind !== open.document.kind) {
        this.#open.set(open.uri, { ...open, document: new ProjectDocument(open.text, kind) });
      }
    }
  }

  #model(state: ProjectState): Project {
    if (state.model === undefined) {
      const documents = new Map(state.disk);
      for (const open of this.#open.values()) {
        const path = pathOfUri(open.uri);
        if (path?.startsWith(`${state.root}/`) === true) {
          const inside = path.slice(state.root.length + 1);
          if (fileKind(inside) !== 'other') documents.set(inside, open.document);
        }
      }
      state.model = projectOf(documents, state.artifacts, connectorManifests);
    }
    return state.model;
  }

  #stateOf(path: string): ProjectState | undefined {
    let best: ProjectState | undefined;
    for (const state of this.#projects.values()) {
      if (path.startsWith(`${state.root}/`) && state.root.length > (best?.root.length ?? -1)) best = state;
    }
    return best;
  }

  #invalidate(uri: string): void {
    const path = pathOfUri(uri);
    const state = path === undefined ? undefined : this.#stateOf(path);
    if (state !== undefined) state.model = undefined;
  }

  #kindOf(uri: string, text: string): FileKind {
    const path = pathOfUri(uri);
    const state = path === undefined ? undefined : this.#stateOf(path);
    if (state !== undefined && path !== undefined) {
      const kind = fileKind(path.slice(state.root.length + 1));
      if (kind !== 'other') return kind;
    }
    const name = (path ?? uri).slice((path ?? uri).lastIndexOf('/') + 1).toLowerCase();
    return name === 'workflow.json' || looksLikeWorkflow(text) ? 'workflow' : 'other';
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
