/** Responses as read-only documents. */
import * as vscode from 'vscode';
import { REQUEST_SCHEME } from './requestFiles';

const SCHEME = 'logicapps-response';

export class AnswerDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly onDidChange: vscode.Event<vscode.Uri>;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  constructor() {
    this.onDidChange = this.#changed.event;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** The latest response of a workflow replaces the one before. */
  async show(workflow: string, text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${workflow} response.json` });
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    const shown = vscode.window.visibleTextEditors.find((each) => each.document === document);
    if (shown?.viewColumn !== undefined) {
      await vscode.window.showTextDocument(document, { viewColumn: shown.viewColumn, preserveFocus: true });
      return;
    }
    const request = vscode.window.activeTextEditor;
    if (request?.document.uri.scheme !== REQUEST_SCHEME) {
      await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
      return;
    }
    // Below its request, so that the workflow keeps its width.
    await vscode.commands.executeCommand('workbench.action.newGroupBelow');
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Active });
    if (request.viewColumn !== undefined) await vscode.window.showTextDocument(request.document, request.viewColumn);
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
