/** The models of projects: read on first use, then file by file as they change, so that a keystroke does not read a project again. */
import * as vscode from 'vscode';
import type { FileReader } from '../../language/project/find';
import type { ProjectDocument } from '../../language/project/document';
import type { Project } from '../../language/project/project';

interface Cached {
  readonly documents: Map<string, ProjectDocument>;
  readonly files: readonly string[];
  readonly artifacts: readonly string[];
  /** Paths in the project whose text has changed. */
  readonly stale: Set<string>;
  model: Project;
}

export class ProjectModels {
  readonly #cached = new Map<string, Promise<Cached>>();

  /** The files of the project in a folder; open editors win over the disk. */
  async model(root: vscode.Uri): Promise<Project> {
    const key = root.toString();
    let cached = this.#cached.get(key);
    if (cached === undefined) {
      cached = read(root);
      this.#cached.set(key, cached);
      cached.catch(() => this.#cached.delete(key));
    }
    const project = await cached;
    if (project.stale.size > 0) await refresh(root, project);
    return project.model;
  }

  /** The text of a file has changed. */
  changed(root: vscode.Uri, file: vscode.Uri): void {
    const path = file.path.slice(root.path.length + 1);
    void this.#cached.get(root.toString())?.then(
      ({ stale }) => stale.add(path),
      () => undefined,
    );
  }

  /** Files came or went. */
  forget(): void {
    this.#cached.clear();
  }
}

async function read(root: vscode.Uri): Promise<Cached> {
  // Loaded when a view or a command first needs it: activation must not pay for the whole language.
  const { listProject } = await import('../../language/project/load');
  const { emptyProject } = await import('../../language/project/project');
  const { files, artifacts } = await listProject(reader(root), root.path);
  const cached: Cached = { documents: new Map(), files, artifacts, stale: new Set(files), model: emptyProject };
  await refresh(root, cached);
  return cached;
}

async function refresh(root: vscode.Uri, cached: Cached): Promise<void> {
  const [{ ProjectDocument: Document }, { fileKind }, { projectOf }] = await Promise.all([
    import('../../language/project/document'),
    import('../../language/project/fileKind'),
    import('../../language/project/project'),
  ]);
  const paths = cached.files.filter((path) => cached.stale.has(path));
  cached.stale.clear();
  const texts = await Promise.all(paths.map((path) => readText(vscode.Uri.joinPath(root, path))));
  for (const [index, path] of paths.entries()) {
    const text = texts[index];
    if (text === undefined) cached.documents.delete(path);
    else if (cached.documents.get(path)?.text !== text) cached.documents.set(path, new Document(text, fileKind(path)));
  }
  // In the order of the listing, whatever was read first.
  const documents = new Map(
    cached.files.flatMap((path) => {
      const document = cached.documents.get(path);
      return document === undefined ? [] : [[path, document] as const];
    }),
  );
  cached.model = projectOf(documents, cached.artifacts);
}

/** Files of the same file system as `base`, which may be remote or virtual. */
export function reader(base: vscode.Uri): FileReader {
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
