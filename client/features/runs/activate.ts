/** Runs and the hosts that execute them: the Workflows view, details of a run, the status bar. */
import * as vscode from 'vscode';
import type { RunEvent } from '../../../runtime/events';
import { Cancelled, UserError } from '../../infrastructure/errors';
import { PREFIX } from '../../infrastructure/identity';
import type { ProjectFolder } from '../../infrastructure/projects';
import type { Runtime } from '../../infrastructure/runtimes';
import type { Services } from '../../infrastructure/services';
import { targetOf } from '../../infrastructure/targets';
import { RunDocuments } from './runDocuments';
import { RunHistory } from './runHistory';
import { HostStatus } from './statusBar';
import { WorkflowsTree } from './workflowsTree';
import type { WorkflowsItem } from './workflowsTree';

/** What runs need of other features; `extension.ts` gives it. */
export interface RunsNeeds {
  /** Lays a run over the drawing of its workflow. */
  showInDesigner(workflowFile: vscode.Uri, events: readonly RunEvent[]): Promise<void>;
}

type RunItem = Extract<WorkflowsItem, { kind: 'run' }>;

export function activateRuns(context: vscode.ExtensionContext, services: Services, needs: RunsNeeds): void {
  const { commands, projects, runtimes } = services;
  const history = new RunHistory(services);
  const tree = new WorkflowsTree(services, history);
  const documents = new RunDocuments();
  const view = vscode.window.createTreeView(`${PREFIX}.workflows`, { treeDataProvider: tree, showCollapseAll: true });
  context.subscriptions.push(
    view,
    history,
    documents,
    new HostStatus(runtimes),
    projects.onDidChange(() => tree.refresh()),
    history.onDidChange(() => tree.refresh()),
  );

  const itemOf = (argument: unknown): RunItem => {
    const item = isRunItem(argument) ? argument : view.selection.find((each) => each.kind === 'run');
    if (item === undefined) throw new UserError('Pick a run in the Workflows view first.');
    return item;
  };
  commands.register('showRun', 'Show run', async (argument) => {
    const { target, run } = itemOf(argument);
    const events = await history.events(target.project, run.runId);
    if (events.length === 0) throw new UserError('This run is no longer kept.');
    await documents.show(target.workflow, run.runId, events);
  });
  commands.register('showRunInDesigner', 'Show run in designer', async (argument) => {
    const { target, run } = itemOf(argument);
    await needs.showInDesigner(target.file, await history.events(target.project, run.runId));
  });
  commands.register('cancelRun', 'Cancel run', async (argument) => {
    const { target, run } = itemOf(argument);
    const runtime = runtimes.running(target.project);
    if (runtime === undefined) throw new UserError('This run is not under way: its host has stopped.');
    await runtime.link.send('cancelRun', { runId: run.runId });
  });
  commands.register('startHost', 'Start local host', async (argument) => {
    await runtimes.start(isProjectItem(argument) ? argument.project : (await targetOf(projects, argument)).project);
  });
  commands.register('stopHost', 'Stop local host', async (argument) => {
    if (isProjectItem(argument)) await runtimes.stop(argument.project);
    else for (const { project } of runtimes.all) await runtimes.stop(project);
  });
  commands.register('refresh', 'Refresh', () => tree.refresh());
  commands.register('hostActions', 'Local host', async () => {
    const choices = await Promise.all(runtimes.all.map(hostChoices));
    if (choices.length === 0) throw new UserError('No local host is running.');
    const chosen = await vscode.window.showQuickPick(choices.flat(), { placeHolder: 'Local host' });
    if (chosen === undefined) throw new Cancelled();
    if (chosen.url === undefined) await runtimes.stop(chosen.project);
    else await vscode.env.clipboard.writeText(chosen.url);
  });
}

interface HostChoice extends vscode.QuickPickItem {
  readonly project: ProjectFolder;
  /** To copy; undefined: stop the host. */
  readonly url: string | undefined;
}

async function hostChoices({ project, link, url }: Runtime): Promise<HostChoice[]> {
  const { workflows } = await link.send('listWorkflows', {});
  const addresses = workflows.flatMap(({ name, triggers }) =>
    triggers.flatMap(({ name: trigger, callbackUrl }): HostChoice[] =>
      callbackUrl === undefined
        ? []
        : [
            {
              label: `$(link) Copy callback URL of ${name}`,
              description: trigger,
              detail: callbackUrl,
              project,
              url: callbackUrl,
            },
          ],
    ),
  );
  const stop = { label: `$(debug-stop) Stop ${project.name}`, description: url ?? '', project, url: undefined };
  return [...addresses, stop];
}

function isRunItem(value: unknown): value is RunItem {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'run';
}

function isProjectItem(value: unknown): value is Extract<WorkflowsItem, { kind: 'project' }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'project';
}
