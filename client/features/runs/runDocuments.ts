/** Runs as read-only documents. */
import * as vscode from 'vscode';
import type { RunEvent } from '../../../runtime/events';
import { runText } from './runText';

const SCHEME = 'logicapps-run';

export class RunDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly onDidChange: vscode.Event<vscode.Uri>;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #texts = new Map<string, string>();
  readonly #subscriptions: vscode.Disposable[];

  constructor() {
    this.onDidChange = this.#changed.event;
    this.#subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  async show(workflow: string, runId: string, events: readonly RunEvent[]): Promise<void> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${workflow} run ${runId.slice(-8)}.json`, query: runId });
    this.#texts.set(uri.toString(), runText(events));
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  }

  dispose(): void {
    this.#changed.dispose();
    for (const each of this.#subscriptions) each.dispose();
  }
}
