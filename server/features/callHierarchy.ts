/** Call hierarchy: which workflows of the project call which, by Workflow actions. */
import { SymbolKind } from 'vscode-languageserver';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  Range,
} from 'vscode-languageserver';
import type { StringNode } from '../../language/json/tree';
import { touches } from '../../language/text/range';
import { calledWorkflow } from '../../language/workflow/calls';
import { nameRange } from '../../language/workflow/model';
import type { DocumentView, Workspace } from '../workspace';

/** What stands at a place: the workflow that the action there calls, else the workflow itself. */
export function prepareCallHierarchy(workspace: Workspace, view: DocumentView, offset: number): CallHierarchyItem[] {
  const call = callsIn(view).find(({ node }) => touches(node, offset));
  const name = call?.name ?? ownName(view);
  const item = name === undefined ? undefined : itemOf(workspace, view, name);
  return item === undefined ? [] : [item];
}

/** Who calls the workflow of the view. */
export function incomingCalls(workspace: Workspace, view: DocumentView): CallHierarchyIncomingCall[] {
  const own = ownName(view)?.toLowerCase();
  return [...view.project.workflows.keys()].flatMap((name): CallHierarchyIncomingCall[] => {
    const caller = viewOf(workspace, view, name);
    const from = itemOf(workspace, view, name);
    if (caller === undefined || from === undefined) return [];
    const fromRanges = callsIn(caller)
      .filter((call) => call.name.toLowerCase() === own)
      .map((call) => call.range);
    return fromRanges.length === 0 ? [] : [{ from, fromRanges }];
  });
}

/** Whom the workflow of the view calls. */
export function outgoingCalls(workspace: Workspace, view: DocumentView): CallHierarchyOutgoingCall[] {
  const ranges = new Map<string, Range[]>();
  for (const { name, range } of callsIn(view)) ranges.set(name, [...(ranges.get(name) ?? []), range]);
  return [...ranges].flatMap(([name, fromRanges]): CallHierarchyOutgoingCall[] => {
    const to = itemOf(workspace, view, name);
    return to === undefined ? [] : [{ to, fromRanges }];
  });
}

interface WorkflowCall {
  /** The called workflow of the project, in its own spelling. */
  readonly name: string;
  /** The text that names it. */
  readonly node: StringNode;
  /** The name of the action that calls. */
  readonly range: Range;
}

function callsIn({ document, project }: DocumentView): WorkflowCall[] {
  return (document.workflow?.actions ?? []).flatMap((action): WorkflowCall[] => {
    const node = calledWorkflow(action);
    const name = [...project.workflows.keys()].find((each) => each.toLowerCase() === node?.value.toLowerCase());
    if (node === undefined || name === undefined) return [];
    return [{ name, node, range: document.lines.rangeOf(nameRange(action)) }];
  });
}

/** The workflow's name is that of its folder; undefined for files outside of a project and for its other files. */
function ownName({ path, project }: DocumentView): string | undefined {
  const name = path.split('/')[0] ?? '';
  return project.workflows.has(name) && path.endsWith('/workflow.json') ? name : undefined;
}

function viewOf(workspace: Workspace, view: DocumentView, name: string): DocumentView | undefined {
  return workspace.view(workspace.uriOf(view, `${name}/workflow.json`));
}

function itemOf(workspace: Workspace, view: DocumentView, name: string): CallHierarchyItem | undefined {
  const found = viewOf(workspace, view, name);
  const { workflow, lines } = found?.document ?? {};
  if (found === undefined || lines === undefined) return undefined;
  const [trigger] = workflow?.triggers ?? [];
  const range = lines.rangeOf(workflow?.definition ?? { start: 0, end: 0 });
  return {
    name,
    kind: SymbolKind.Module,
    uri: found.uri,
    ...(trigger === undefined ? {} : { detail: trigger.type }),
    range,
    selectionRange:
      trigger === undefined ? { start: range.start, end: range.start } : lines.rangeOf(nameRange(trigger)),
  };
}
