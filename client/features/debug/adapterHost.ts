/** What the debug adapter gets from the extension: runtimes of the workspace, and the texts of editors. */
import * as vscode from 'vscode';
import type { DebuggedProject, DebugHost } from '../../debug/host';
import { hostOverrides } from '../../debug/launchArguments';
import type { LaunchArguments } from '../../debug/launchArguments';
import { HostError } from '../../../runtime/host/commands';
import { UserError } from '../../infrastructure/errors';
import { readText } from '../../infrastructure/projectModels';
import type { ProjectFolder } from '../../infrastructure/projects';
import type { Runtime, RuntimeOverrides } from '../../infrastructure/runtimes';
import type { Services } from '../../infrastructure/services';

export class AdapterHost implements DebugHost {
  readonly #services: Services;
  /** Projects that a session has now: breakpoints belong to one session at a time. */
  readonly #debugged = new Set<string>();

  constructor(services: Services) {
    this.#services = services;
  }

  readonly readText = (file: string): Promise<string | undefined> => readText(vscode.Uri.file(file));

  logError(message: string): void {
    this.#services.log.error(`Debugger: ${message}`);
  }

  async open(launch: LaunchArguments): Promise<DebuggedProject> {
    const { projects, runtimes } = this.#services;
    await projects.ready;
    const uri = vscode.Uri.file(launch.project);
    const project = projects.at(launch.project) ?? { uri, name: uri.path.slice(uri.path.lastIndexOf('/') + 1) };
    const key = project.uri.toString();
    if (this.#debugged.has(key)) {
      throw new HostError('AlreadyDebugging', `'${project.name}' is being debugged already: stop that session first.`);
    }
    this.#debugged.add(key);
    try {
      const before = runtimes.running(project);
      if (launch.attach === true && before === undefined) return await this.#attached(project);
      const runtime = await this.#runtime(project, launch, before);
      const stays = runtime === before;
      return this.#debuggedProject(runtime, stays);
    } catch (error) {
      this.#debugged.delete(key);
      // Across the adapter's boundary only one kind of refusal is known.
      throw error instanceof UserError ? new HostError('Refused', error.message) : error;
    }
  }

  async #runtime(project: ProjectFolder, launch: LaunchArguments, running: Runtime | undefined): Promise<Runtime> {
    const { runtimes, settings } = this.#services;
    const overrides: RuntimeOverrides = {
      suspendOnStop: false,
      ...hostOverrides(launch),
      armTriggers: launch.armTriggers || settings.armTriggers,
    };
    const fits =
      launch.appSettings === undefined &&
      launch.parameters === undefined &&
      launch.scenario === undefined &&
      (launch.port === undefined || launch.port === (running?.overrides.port ?? settings.port)) &&
      (!launch.armTriggers || settings.armTriggers);
    if (running !== undefined && fits) return running;
    if (running !== undefined) await runtimes.stop(project);
    return runtimes.start(project, overrides);
  }

  /** A host of another process, such as `logicapps start`. */
  async #attached(project: ProjectFolder): Promise<DebuggedProject> {
    const { attachToHost } = await import('../../../runtime/host/attach');
    const { link, url } = await attachToHost(project.uri.fsPath);
    return {
      link,
      url,
      release: async () => {
        this.#debugged.delete(project.uri.toString());
        await link.dispose();
      },
    };
  }

  /** A runtime that was there before goes on afterwards. */
  #debuggedProject({ project, link, url }: Runtime, stays: boolean): DebuggedProject {
    const { runtimes } = this.#services;
    let released: Promise<void> | undefined;
    return {
      link,
      url,
      release: () =>
        (released ??= (async () => {
          this.#debugged.delete(project.uri.toString());
          if (!stays) await runtimes.stop(project);
        })()),
    };
  }
}
