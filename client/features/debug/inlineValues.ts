/** While a run is held, the values of the held step's expressions stand beside their lines. */
import * as vscode from 'vscode';
import { ProjectDocument } from '../../../language/project/document';
import type { TextRange } from '../../../language/text/range';
import { expressionsIn } from './expressionAt';
import { DEBUG_TYPE } from '../../infrastructure/identity';

/** Values of more lines would hide the text. */
const MAX_VALUES = 30;

/**
 * The values in the frame that is shown, in the order of the text and without their expressions, which stand on the same line and are
 * long. What cannot be evaluated yet has no value.
 */
export async function inlineValues(
  document: vscode.TextDocument,
  viewPort: vscode.Range,
  { stoppedLocation, frameId }: vscode.InlineValueContext,
): Promise<vscode.InlineValue[]> {
  const session = vscode.debug.activeDebugSession;
  if (session?.type !== DEBUG_TYPE) return [];
  const model = new ProjectDocument(document.getText(), 'workflow');
  const own = stepRange(model, document.offsetAt(stoppedLocation.start));
  if (own === undefined) return [];
  const shown = expressionsIn(model, own)
    .map(({ range, expression }) => ({
      range: new vscode.Range(document.positionAt(range.start), document.positionAt(range.end)),
      expression,
    }))
    .filter(({ range }) => viewPort.intersection(range) !== undefined)
    .slice(0, MAX_VALUES);
  const values = shown.map(async ({ range, expression }) => {
    const value = await valueOf(session, expression, frameId);
    return value === undefined ? [] : [new vscode.InlineValueText(range, `= ${value}`)];
  });
  return (await Promise.all(values)).flat();
}

async function valueOf(session: vscode.DebugSession, expression: string, frameId: number): Promise<string | undefined> {
  try {
    const answer: unknown = await session.customRequest('evaluate', { expression, frameId, context: 'watch' });
    if (typeof answer !== 'object' || answer === null || !('result' in answer)) return undefined;
    return typeof answer.result === 'string' ? answer.result : undefined;
  } catch {
    // The step it refers to has not run, or the run went on meanwhile.
    return undefined;
  }
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
