/** Where the arrow keys lead: along the lines up and down, to the neighbours left and right. Pure. */
import type { Drawing, DrawnElement } from './drawing';
import { isOperation } from './places';

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The id to move to, or undefined when there is nothing in that direction. */
export function neighbour(drawing: Drawing, from: string | undefined, direction: Direction): string | undefined {
  const element = from === undefined ? undefined : drawing.byId.get(from);
  if (element === undefined) return firstOperation(drawing);
  switch (direction) {
    case 'down':
      return below(drawing, element);
    case 'up':
      return above(drawing, element);
    case 'left':
    case 'right':
      return beside(drawing, element, direction === 'left' ? -1 : 1);
  }
}

/** The trigger, or the first action of a workflow without one. */
export function firstOperation(drawing: Drawing): string | undefined {
  return drawing.elements.find(isOperation)?.id;
}

export function lastOperation(drawing: Drawing): string | undefined {
  return drawing.elements.filter(isOperation).sort((a, b) => b.box.y - a.box.y || b.box.x - a.box.x)[0]?.id;
}

/** First into the container, then to what runs after it, then out of the container it is in. */
function below(drawing: Drawing, element: DrawnElement): string | undefined {
  if (element.kind === 'action' && element.container === 'open') {
    const inside = element.operation.scopes.flatMap((scope) => scope.actions)[0];
    const first = drawing.elements.find((each) => each.kind === 'action' && each.operation === inside);
    if (first !== undefined) return first.id;
  }
  for (let at: DrawnElement | undefined = element; at !== undefined; at = owner(drawing, at)) {
    const id = at.id;
    const next = nearest(
      drawing.lines.filter((line) => line.from === id).map((line) => drawing.byId.get(line.to)),
      element,
    );
    if (next !== undefined) return next;
  }
  return undefined;
}

/** To what it runs after, else to the container it is in. */
function above(drawing: Drawing, element: DrawnElement): string | undefined {
  const before = nearest(
    drawing.lines.filter((line) => line.to === element.id).map((line) => drawing.byId.get(line.from)),
    element,
  );
  return before ?? owner(drawing, element)?.id;
}

/** The nearest operation on the same height in that direction, whatever its depth. */
function beside(drawing: Drawing, element: DrawnElement, sign: 1 | -1): string | undefined {
  const { box } = element;
  const header = box.y + Math.min(box.height, 52) / 2;
  const candidates = drawing.elements.filter(
    (each) =>
      isOperation(each) &&
      each !== element &&
      each.box.y <= header &&
      header <= each.box.y + each.box.height &&
      (sign === 1 ? each.box.x >= box.x + box.width : each.box.x + each.box.width <= box.x),
  );
  candidates.sort((a, b) => sign * (a.box.x - b.box.x) || a.depth - b.depth);
  return candidates[0]?.id ?? besideOwner(drawing, element, sign);
}

function besideOwner(drawing: Drawing, element: DrawnElement, sign: 1 | -1): string | undefined {
  const around = owner(drawing, element);
  return around === undefined ? undefined : beside(drawing, around, sign);
}

function owner(drawing: Drawing, element: DrawnElement): DrawnElement | undefined {
  const scope = element.kind === 'action' ? element.operation.scope : undefined;
  const action = scope?.owner;
  return action && drawing.elements.find((each) => each.kind === 'action' && each.operation === action);
}

function nearest(elements: readonly (DrawnElement | undefined)[], to: DrawnElement): string | undefined {
  const centre = (element: DrawnElement): number => element.box.x + element.box.width / 2;
  return elements
    .filter(isOperation)
    .sort((a, b) => Math.abs(centre(a) - centre(to)) - Math.abs(centre(b) - centre(to)))[0]?.id;
}
