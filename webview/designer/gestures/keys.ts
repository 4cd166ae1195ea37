/** What the keys do while the canvas has the focus. */
import { firstOperation, lastOperation, neighbour } from '../canvas/navigation';
import type { Direction } from '../canvas/navigation';
import type { Designer } from '../designer';
import { remove } from './remove';

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const directions: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** Returns true when the key meant something here. */
export function handleCanvasKey(designer: Designer, event: Key): boolean {
  const { subject, selected, panelOpen } = designer.getState();
  if (subject.kind !== 'workflow' || event.ctrlKey || event.metaKey || event.altKey) return false;
  const { drawing } = subject;
  const direction = directions[event.key];
  if (direction !== undefined) {
    const next = neighbour(drawing, selected, direction);
    if (next !== undefined) designer.select(next, 'keep');
    return true;
  }
  const element = designer.selected;
  switch (event.key) {
    case 'Home':
    case 'End': {
      const id = event.key === 'Home' ? firstOperation(drawing) : lastOperation(drawing);
      if (id !== undefined) designer.select(id, 'keep');
      return true;
    }
    case 'Enter':
      if (selected === undefined) return false;
      designer.select(selected, 'open');
      return true;
    case ' ':
      if (element?.kind !== 'action' || element.container === undefined) return false;
      designer.toggleCollapsed(element.id);
      return true;
    case 'Escape':
      if (panelOpen) designer.closePanel();
      else designer.select(undefined, 'keep');
      return true;
    case 'F9':
      if (element === undefined) return false;
      designer.toggleBreakpoint(element);
      return true;
    case 'F12':
      if (element === undefined) return false;
      designer.reveal(element.operation.property.key);
      return true;
    case 'F2':
      if (element === undefined) return false;
      designer.setRenaming(true);
      return true;
    case 'Delete':
    case 'Backspace':
      if (element === undefined) return false;
      remove(designer, element);
      return true;
    case '+':
    case 'Insert':
      if (element === undefined) return false;
      designer.openPalette({ kind: 'below', element });
      return true;
    default:
      return false;
  }
}
