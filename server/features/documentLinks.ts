/** Links from an operation to the file it names: a workflow of the project, a map, a schema, a script beside the workflow. */
import type { DocumentLink } from 'vscode-languageserver';
import { member } from '../../language/json/tree';
import type { JsonNode } from '../../language/json/tree';
import { calledWorkflow } from '../../language/workflow/calls';
import type { Operation } from '../../language/workflow/model';
import { uriOfPath } from '../files';
import type { DocumentView, Workspace } from '../workspace';

interface FileName {
  readonly node: JsonNode;
  /** Path in the project. */
  readonly path: string;
}

export function documentLinks(workspace: Workspace, view: DocumentView): DocumentLink[] {
  return fileNames(view).flatMap(({ node, path }) => ({
    range: view.document.lines.rangeOf({ start: node.start + 1, end: Math.max(node.start + 1, node.end - 1) }),
    target: targetOf(workspace, view, path),
  }));
}

/** The file that the text of a node names. */
export function linkedFile(workspace: Workspace, view: DocumentView, node: JsonNode): string | undefined {
  const found = fileNames(view).find((each) => each.node === node);
  return found === undefined ? undefined : targetOf(workspace, view, found.path);
}

function targetOf(workspace: Workspace, view: DocumentView, path: string): string {
  return view.project.documents.has(path) ? workspace.uriOf(view, path) : uriOfPath(`${view.root ?? ''}/${path}`);
}

function fileNames(view: DocumentView): FileName[] {
  const { workflow } = view.document;
  if (workflow === undefined || view.root === undefined) return [];
  return workflow.actions.flatMap((action) => namesIn(view, action));
}

function namesIn(view: DocumentView, action: Operation): FileName[] {
  const found: FileName[] = [];
  const { workflows, artifacts } = view.project;
  const called = calledWorkflow(action);
  if (called !== undefined) {
    const name = [...workflows.keys()].find((each) => each.toLowerCase() === called.value.toLowerCase());
    if (name !== undefined) found.push({ node: called, path: `${name}/workflow.json` });
  }
  for (const [kind, files, folder] of [
    ['map', artifacts.maps, 'Maps'],
    ['schema', artifacts.schemas, 'Schemas'],
  ] as const) {
    const node = member(member(action.inputs, kind), 'name');
    if (node?.kind !== 'string') continue;
    const wanted = node.value.toLowerCase();
    const file = files.find((each) => {
      const name = each.toLowerCase();
      return name === wanted || name.replace(/\.[^.]*$/, '') === wanted;
    });
    if (file !== undefined) found.push({ node, path: `Artifacts/${folder}/${file}` });
  }
  const script = member(action.inputs, 'CodeFile');
  if (script?.kind === 'string' && /^[\w.-]+$/.test(script.value)) {
    found.push({ node: script, path: `${view.path.split('/')[0] ?? ''}/${script.value}` });
  }
  return found;
}
