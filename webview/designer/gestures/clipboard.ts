/** Copy, cut, paste and duplicate: an action travels as its own JSON text, so that it can go to and come from a text editor too. */
import { pasteAction } from '../../../language/workflow/changes/pasteAction';
import { pointerOf } from '../../../language/json/path';
import type { OperationElement } from '../canvas/places';
import type { Designer } from '../designer';
import { dedent } from '../panel/dedent';
import { placeOf } from './add';
import type { InsertPoint } from './insertPoint';
import { remove } from './remove';

/** The text that stands for an operation on the clipboard. */
export function clipOf(designer: Designer, { operation }: OperationElement): string {
  const { start, end } = operation.property;
  return dedent(designer.workflow?.tree.text ?? '', start, end);
}

/** Pastes below the selected operation, or at the place that was pointed at. */
export function paste(designer: Designer, clip: string, insertAt: Exclude<InsertPoint, { kind: 'trigger' }>): void {
  const { workflow } = designer;
  const place = workflow && placeOf(workflow, designer, insertAt);
  if (workflow === undefined || place === undefined) return;
  const pasted = pasteAction(workflow, clip, place);
  if ('problem' in pasted) designer.notify(pasted.problem);
  else designer.edit(`Paste ${pasted.name}`, pasted.edits, place.scope.path + pointerOf([pasted.name]));
}

export function duplicate(designer: Designer, element: OperationElement): void {
  paste(designer, clipOf(designer, element), { kind: 'below', element });
}

/** Answers the browser's copy, cut and paste, which VS Code forwards to a webview; true when the event was for the canvas. */
export function handleClipboard(designer: Designer, event: ClipboardEvent): boolean {
  const element = designer.selected;
  if (element === undefined || event.clipboardData === null) return false;
  switch (event.type) {
    case 'copy':
    case 'cut':
      event.clipboardData.setData('text/plain', clipOf(designer, element));
      if (event.type === 'cut') remove(designer, element);
      return true;
    case 'paste':
      paste(designer, event.clipboardData.getData('text/plain'), { kind: 'below', element });
      return true;
    default:
      return false;
  }
}
