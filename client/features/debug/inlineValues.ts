/** While a run is held, the values of the held step's expressions stand beside their lines. */
import * as vscode from 'vscode';
import { ProjectDocument } from '../../../language/project/document';
import type { TextRange } from '../../../language/text/range';
import { expressionsIn } from './expressionAt';

/** Values of more lines would hide the text. */
const MAX_VALUES = 30;

export function inlineValues(
  document: vscode.TextDocument,
  viewPort: vscode.Range,
  { stoppedLocation }: vscode.InlineValueContext,
): vscode.InlineValue[] {
  const model = new ProjectDocument(document.getText(), 'workflow');
  const own = stepRange(model, document.offsetAt(stoppedLocation.start));
  if (own === undefined) return [];
  return expressionsIn(model, own)
    .map(({ range, expression }) => {
      const place = new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
      return new vscode.InlineValueEvaluatableExpression(place, expression);
    })
    .filter(({ range }) => viewPort.intersection(range) !== undefined)
    .slice(0, MAX_VALUES);
}

/** The innermost trigger or action around the place where the run is held; of a scope only what stands before its actions. */
function stepRange({ workflow }: ProjectDocument, offset: number): TextRange | undefined {
  if (workflow === undefined) return undefined;
  const around = [...workflow.triggers, ...workflow.actions].filter(
    ({ property }) => property.start <= offset && offset <= property.end,
  );
  const innermost = around.at(-1);
  if (innermost === undefined) return undefined;
  const scopes = innermost.role === 'action' ? innermost.scopes : [];
  const firstInside = Math.min(...scopes.flatMap((scope) => scope.actions.map((each) => each.property.start)));
  return { start: innermost.property.start, end: Math.min(innermost.property.end, firstInside) };
}
