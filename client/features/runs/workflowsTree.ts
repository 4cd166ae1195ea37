/** The Workflows view: projects, their workflows with their triggers, and the latest runs of each. */
import * as vscode from 'vscode';
import type { Trigger, Workflow } from '../../../language/workflow/model';
import { nameRange } from '../../../language/workflow/model';
import type { ProjectDocument } from '../../../language/project/document';
import type { RunStatus } from '../../../runtime/events';
import type { RunSummary } from '../../../runtime/host/commands';
import { commandId } from '../../infrastructure/commands';
import type { ProjectFolder } from '../../infrastructure/projects';
import type { Services } from '../../infrastructure/services';
import { workflowFile } from '../../infrastructure/targets';
import type { WorkflowTarget } from '../../infrastructure/targets';
import { isCallable, isTimer } from '../../infrastructure/triggerKinds';
import type { RunHistory } from './runHistory';

export type WorkflowsItem =
  | { readonly kind: 'project'; readonly project: ProjectFolder }
  | { readonly kind: 'workflow'; readonly target: WorkflowTarget; readonly document: ProjectDocument }
  | {
      readonly kind: 'trigger';
      readonly target: WorkflowTarget;
      readonly trigger: Trigger;
      readonly document: ProjectDocument;
    }
  | { readonly kind: 'run'; readonly target: WorkflowTarget; readonly run: RunSummary }
  | { readonly kind: 'note'; readonly text: string };

export class WorkflowsTree implements vscode.TreeDataProvider<WorkflowsItem> {
  readonly onDidChangeTreeData: vscode.Event<void>;
  readonly #changed = new vscode.EventEmitter<void>();

  constructor(
    private readonly services: Services,
    private readonly history: RunHistory,
  ) {
    this.onDidChangeTreeData = this.#changed.event;
  }

  refresh(): void {
    this.#changed.fire();
  }

  getTreeItem(item: WorkflowsItem): vscode.TreeItem {
    switch (item.kind) {
      case 'project':
        return this.#projectItem(item.project);
      case 'workflow':
        return workflowItem(item.target, item.document.workflow);
      case 'trigger':
        return triggerItem(item.target, item.trigger, item.document);
      case 'run':
        return {
          ...runItem(item.run),
          command: { title: 'Show Run', command: commandId('showRun'), arguments: [item] },
        };
      case 'note': {
        const note = new vscode.TreeItem(item.text);
        note.contextValue = 'note';
        return note;
      }
    }
  }

  async getChildren(item?: WorkflowsItem): Promise<WorkflowsItem[]> {
    const { projects } = this.services;
    if (item === undefined) {
      await projects.ready;
      return projects.all.map((project) => ({ kind: 'project', project }));
    }
    if (item.kind === 'project') {
      const { project } = item;
      return [...(await projects.model(project)).workflows].map(([workflow, document]) => ({
        kind: 'workflow',
        target: { project, workflow, file: workflowFile(project, workflow), trigger: undefined },
        document,
      }));
    }
    if (item.kind !== 'workflow') return [];
    const { target, document } = item;
    const triggers = (document.workflow?.triggers ?? []).map((trigger): WorkflowsItem => ({
      kind: 'trigger',
      target: { ...target, trigger: trigger.name },
      trigger,
      document,
    }));
    const runs = await this.history.runs(target.project, target.workflow);
    return [...triggers, ...runs.map((run): WorkflowsItem => ({ kind: 'run', target, run }))];
  }

  #projectItem(project: ProjectFolder): vscode.TreeItem {
    const runtime = this.services.runtimes.running(project);
    const item = new vscode.TreeItem(project.name, vscode.TreeItemCollapsibleState.Expanded);
    item.iconPath = new vscode.ThemeIcon(
      runtime === undefined ? 'root-folder' : 'radio-tower',
      runtime === undefined ? undefined : new vscode.ThemeColor('testing.iconPassed'),
    );
    if (runtime?.url !== undefined) item.description = `runs at port ${new URL(runtime.url).port}`;
    item.contextValue = runtime === undefined ? 'project' : 'projectRunning';
    item.tooltip = project.uri.fsPath;
    return item;
  }
}

function workflowItem(target: WorkflowTarget, workflow: Workflow | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(target.workflow, vscode.TreeItemCollapsibleState.Collapsed);
  item.iconPath = new vscode.ThemeIcon('type-hierarchy-sub');
  item.contextValue = 'workflow';
  item.description = workflow === undefined ? 'cannot be read' : (workflow.kind?.value ?? '').toLowerCase();
  item.command = { title: 'Open', command: 'vscode.open', arguments: [target.file] };
  item.tooltip = `${target.workflow}/workflow.json`;
  return item;
}

function triggerItem(target: WorkflowTarget, trigger: Trigger, document: ProjectDocument): vscode.TreeItem {
  const item = new vscode.TreeItem(trigger.name);
  const callable = isCallable(trigger);
  item.iconPath = new vscode.ThemeIcon(callable ? 'globe' : isTimer(trigger) ? 'watch' : 'zap');
  item.description = trigger.type === '' ? 'trigger' : `${trigger.type} trigger`;
  item.contextValue = callable ? 'requestTrigger' : isTimer(trigger) ? 'trigger' : 'dataTrigger';
  const { start } = document.lines.rangeOf(nameRange(trigger));
  const selection = new vscode.Range(start.line, start.character, start.line, start.character);
  item.command = { title: 'Show', command: 'vscode.open', arguments: [target.file, { selection }] };
  return item;
}

function runItem(run: RunSummary): vscode.TreeItem {
  const item = new vscode.TreeItem(clock(run.startTime));
  item.id = run.runId;
  const took = run.endTime === undefined ? '' : ` · ${time(run.endTime - run.startTime)}`;
  item.description = `${run.status}${took}`;
  item.iconPath = statusIcon(run.status);
  item.contextValue = run.endTime === undefined ? 'runningRun' : 'run';
  const reason = run.error === undefined ? '' : `\n\n${run.error.code}: ${run.error.message}`;
  item.tooltip = new vscode.MarkdownString().appendText(
    `Run ${run.runId}\n\nStarted by ${run.trigger}, ${new Date(run.startTime).toLocaleString()}: ${run.status}${reason}`,
  );
  item.accessibilityInformation = { label: `Run, ${run.status}, ${clock(run.startTime)}` };
  return item;
}

function statusIcon(status: RunStatus): vscode.ThemeIcon {
  const icon = (name: string, color?: string): vscode.ThemeIcon =>
    new vscode.ThemeIcon(name, color === undefined ? undefined : new vscode.ThemeColor(color));
  switch (status) {
    case 'Succeeded':
      return icon('pass', 'testing.iconPassed');
    case 'Failed':
    case 'TimedOut':
    case 'Aborted':
      return icon('error', 'testing.iconFailed');
    case 'Cancelled':
      return icon('circle-slash', 'testing.iconSkipped');
    case 'Running':
      return icon('sync~spin');
    case 'Waiting':
      return icon('clock');
  }
}

function clock(at: number): string {
  const date = new Date(at);
  const today = new Date().toDateString() === date.toDateString();
  return today ? date.toLocaleTimeString() : date.toLocaleString();
}

function time(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
