/** Reads the files of a project folder that the engine needs. What cannot be read is left out; the engine says what is missing. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isSkippedFolder } from '../../language/project/fileKind';
import { HostError } from './commands';

const rootFiles: ReadonlySet<string> = new Set([
  'connections.json',
  'parameters.json',
  'host.json',
  'local.settings.json',
]);

/** Path in the project (forward slashes) -> text. Rejects with a `HostError` when there is no such folder or no workflow in it. */
export async function readProjectFolder(folder: string): Promise<ReadonlyMap<string, string>> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new HostError('ProjectNotFound', `There is no folder '${folder}'.`);
  const entries = await readdir(folder, { withFileTypes: true });
  const paths = entries.flatMap((entry) => {
    if (entry.isFile()) return rootFiles.has(entry.name.toLowerCase()) ? [entry.name] : [];
    return isSkippedFolder(entry.name) || entry.name.toLowerCase() === 'artifacts'
      ? []
      : [`${entry.name}/workflow.json`];
  });
  const texts = await Promise.all(paths.map((path) => readFile(join(folder, path), 'utf8').catch(() => undefined)));
  const files = new Map<string, string>();
  for (const [index, path] of paths.entries()) {
    const text = texts[index];
    if (text !== undefined) files.set(path, text);
  }
  if (![...files.keys()].some((path) => path.endsWith('/workflow.json'))) {
    throw new HostError(
      'ProjectNotFound',
      `'${folder}' is no logic app project: none of its folders holds a workflow.json.`,
    );
  }
  return files;
}
