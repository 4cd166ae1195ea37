/** Finds projects through a port, so that the extension, the server, the terminal and tests share one rule of what a project is. */
import { isSkippedFolder, looksLikeWorkflow } from './fileKind';

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/** Read access to files; paths are absolute, with forward slashes. A path that cannot be read yields undefined or an empty list. */
export interface FileReader {
  list(folder: string): Promise<readonly FolderEntry[]>;
  read(file: string): Promise<string | undefined>;
}

/** A search this deep finds projects in any sane repository and ends in a folder that links to itself. */
const MAX_SEARCH_DEPTH = 8;

/**
 * Is this folder a project? It is when a sub-folder holds a workflow.json with the platform's schema, or when a host.json lies
 * beside a sub-folder with any workflow.json (one that is being written may still be empty).
 */
export async function isProject(reader: FileReader, folder: string): Promise<boolean> {
  const entries = await reader.list(folder);
  const hasHost = entries.some((each) => !each.isFolder && each.name.toLowerCase() === 'host.json');
  for (const entry of entries) {
    if (!entry.isFolder || isSkippedFolder(entry.name)) continue;
    const text = await reader.read(`${folder}/${entry.name}/workflow.json`);
    if (text !== undefined && (hasHost || looksLikeWorkflow(text))) return true;
  }
  return false;
}

/** Every project folder at or below `root`, in the order of the listing. A project's own sub-folders are not searched. */
export async function findProjects(reader: FileReader, root: string, depth = 0): Promise<string[]> {
  if (await isProject(reader, root)) return [root];
  if (depth >= MAX_SEARCH_DEPTH) return [];
  const entries = await reader.list(root);
  const folders = entries.filter((each) => each.isFolder && !isSkippedFolder(each.name));
  const found = await Promise.all(folders.map((each) => findProjects(reader, `${root}/${each.name}`, depth + 1)));
  return found.flat();
}
