/** Which file of a logic app a path names. Paths are relative to the project folder, with forward slashes. */

export type FileKind =
  'workflow' | 'connections' | 'parameters' | 'settings' | 'host' | 'map' | 'schema' | 'rules' | 'test' | 'other';

const rootFiles: Readonly<Record<string, FileKind>> = {
  'connections.json': 'connections',
  'parameters.json': 'parameters',
  'local.settings.json': 'settings',
  'host.json': 'host',
};

/** Folders that are generated or hold no source of a logic app; a search does not enter them. */
export const skippedFolders: ReadonlySet<string> = new Set([
  'node_modules',
  'workflow-designtime',
  'bin',
  'obj',
  'dist',
  'out',
  'target',
]);

/** True for a folder name that a search for projects passes over. */
export function isSkippedFolder(name: string): boolean {
  return name.startsWith('.') || skippedFolders.has(name.toLowerCase());
}

/** Sorts a file of a project by its place. */
export function fileKind(path: string): FileKind {
  const parts = path.split('/');
  const [first = '', second = ''] = parts;
  if (parts.length === 1) return rootFiles[first.toLowerCase()] ?? (isTestFile(first) ? 'test' : 'other');
  if (parts.length === 2 && second.toLowerCase() === 'workflow.json') return 'workflow';
  if (parts.length === 3 && first.toLowerCase() === 'artifacts') {
    switch (second.toLowerCase()) {
      case 'maps':
        return 'map';
      case 'schemas':
        return 'schema';
      case 'rules':
        return 'rules';
      default:
        return 'other';
    }
  }
  return isTestFile(parts.at(-1) ?? '') ? 'test' : 'other';
}

function isTestFile(name: string): boolean {
  return name.toLowerCase().endsWith('.test.json');
}

/** True when a text looks like the workflow file that makes the folder above it a project. */
export function looksLikeWorkflow(text: string): boolean {
  return /Microsoft\.Logic[^"]*workflowdefinition\.json/i.test(text);
}
