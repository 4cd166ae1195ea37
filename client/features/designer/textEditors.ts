/** The text side of the designer: showing a place in a text editor, and hearing where the cursor is. */
import * as vscode from 'vscode';
import type { TextRange } from '../../../language/text/range';

function rangeIn(document: vscode.TextDocument, { start, end }: TextRange): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}

function editorsOf(document: vscode.TextDocument): vscode.TextEditor[] {
  return vscode.window.visibleTextEditors.filter((editor) => editor.document === document);
}

/** Shows a place in a text editor and gives it the focus: in one that is visible, else beside the designer. */
export async function revealInText(document: vscode.TextDocument, range: TextRange): Promise<void> {
  const visible = editorsOf(document)[0]?.viewColumn;
  const editor = await vscode.window.showTextDocument(document, { viewColumn: visible ?? vscode.ViewColumn.Beside });
  const place = rangeIn(document, range);
  editor.selection = new vscode.Selection(place.start, place.start);
  editor.revealRange(place, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Moves the cursor of text editors that are visible already; the designer keeps the focus. */
export function followInText(document: vscode.TextDocument, range: TextRange): void {
  const place = rangeIn(document, range);
  for (const editor of editorsOf(document)) {
    editor.selection = new vscode.Selection(place.start, place.start);
    editor.revealRange(
      new vscode.Range(place.start, place.start),
      vscode.TextEditorRevealType.InCenterIfOutsideViewport,
    );
  }
}

/** Opens the document as text in the designer's own column. */
export async function openAsText(document: vscode.TextDocument, column: vscode.ViewColumn | undefined): Promise<void> {
  await vscode.window.showTextDocument(document, { viewColumn: column ?? vscode.ViewColumn.Active });
}

/** Calls the listener when the user moves the cursor in the document; changes made by extensions have no kind and do not count. */
export function onCursor(document: vscode.TextDocument, listener: (offset: number) => void): vscode.Disposable {
  return vscode.window.onDidChangeTextEditorSelection(({ textEditor, kind, selections }) => {
    const active = selections[0]?.active;
    if (textEditor.document === document && kind !== undefined && active !== undefined) {
      listener(document.offsetAt(active));
    }
  });
}
