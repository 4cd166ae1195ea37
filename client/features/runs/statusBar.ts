/** The status bar entry of local hosts: where they listen, and what can be done with them. */
import * as vscode from 'vscode';
import { commandId } from '../../infrastructure/commands';
import type { Runtimes } from '../../infrastructure/runtimes';

export class HostStatus implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('logicAppsWorkbench.host', vscode.StatusBarAlignment.Left, 1);
  readonly #runtimes: Runtimes;
  readonly #subscription: vscode.Disposable;

  constructor(runtimes: Runtimes) {
    this.#runtimes = runtimes;
    this.#item.name = 'Logic Apps Host';
    this.#item.command = commandId('hostActions');
    this.#subscription = runtimes.onDidChange(() => this.#show());
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #show(): void {
    const { all } = this.#runtimes;
    const [first] = all;
    if (first === undefined) {
      this.#item.hide();
      return;
    }
    const port = first.url === undefined ? '' : `:${new URL(first.url).port}`;
    this.#item.text = `$(radio-tower) Logic Apps ${port}${all.length > 1 ? ` +${all.length - 1}` : ''}`.trim();
    const lines = all.map(({ project, url }) => `${project.name} runs at ${url ?? 'no address'}`);
    this.#item.tooltip = `${lines.join('\n')}\nClick to copy a callback URL, or to stop.`;
    this.#item.accessibilityInformation = { label: lines.join(', ') };
    this.#item.show();
  }
}
