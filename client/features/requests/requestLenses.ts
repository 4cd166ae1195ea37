/** Above a request: send it, debug with it, start again from the sample. */
import * as vscode from 'vscode';
import { commandId } from '../../infrastructure/commands';
import type { RequestFiles } from './requestFiles';

export class RequestLenses implements vscode.CodeLensProvider {
  readonly onDidChangeCodeLenses: vscode.Event<void>;
  readonly #files: RequestFiles;
  readonly #changed = new vscode.EventEmitter<void>();

  constructor(files: RequestFiles) {
    this.#files = files;
    this.onDidChangeCodeLenses = this.#changed.event;
    files.onDidChangeFile(() => this.#changed.fire());
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const top = new vscode.Range(0, 0, 0, 0);
    const lens = (title: string, command: string): vscode.CodeLens =>
      new vscode.CodeLens(top, { title, command: commandId(command), arguments: [uri] });
    return [
      lens('$(send) Send', 'submitRequest'),
      lens('$(debug-alt) Send with debugger', 'debugRequest'),
      ...(this.#files.saved(uri) === undefined ? [] : [lens('$(discard) Reset to sample', 'resetRequest')]),
    ];
  }
}
