/**
 * The designer in VS Code: a custom editor for workflow files, whose document stays VS Code's own text document, and the commands
 * that open it. `client/extension.ts` hands it the events of runs.
 */
import * as vscode from 'vscode';
import type { RunEvent, Step } from '../../../runtime/events';
import { bundleFolder, designerPage } from './page';
import { DesignerPanel } from './panel';
import type { PanelLog } from './panel';
import { RunFold } from './runFold';
import { fileInFront } from './workflowFile';

/** Also the `viewType` of the custom editor in package.json. */
export const designerViewType = 'logicAppsWorkbench.designer';
export const openDesignerCommand = 'logicAppsWorkbench.openDesigner';

/** A burst of events is drawn once, after this many milliseconds. */
const RUN_DELAY = 40;

export interface DesignerServices {
  readonly log: PanelLog;
}

/** What other features may tell the designer. A workflow is named by the file of its definition. */
export interface DesignerFeature {
  /** Takes in an event of a run; the latest run that started is the one shown. */
  runEvent(workflowFile: vscode.Uri, event: RunEvent): void;
  /** Marks where a debugger holds a run, or, with undefined, that it goes on. */
  runHeld(workflowFile: vscode.Uri, runId: string, at: Step | 'trigger' | undefined): void;
  /** Takes the run away from a workflow's designers. */
  clearRun(workflowFile: vscode.Uri): void;
  open(workflowFile: vscode.Uri, column?: vscode.ViewColumn): Promise<void>;
}

/** Registers the designer; everything registered ends with the extension. */
export function activateDesigner(context: vscode.ExtensionContext, services: DesignerServices): DesignerFeature {
  const panels = new Set<DesignerPanel>();
  const runs = new Map<string, RunFold>();
  const waiting = new Map<string, NodeJS.Timeout>();
  const runOf = (document: vscode.TextDocument): RunFold | undefined => runs.get(document.uri.toString());

  const show = (key: string): void => {
    waiting.delete(key);
    for (const panel of panels) if (panel.document.uri.toString() === key) panel.sendRun();
  };
  const showSoon = (file: vscode.Uri): void => {
    const key = file.toString();
    if (!waiting.has(key))
      waiting.set(
        key,
        setTimeout(() => show(key), RUN_DELAY),
      );
  };

  const provider: vscode.CustomTextEditorProvider = {
    resolveCustomTextEditor(document, webviewPanel) {
      const { webview } = webviewPanel;
      webview.options = { enableScripts: true, localResourceRoots: [bundleFolder(context.extensionUri)] };
      const panel = new DesignerPanel(document, webviewPanel, services.log, runOf);
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
  const openInFront = async (argument: unknown): Promise<void> => {
    const file = fileInFront(argument);
    if (file === undefined) {
      void vscode.window.showInformationMessage(
        'Open a workflow.json first: the designer shows the workflow in front.',
      );
      return;
    }
    // Beside the text it belongs to, so that both are seen; from anywhere else, in front.
    const beside = vscode.window.activeTextEditor?.document.uri.toString() === file.toString();
    await open(file, beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active);
  };

  context.subscriptions.push(
    vscode.window.registerCustomEditorProvider(designerViewType, provider, {
      supportsMultipleEditorsPerDocument: true,
    }),
    vscode.commands.registerCommand(openDesignerCommand, (argument: unknown) =>
      openInFront(argument).catch((error: unknown) => {
        const reason = error instanceof Error ? error.message : String(error);
        services.log.error(`Open designer: ${reason}`);
        void vscode.window.showErrorMessage(`The designer could not be opened: ${reason}`);
      }),
    ),
    new vscode.Disposable(() => {
      for (const timer of waiting.values()) clearTimeout(timer);
    }),
  );

  return {
    runEvent(file, event) {
      const key = file.toString();
      const current = runs.get(key);
      const fold = event.type === 'runStarted' || current === undefined ? new RunFold(event.runId) : current;
      runs.set(key, fold);
      fold.add(event);
      showSoon(file);
    },
    runHeld(file, runId, at) {
      const fold = runs.get(file.toString());
      if (fold?.runId !== runId) return;
      fold.hold(at);
      showSoon(file);
    },
    clearRun(file) {
      if (runs.delete(file.toString())) showSoon(file);
    },
    open,
  };
}
