/** Launch configurations: made from the workflow in front when there is no launch.json, completed when there is one. */
import * as vscode from 'vscode';
import type { LaunchTrigger } from '../../debug/launchArguments';
import { Cancelled } from '../../infrastructure/errors';
import { DEBUG_TYPE } from '../../infrastructure/identity';
import type { ProjectFolder, Projects } from '../../infrastructure/projects';
import type { Services } from '../../infrastructure/services';
import { fileInFront, targetOf, targetOfFile } from '../../infrastructure/targets';
import type { WorkflowTarget } from '../../infrastructure/targets';
import { completedLaunch } from './triggerChoice';
import type { SavedRequests } from './triggerChoice';

export interface ConfigurationNeeds extends SavedRequests {
  /** What F5 sends to a workflow by itself, when anything. */
  savedTrigger(target: WorkflowTarget): Promise<LaunchTrigger | undefined>;
  /** A session will follow. */
  prepare(): void;
}

export class ConfigurationProvider implements vscode.DebugConfigurationProvider {
  readonly #services: Services;
  readonly #needs: ConfigurationNeeds;

  constructor(services: Services, needs: ConfigurationNeeds) {
    this.#services = services;
    this.#needs = needs;
  }

  async provideDebugConfigurations(): Promise<vscode.DebugConfiguration[]> {
    return initialConfigurations(this.#services.projects);
  }

  /** F5 without a launch.json comes with an empty configuration: it means the workflow in front. */
  async resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    config: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | null | undefined> {
    this.#needs.prepare();
    const given: Partial<vscode.DebugConfiguration> = config;
    if (given.type !== undefined && given.request !== undefined) return config;
    return this.#services.errors.guard('Debug workflow', async () => {
      const target = await targetOf(this.#services.projects, undefined);
      const trigger = await this.#needs.savedTrigger(target);
      return {
        type: DEBUG_TYPE,
        request: 'launch',
        name: `Debug ${target.workflow}`,
        project: target.project.uri.fsPath,
        workflow: target.workflow,
        ...(trigger === undefined ? {} : { trigger }),
        ...(given.noDebug === true ? { noDebug: true } : {}),
      };
    });
  }

  async resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    config: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | null | undefined> {
    return this.#services.errors.guard('Debug workflow', async () => {
      const project = await this.#project(folder, config);
      if (project === undefined) return config;
      const named = { ...config, project: project.uri.fsPath };
      return completedLaunch(this.#services.projects, project, named, this.#needs);
    });
  }

  /** Without "project", or with a folder above it: the project in front, the only one, or the one that the user picks. */
  async #project(
    folder: vscode.WorkspaceFolder | undefined,
    config: vscode.DebugConfiguration,
  ): Promise<ProjectFolder | undefined> {
    const { projects } = this.#services;
    await projects.ready;
    const named: unknown = config['project'];
    if (typeof named === 'string' && named !== '') {
      const exact = projects.at(named);
      if (exact !== undefined) return exact;
    }
    const base = typeof named === 'string' && named !== '' ? vscode.Uri.file(named) : folder?.uri;
    const below = projects.all.filter((each) => base === undefined || each.uri.path.startsWith(`${base.path}/`));
    // A path that leads to no project is said so by the runtime.
    if (below.length === 0 && named !== undefined) return undefined;
    const front = fileInFront();
    const inFront = front && targetOfFile(projects, front)?.project;
    if (inFront !== undefined && (below.length === 0 || below.includes(inFront))) return inFront;
    const candidates = below.length > 0 ? below : projects.all;
    if (candidates.length <= 1) return candidates[0];
    const chosen = await vscode.window.showQuickPick(
      candidates.map((project) => ({ label: project.name, description: project.uri.fsPath, project })),
      { placeHolder: 'Which logic app?' },
    );
    if (chosen === undefined) throw new Cancelled();
    return chosen.project;
  }
}

/** One for each workflow, for a new launch.json and the list of dynamic configurations. */
export async function initialConfigurations(projects: Projects): Promise<vscode.DebugConfiguration[]> {
  await projects.ready;
  const found: vscode.DebugConfiguration[] = [];
  for (const project of projects.all) {
    const inFolder = vscode.workspace.getWorkspaceFolder(project.uri);
    const path = inFolder === undefined ? project.uri.fsPath : project.uri.path.slice(inFolder.uri.path.length);
    for (const workflow of (await projects.model(project)).workflows.keys()) {
      found.push({
        type: DEBUG_TYPE,
        request: 'launch',
        name: `Debug ${workflow}`,
        project: inFolder === undefined ? path : `\${workspaceFolder}${path}`,
        workflow,
      });
    }
  }
  return found;
}
