/** The node components of the canvas: an operation, an open container, a lane's start, an empty lane. */
import { Handle, Position } from '@xyflow/react';
import type { Node, NodeProps } from '@xyflow/react';
import { memo } from 'react';
import type { ReactElement } from 'react';
import type { ActionElement, DrawnElement, EmptyElement, StartElement } from '../canvas/drawing';
import type { OperationElement } from '../canvas/places';
import { useDesignerState } from '../context';
import { AddAfterButton, EmptyLaneButton, NoTrigger } from '../gestures/addButtons';
import { statusClass } from '../run/status';
import { isEditable } from '../state';
import { runOf } from '../run/badge';
import { displayName } from './describe';
import { OperationCard } from './operationCard';

export type CanvasNode = Node<{ readonly element: DrawnElement; readonly tree: TreePlace | undefined }, NodeKind>;
export type NodeKind = 'operation' | 'container' | 'start' | 'empty';

/** Where an operation stands among its siblings, for screen readers; all from 1. */
export interface TreePlace {
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
}

export function nodeKind(element: DrawnElement): NodeKind {
  if (element.kind === 'start' || element.kind === 'empty') return element.kind;
  return element.kind === 'action' && element.container === 'open' ? 'container' : 'operation';
}

/** The id of the DOM element that stands for an operation. */
export function domId(id: string): string {
  return `operation:${id}`;
}

/**
 * Where lines begin and end: React Flow finds them in the page. Those of actions can be drawn from: the beginning is seen while the
 * pointer is over the node, the end is the whole card.
 */
function LineEnds({ drawable = false }: { readonly drawable?: boolean }): ReactElement {
  const canDraw = useDesignerState(isEditable) && drawable;
  return (
    <>
      <Handle type="target" position={Position.Top} isConnectable={canDraw} isConnectableStart={false} />
      <Handle
        type="source"
        position={Position.Bottom}
        isConnectable={canDraw}
        isConnectableEnd={false}
        {...(canDraw ? { className: 'line-start', title: 'Drag to an action that shall run after this one' } : {})}
      />
    </>
  );
}

function useStateClasses(element: OperationElement): string {
  const selected = useDesignerState((state) => state.selected === element.id);
  const status = useDesignerState((state) => runOf(state.run, state.stepsByAction, element)?.status);
  const running = useDesignerState((state) => state.run !== undefined);
  const classes = [
    ...(selected ? ['is-selected'] : []),
    ...(status === undefined ? [] : ['has-run', statusClass(status)]),
    ...(running && status === undefined ? ['not-reached'] : []),
  ];
  return classes.join(' ');
}

function treeAttributes(element: OperationElement, place: TreePlace | undefined, selected: boolean) {
  const open = element.kind === 'action' ? element.container : undefined;
  return {
    id: domId(element.id),
    role: 'treeitem',
    'aria-label': `${element.operation.name}, ${element.operation.type || 'no type'}`,
    'aria-selected': selected,
    ...(open === undefined ? {} : { 'aria-expanded': open === 'open' }),
    ...(place === undefined
      ? {}
      : { 'aria-level': place.level, 'aria-posinset': place.position, 'aria-setsize': place.siblings }),
  };
}

const Operation = memo(function Operation({ data }: NodeProps<CanvasNode>): ReactElement | null {
  const { element, tree } = data;
  return element.kind === 'trigger' || element.kind === 'action' ? (
    <OperationNode element={element} place={tree} />
  ) : null;
});

function OperationNode(props: {
  readonly element: OperationElement;
  readonly place: TreePlace | undefined;
}): ReactElement {
  const { element, place } = props;
  const classes = useStateClasses(element);
  const selected = useDesignerState((state) => state.selected === element.id);
  return (
    <div className={`operation ${element.kind} ${classes}`} {...treeAttributes(element, place, selected)}>
      <OperationCard element={element} />
      <AddAfterButton element={element} />
      <LineEnds drawable={element.kind === 'action'} />
    </div>
  );
}

const Container = memo(function Container({ data }: NodeProps<CanvasNode>): ReactElement | null {
  const { element, tree } = data;
  return element.kind === 'action' ? <ContainerNode element={element} place={tree} /> : null;
});

function ContainerNode(props: {
  readonly element: ActionElement;
  readonly place: TreePlace | undefined;
}): ReactElement {
  const { element, place } = props;
  const classes = useStateClasses(element);
  const selected = useDesignerState((state) => state.selected === element.id);
  return (
    <div className={`operation container ${classes}`} {...treeAttributes(element, place, selected)}>
      <OperationCard element={element} />
      {element.lanes.map(({ id, box, scope }) => (
        <div
          key={id}
          className={`lane lane-${scope.role}${element.lanes.length === 1 ? ' lane-single' : ''}`}
          style={{
            left: box.x - element.box.x,
            top: box.y - element.box.y,
            width: box.width,
            height: box.height,
          }}
        />
      ))}
      <AddAfterButton element={element} />
      <LineEnds drawable={element.kind === 'action'} />
    </div>
  );
}

const Start = memo(function Start({ data }: NodeProps<CanvasNode>): ReactElement | null {
  return data.element.kind === 'start' ? <StartNode element={data.element} /> : null;
});

function StartNode({ element }: { readonly element: StartElement }): ReactElement {
  return (
    <>
      <StartMark element={element} />
      <LineEnds />
    </>
  );
}

function StartMark({ element }: { readonly element: StartElement }): ReactElement {
  if (element.scope.role === 'root') return <NoTrigger />;
  if (element.label === undefined) return <div className="lane-dot" />;
  return (
    <div className={`lane-label lane-label-${element.scope.role}`} title={element.label}>
      <span>{displayName(element.label)}</span>
    </div>
  );
}

const Empty = memo(function Empty({ data }: NodeProps<CanvasNode>): ReactElement | null {
  return data.element.kind === 'empty' ? <EmptyNode element={data.element} /> : null;
});

function EmptyNode({ element }: { readonly element: EmptyElement }): ReactElement {
  return (
    <>
      <EmptyLaneButton scope={element.scope} />
      <LineEnds />
    </>
  );
}

export const nodeTypes = { operation: Operation, container: Container, start: Start, empty: Empty };
