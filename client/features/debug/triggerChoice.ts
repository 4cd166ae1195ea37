/** Which trigger a launch configuration means, and what it is sent: what the configuration leaves open is asked for, and nothing else. */
import type * as vscode from 'vscode';
import type { LaunchTrigger } from '../../debug/launchArguments';
import type { ProjectFolder, Projects } from '../../infrastructure/projects';
import { fileInFront, pickTarget, targetOfFile, triggerOf, workflowFile } from '../../infrastructure/targets';
import type { WorkflowTarget } from '../../infrastructure/targets';
import { isTimer } from '../../infrastructure/triggerKinds';

export interface SavedRequests {
  /** The request that the user has saved for a trigger. */
  saved(target: WorkflowTarget, trigger: string): LaunchTrigger | undefined;
  /** Opens the request of a trigger in an editor. */
  edit(target: WorkflowTarget, trigger: string): Promise<void>;
}

/** Throws a `UserError` when the workflow has no such trigger, `Cancelled` when the user picks none. */
export async function completedLaunch(
  projects: Projects,
  project: ProjectFolder,
  config: vscode.DebugConfiguration,
  requests: SavedRequests,
): Promise<vscode.DebugConfiguration> {
  const given: unknown = config['trigger'];
  const hasScenario = config['scenario'] !== undefined;
  // Without a trigger nothing is started; a scenario says itself what starts it.
  if (config.request !== 'launch' || given === undefined || hasScenario) return config;
  const members =
    typeof given === 'object' && given !== null ? new Map<string, unknown>(Object.entries(given)) : undefined;
  const named = members === undefined ? given : members.get('name');
  const target = await targetIn(projects, project, config['workflow'], typeof named === 'string' ? named : undefined);
  const withWorkflow = { ...config, workflow: target.workflow };
  const isSaved = members?.get('saved') === true;
  if (!isSaved && named !== undefined) return withWorkflow;
  const trigger = await triggerOf(projects, target);
  if (!isSaved || isTimer(trigger)) {
    const rest: object = isSaved ? {} : Object.fromEntries(members ?? []);
    return { ...withWorkflow, trigger: { ...rest, name: trigger.name } };
  }
  const saved = requests.saved(target, trigger.name);
  if (saved !== undefined) return { ...withWorkflow, trigger: { ...saved, name: trigger.name } };
  // The session waits until the user has written one and sends it.
  await requests.edit(target, trigger.name);
  return { ...withWorkflow, trigger: undefined };
}

/** The workflow that is named, the one in front, the only one of the project, or the one that the user picks. */
async function targetIn(
  projects: Projects,
  project: ProjectFolder,
  workflow: unknown,
  trigger: string | undefined,
): Promise<WorkflowTarget> {
  if (typeof workflow === 'string') return { project, workflow, file: workflowFile(project, workflow), trigger };
  const front = fileInFront();
  const inFront = front && targetOfFile(projects, front);
  const target = inFront?.project === project ? inFront : await pickTarget(projects, [project]);
  return { ...target, trigger };
}
