/** While a run is held, hovering over an expression shows its value. */
import * as vscode from 'vscode';
import { ProjectDocument } from '../../../language/project/document';
import { expressionAt } from './expressionAt';

export function hoveredExpression(
  document: vscode.TextDocument,
  position: vscode.Position,
): vscode.EvaluatableExpression | undefined {
  const found = expressionAt(new ProjectDocument(document.getText(), 'workflow'), document.offsetAt(position));
  if (found === undefined) return undefined;
  const { start, end } = found.range;
  return new vscode.EvaluatableExpression(
    new vscode.Range(document.positionAt(start), document.positionAt(end)),
    found.expression,
  );
}
