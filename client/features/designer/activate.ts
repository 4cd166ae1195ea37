/**
 * The designer in VS Code: a custom editor for workflow files, whose document stays VS Code's own text document, and the command that
 * opens it. It shows the runs of the workspace's runtimes as they happen.
 */
import * as vscode from 'vscode';
import type { RunEvent } from '../../../runtime/events';
import { PREFIX } from '../../infrastructure/identity';
import type { Services } from '../../infrastructure/services';
import { fileInFront, fileOf, targetOf, workflowFile } from '../../infrastructure/targets';
import { keepDesignersInFront } from './keepInFront';
import { bundleFolder, designerPage } from './page';
import type { DesignerPanel } from './panel';
import { DesignerRuns } from './runs';

/** Also the `viewType` of the custom editor in package.json. */
export const designerViewType = `${PREFIX}.designer`;

/** A burst of events is drawn once, after this many milliseconds. */
const RUN_DELAY = 40;

/** What other features may ask of the designer. A workflow is named by the file of its definition. */
export interface DesignerFeature {
  open(workflowFile: vscode.Uri, column?: vscode.ViewColumn): Promise<void>;
  /** Lays a run of the past over the workflow's designers. */
  showRun(workflowFile: vscode.Uri, events: readonly RunEvent[]): void;
  /** Takes the run away from the workflow's designers. */
  clearRun(workflowFile: vscode.Uri): void;
}

/** Registers the designer; everything registered ends with the extension. */
export function activateDesigner(
  context: vscode.ExtensionContext,
  services: Pick<Services, 'log' | 'errors' | 'commands' | 'projects' | 'runtimes'>,
): DesignerFeature {
  const panels = new Set<DesignerPanel>();
  const waiting = new Map<string, NodeJS.Timeout>();
  const runs = new DesignerRuns((workflow) => {
    if (!waiting.has(workflow))
      waiting.set(
        workflow,
        setTimeout(() => show(workflow), RUN_DELAY),
      );
  });
  const show = (workflow: string): void => {
    waiting.delete(workflow);
    for (const panel of panels) if (panel.document.uri.toString() === workflow) panel.sendRun();
  };

  const provider: vscode.CustomTextEditorProvider = {
    async resolveCustomTextEditor(document, webviewPanel) {
      // Loaded with the first designer: it brings the operations' schemas, which nothing at start-up needs.
      const { DesignerPanel } = await import('./panel');
      const { webview } = webviewPanel;
      webview.options = { enableScripts: true, localResourceRoots: [bundleFolder(context.extensionUri)] };
      const panel = new DesignerPanel(document, webviewPanel, services, () => runs.of(document.uri.toString()));
      panels.add(panel);
      webviewPanel.onDidDispose(() => {
        panels.delete(panel);
        panel.dispose();
      });
      webview.html = designerPage(webview, context.extensionUri);
    },
  };

  const open = async (file: vscode.Uri, column?: vscode.ViewColumn): Promise<void> => {
    await vscode.commands.executeCommand('vscode.openWith', file, designerViewType, column ?? vscode.ViewColumn.Active);
  };

  services.commands.register('openDesigner', 'Opening the designer', async (argument) => {
    const front = fileInFront();
    // A file outside of a project may hold a definition too; our own read-only documents never do.
    const drawable =
      front?.path.endsWith('.json') === true && !front.scheme.startsWith('logicapps-') ? front : undefined;
    const file = fileOf(argument) ?? drawable ?? (await targetOf(services.projects, undefined)).file;
    // Beside the text it belongs to, so that both are seen; from anywhere else, in front.
    const beside = vscode.window.activeTextEditor?.document.uri.toString() === file.toString();
    await open(file, beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active);
  });
  context.subscriptions.push(
    vscode.window.registerCustomEditorProvider(designerViewType, provider, {
      supportsMultipleEditorsPerDocument: true,
    }),
    keepDesignersInFront(designerViewType),
    services.runtimes.onNotice(({ project, notice }) =>
      runs.notice(notice, (workflow) => workflowFile(project, workflow).toString()),
    ),
    new vscode.Disposable(() => {
      for (const timer of waiting.values()) clearTimeout(timer);
    }),
  );

  return {
    open,
    showRun: (file, events) => runs.replay(file.toString(), events),
    clearRun: (file) => runs.clear(file.toString()),
  };
}
