/** Which workflow a command is about, whoever calls it: a code lens, an editor title, a tree, the palette. */
import * as vscode from 'vscode';
import type { Trigger } from '../../language/workflow/model';
import { Cancelled, UserError } from './errors';
import type { ProjectFolder, Projects } from './projects';

export interface WorkflowTarget {
  readonly project: ProjectFolder;
  /** Folder name. */
  readonly workflow: string;
  readonly file: vscode.Uri;
  /** Undefined: the workflow's only trigger, or not a matter of triggers. */
  readonly trigger: string | undefined;
}

/** Items of our trees that stand for a workflow or a trigger carry this. */
export interface HasTarget {
  readonly target: WorkflowTarget;
}

export function workflowFile(project: ProjectFolder, workflow: string): vscode.Uri {
  return vscode.Uri.joinPath(project.uri, workflow, 'workflow.json');
}

/** The workflow whose definition is in a file; undefined for any other file. */
export function targetOfFile(projects: Projects, file: vscode.Uri, trigger?: string): WorkflowTarget | undefined {
  const project = projects.of(file);
  const parts =
    project === undefined
      ? []
      : file.path
          .slice(project.uri.path.length)
          .split('/')
          .filter((part) => part !== '');
  const [workflow = '', name = ''] = parts;
  if (project === undefined || parts.length !== 2 || name.toLowerCase() !== 'workflow.json') return undefined;
  return { project, workflow, file, trigger };
}

/** The file in the editor in front, text or designer. */
export function fileInFront(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  if (input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom) return input.uri;
  return vscode.window.activeTextEditor?.document.uri;
}

/** The target a command's arguments name, else the workflow in front, else one that the user picks. Throws `Cancelled` when none is. */
export async function targetOf(projects: Projects, first: unknown, second?: unknown): Promise<WorkflowTarget> {
  await projects.ready;
  if (hasTarget(first)) return first.target;
  const trigger = typeof second === 'string' ? second : undefined;
  const given =
    first instanceof vscode.Uri ? first : typeof first === 'string' ? vscode.Uri.parse(first, true) : undefined;
  const named = given && targetOfFile(projects, given, trigger);
  if (named !== undefined) return named;
  const front = fileInFront();
  return (front && targetOfFile(projects, front)) ?? pickTarget(projects);
}

/** The only workflow of the projects, or the one that the user picks. Throws `Cancelled` when none is. */
export async function pickTarget(
  projects: Projects,
  among: readonly ProjectFolder[] = projects.all,
): Promise<WorkflowTarget> {
  const targets: WorkflowTarget[] = [];
  for (const project of among) {
    for (const workflow of (await projects.model(project)).workflows.keys()) {
      targets.push({ project, workflow, file: workflowFile(project, workflow), trigger: undefined });
    }
  }
  const [only] = targets;
  if (only === undefined) {
    throw new UserError('There is no workflow in this workspace: a folder with a workflow.json makes one.');
  }
  if (targets.length === 1) return only;
  const items = targets.map((target) => ({
    label: target.workflow,
    iconPath: new vscode.ThemeIcon('type-hierarchy-sub'),
    ...(among.length > 1 ? { description: target.project.name } : {}),
    target,
  }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: 'Which workflow?' });
  if (chosen === undefined) throw new Cancelled();
  return chosen.target;
}

/** The trigger that is meant, as the text has it now; the user picks when there are several. */
export async function triggerOf(projects: Projects, target: WorkflowTarget): Promise<Trigger> {
  const document = (await projects.model(target.project)).workflows.get(target.workflow);
  const triggers = document?.workflow?.triggers ?? [];
  const wanted = target.trigger?.toLowerCase();
  const found = wanted === undefined ? triggers : triggers.filter((each) => each.name.toLowerCase() === wanted);
  const [only] = found;
  if (only === undefined) {
    throw new UserError(
      target.trigger === undefined
        ? `The workflow '${target.workflow}' has no trigger, so nothing can start it.`
        : `The workflow '${target.workflow}' has no trigger '${target.trigger}'.`,
    );
  }
  if (found.length === 1) return only;
  const chosen = await vscode.window.showQuickPick(
    found.map((trigger) => ({ label: trigger.name, description: trigger.type, trigger })),
    { placeHolder: 'Which trigger?' },
  );
  if (chosen === undefined) throw new Cancelled();
  return chosen.trigger;
}

/** The workflow file that a command's argument names: a URI, its text, or an item of a tree. */
export function fileOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  if (typeof argument === 'string') return vscode.Uri.parse(argument, true);
  return hasTarget(argument) ? argument.target.file : undefined;
}

function hasTarget(value: unknown): value is HasTarget {
  return typeof value === 'object' && value !== null && 'target' in value && isTarget(value.target);
}

function isTarget(value: unknown): value is WorkflowTarget {
  return typeof value === 'object' && value !== null && 'workflow' in value && 'project' in value && 'file' in value;
}
