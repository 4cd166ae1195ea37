/** The plus buttons of the canvas: on lines, under cards, in empty lanes, and in place of a missing trigger. */
import type { ReactElement } from 'react';
import type { Scope } from '../../../language/workflow/model';
import { Icon } from '../../ui/icons';
import type { DrawnLine } from '../canvas/drawing';
import { isOperation } from '../canvas/places';
import type { OperationElement } from '../canvas/places';
import { useDesigner, useDesignerState } from '../context';
import { isEditable } from '../state';
import type { InsertPoint } from './insertPoint';

function useCanEdit(): boolean {
  return useDesignerState(isEditable);
}

function PlusButton(props: {
  readonly className: string;
  readonly label: string;
  readonly point: InsertPoint;
}): ReactElement | null {
  const designer = useDesigner();
  if (!useCanEdit()) return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={`plus ${props.className} nodrag nopan`}
      title={props.label}
      aria-label={props.label}
      onClick={(event) => {
        event.stopPropagation();
        designer.openPalette(props.point);
      }}
    >
      <Icon name="add" size={12} />
    </button>
  );
}

export function AddBetweenButton({ line }: { readonly line: DrawnLine }): ReactElement {
  const target = useDesigner().elementById(line.to);
  const before = isOperation(target) ? `before ${target.operation.name}` : 'here';
  return <PlusButton className="plus-line" label={`Add an action ${before}`} point={{ kind: 'between', line }} />;
}

export function AddAfterButton({ element }: { readonly element: OperationElement }): ReactElement {
  const followed = useDesignerState(
    ({ subject }) => subject.kind === 'workflow' && subject.drawing.lines.some((line) => line.from === element.id),
  );
  const label = followed ? 'Add a parallel branch' : 'Add an action';
  return (
    <PlusButton
      className={followed ? 'plus-branch' : 'plus-after'}
      label={`${label} after ${element.operation.name}`}
      point={{ kind: 'after', element }}
    />
  );
}

export function EmptyLaneButton({ scope }: { readonly scope: Scope }): ReactElement {
  const designer = useDesigner();
  const canEdit = useCanEdit();
  const where = scope.owner === undefined ? 'the workflow' : scope.owner.name;
  if (!canEdit) return <div className="empty-lane">No actions</div>;
  return (
    <button
      type="button"
      tabIndex={-1}
      className="empty-lane empty-lane-button nodrag nopan"
      aria-label={`Add the first action to ${where}`}
      onClick={() => designer.openPalette({ kind: 'into', scope })}
    >
      <Icon name="add" size={12} /> Add an action
    </button>
  );
}

export function NoTrigger(): ReactElement {
  const designer = useDesigner();
  const canEdit = useCanEdit();
  if (!canEdit) return <div className="no-trigger">No trigger</div>;
  return (
    <button
      type="button"
      tabIndex={-1}
      className="no-trigger nodrag nopan"
      onClick={() => designer.openPalette({ kind: 'trigger' })}
    >
      <Icon name="add" size={12} /> Add a trigger
    </button>
  );
}
