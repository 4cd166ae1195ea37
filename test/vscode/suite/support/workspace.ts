/** The folder that VS Code has open: a copy of examples/order-processing. */
import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

export const extensionId = 'logicapps-workbench.logicapps-workbench';

export function folder(): vscode.WorkspaceFolder {
  const first = vscode.workspace.workspaceFolders?.[0];
  assert.ok(first, 'No folder is open.');
  return first;
}

export async function openText(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder().uri, path));
  await vscode.window.showTextDocument(document);
  return document;
}

/** Where `|` of a text such as `outputs('|Line_amount')` is; the first occurrence counts. */
export function positionOf(document: vscode.TextDocument, marked: string): vscode.Position {
  const bar = Math.max(marked.indexOf('|'), 0);
  const plain = marked.replace('|', '');
  const found = document.getText().indexOf(plain);
  assert.ok(found >= 0, `${document.fileName} has no "${plain}".`);
  return document.positionAt(found + bar);
}

/** Replaces the first occurrence of a text in the editor, as typing would. */
export async function replaceText(document: vscode.TextDocument, text: string, replacement: string): Promise<void> {
  const start = positionOf(document, text);
  const end = document.positionAt(document.offsetAt(start) + text.length);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(start, end), replacement);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Asks again until the answer is there, for at most twenty seconds. */
export async function eventually<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) assert.fail(`Waited in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
