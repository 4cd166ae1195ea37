/** Between places in the text and elements of the drawing. */
import { encloses } from '../../../language/text/range';
import type { TextRange } from '../../../language/text/range';
import type { ShownBreakpoint, ShownProblem } from '../../protocol/messages';
import type { ActionElement, Drawing, DrawnElement, TriggerElement } from './drawing';

export type OperationElement = ActionElement | TriggerElement;

export function isOperation(element: DrawnElement | undefined): element is OperationElement {
  return element?.kind === 'action' || element?.kind === 'trigger';
}

/** The innermost trigger or action around a place in the text. */
export function elementAtOffset(drawing: Drawing, offset: number): OperationElement | undefined {
  let innermost: OperationElement | undefined;
  for (const element of drawing.elements) {
    if (!isOperation(element)) continue;
    const { property } = element.operation;
    if (property.start > offset || offset > property.end) continue;
    if (innermost === undefined || encloses(innermost.operation.property, property)) innermost = element;
  }
  return innermost;
}

/** Problems by the id of the innermost element they are in; those outside of every element are left out. */
export function elementsOfProblems(
  drawing: Drawing,
  problems: readonly ShownProblem[],
): ReadonlyMap<string, readonly ShownProblem[]> {
  const found = new Map<string, ShownProblem[]>();
  for (const problem of problems) {
    if (problem.severity === 'hint') continue;
    const id = elementAtOffset(drawing, problem.range.start)?.id;
    if (id === undefined) continue;
    const list = found.get(id);
    if (list === undefined) found.set(id, [problem]);
    else list.push(problem);
  }
  return found;
}

/** The breakpoint on an element: it stands on the line where the operation's name begins. */
export function breakpointOf(
  element: OperationElement,
  breakpoints: readonly ShownBreakpoint[],
): ShownBreakpoint | undefined {
  const { start } = element.operation.property.key;
  return breakpoints.find(({ range }) => range.start <= start && start <= range.end);
}

/** From the operation's name to its end. */
export function rangeOf(element: OperationElement): TextRange {
  const { start, end } = element.operation.property;
  return { start, end };
}
