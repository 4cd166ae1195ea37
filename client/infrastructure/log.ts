/** The output channel "Logic Apps Workbench". */
import * as vscode from 'vscode';

export type Log = vscode.LogOutputChannel;

export function createLog(): Log {
  return vscode.window.createOutputChannel('Logic Apps Workbench', { log: true });
}
