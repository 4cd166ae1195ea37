/** `logicapps check`: the analysis of the editor, in a terminal and in CI. Folders are searched for projects and workflow files. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { analyze } from '../language/analysis/analyze';
import { ProjectDocument } from '../language/project/document';
import { fileKind, isSkippedFolder } from '../language/project/fileKind';
import { isProject, loadProject } from '../language/project/load';
import { emptyProject } from '../language/project/project';
import type { Project } from '../language/project/project';
import { connectorManifests } from '../runtime/connectors/manifests';
import { parseArguments } from './arguments';
import { nodeFiles } from './files';
import { formatGithub } from './format/github';
import { formatJson } from './format/json';
import type { CheckedFile } from './format/problem';
import { formatSarif } from './format/sarif';
import { formatText } from './format/text';
import { exitCodes, UsageError } from './io';
import type { Io } from './io';

const formats = { text: formatText, json: formatJson, sarif: formatSarif, github: formatGithub };
type Format = keyof typeof formats;

function isFormat(name: string): name is Format {
  return Object.hasOwn(formats, name);
}

/**
 * Checks the paths and prints what was found. Resolves with 1 when there is an error (with `--strict`, also a warning), 2 when a path
 * cannot be read or holds no logic app.
 */
export async function check(args: readonly string[], io: Io): Promise<number> {
  const { positional, options, flags } = parseArguments(args, { options: ['format'], flags: ['strict'] });
  const format = options.get('format') ?? 'text';
  if (!isFormat(format)) throw new UsageError(`There is no format '${format}'.`);
  if (positional.length === 0) throw new UsageError('A file or folder to check is needed.');
  const files = new Map<string, CheckedFile>();
  let unreadable = false;
  for (const given of positional) {
    const absolute = path.resolve(io.cwd, given).replaceAll(path.sep, '/');
    const found = await checkPath(absolute, io.cwd);
    if (typeof found === 'string') {
      io.err(`${given}: ${found}\n`);
      unreadable = true;
    } else {
      for (const file of found) files.set(file.file, file);
    }
  }
  io.out(formats[format]([...files.values()]));
  if (unreadable) return exitCodes.usage;
  const worst = [...files.values()].some((file) =>
    file.diagnostics.some((each) => each.severity === 'error' || (flags.has('strict') && each.severity === 'warning')),
  );
  return worst ? exitCodes.found : exitCodes.fine;
}

/** The files at a path with their diagnostics, or a message why there are none. */
async function checkPath(absolute: string, cwd: string): Promise<CheckedFile[] | string> {
  const kind = await kindOf(absolute);
  if (kind === 'missing') return 'This path does not exist or cannot be read.';
  const targets = kind === 'folder' ? await searchFolder(absolute) : [await fileTarget(absolute)];
  if (targets.length === 0) {
    return 'No logic app was found here: a project has folders with a workflow.json in them.';
  }
  return targets.flatMap(({ project, root, documents }) =>
    documents.map(([name, document]) => ({
      file: shownPath(`${root}/${name}`, cwd),
      document,
      diagnostics: analyze(project, document),
    })),
  );
}

interface Target {
  readonly project: Project;
  readonly root: string;
  /** By path below the root. */
  readonly documents: readonly (readonly [string, ProjectDocument])[];
}

async function kindOf(absolute: string): Promise<'file' | 'folder' | 'missing'> {
  try {
    return (await stat(absolute)).isDirectory() ? 'folder' : 'file';
  } catch {
    return 'missing';
  }
}

/** Projects with all their files, and workflow files that belong to none. */
async function searchFolder(folder: string): Promise<Target[]> {
  if (await isProject(nodeFiles, folder)) {
    const project = await loadProject(nodeFiles, folder, connectorManifests);
    return [{ project, root: folder, documents: [...project.documents] }];
  }
  const targets: Target[] = [];
  for (const entry of await nodeFiles.list(folder)) {
    const inside = `${folder}/${entry.name}`;
    if (entry.isFolder) {
      if (!isSkippedFolder(entry.name)) targets.push(...(await searchFolder(inside)));
    } else if (entry.name.toLowerCase().endsWith('.json')) {
      const text = await nodeFiles.read(inside);
      if (text !== undefined && holdsWorkflow(text)) {
        targets.push({
          project: emptyProject,
          root: folder,
          documents: [[entry.name, new ProjectDocument(text, 'workflow')]],
        });
      }
    }
  }
  return targets;
}

/** A file by itself, in its project when it has one. */
async function fileTarget(file: string): Promise<Target> {
  const folder = path.posix.dirname(file);
  for (const root of [path.posix.dirname(folder), folder]) {
    const inside = file.slice(root.length + 1);
    if (fileKind(inside) === 'other' || !(await isProject(nodeFiles, root))) continue;
    const project = await loadProject(nodeFiles, root, connectorManifests);
    const document = project.documents.get(inside);
    if (document !== undefined) return { project, root, documents: [[inside, document]] };
  }
  const name = path.posix.basename(file);
  const text = (await nodeFiles.read(file)) ?? '';
  const kind = fileKind(name);
  const document = new ProjectDocument(text, kind === 'other' ? 'workflow' : kind);
  return { project: emptyProject, root: folder, documents: [[name, document]] };
}

/** True for Standard workflows, bare definitions and ARM templates with a workflow; the rest of a repository's JSON is passed over. */
function holdsWorkflow(text: string): boolean {
  return /Microsoft\.Logic[^"]*workflowdefinition\.json|"Microsoft\.Logic\/workflows"/i.test(text);
}

function shownPath(absolute: string, cwd: string): string {
  const relative = path.relative(cwd, absolute);
  return (relative.startsWith('..') ? absolute : relative).replaceAll(path.sep, '/');
}
