/** The canvas: binds the drawing to React Flow, keeps the selected node in view, and is a tree to keyboard and screen reader. */
import { Background, ConnectionLineType, MiniMap, ReactFlow, useReactFlow, useStore } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { useDesigner, useDesignerState } from '../context';
import type { Designer } from '../designer';
import { edgeTypes } from '../edges/line';
import { handleClipboard } from '../gestures/clipboard';
import { handleCanvasKey } from '../gestures/keys';
import { addRunAfter, mayRunAfter } from '../gestures/runAfter';
import { OperationMenu } from '../gestures/menu';
import type { MenuPlace } from '../gestures/menu';
import { domId, nodeTypes } from '../nodes/nodes';
import type { CanvasNode } from '../nodes/nodes';
import { describe } from '../nodes/describe';
import type { Drawing, DrawnElement } from './drawing';
import { firstOperation } from './navigation';
import { isOperation } from './places';
import { toEdges, toNodes } from './toFlow';

/** Room kept free around a node that is brought into view. */
const MARGIN = 40;

export function Canvas({ drawing, mapShown }: { readonly drawing: Drawing; readonly mapShown: boolean }): ReactElement {
  const designer = useDesigner();
  const nodes = useMemo(() => toNodes(drawing), [drawing]);
  const edges = useMemo(() => toEdges(drawing), [drawing]);
  const selected = useDesignerState((state) => state.selected);
  const name = useDesignerState((state) => state.fileName);
  const canvas = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // React Flow calls its element an application, which would hide the tree's items from screen readers.
    canvas.current?.querySelector('.react-flow')?.setAttribute('role', 'presentation');
  }, []);
  const [menu, setMenu] = useState<MenuPlace>();
  const [drawingLine, setDrawingLine] = useState(false);
  const closeMenu = useCallback(() => setMenu(undefined), []);
  const paused = usePausedElement(designer, drawing);
  useFirstView(designer, drawing);
  useInView(drawing, selected);
  useInView(drawing, paused);
  useEffect(() => {
    const onClipboard = (event: ClipboardEvent): void => {
      if (document.activeElement === canvas.current && handleClipboard(designer, event)) event.preventDefault();
    };
    const types = ['copy', 'cut', 'paste'] as const;
    for (const type of types) document.addEventListener(type, onClipboard);
    return () => {
      for (const type of types) document.removeEventListener(type, onClipboard);
    };
  }, [designer]);

  const openMenu = (element: DrawnElement | undefined, x: number, y: number): void => {
    if (!isOperation(element)) return;
    canvas.current?.focus({ preventScroll: true });
    designer.select(element.id, 'keep');
    setMenu({ element, x, y });
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== canvas.current) return;
    if (handleCanvasKey(designer, event)) {
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'Enter') requestAnimationFrame(focusPanel);
    }
  };
  return (
    <div
      ref={canvas}
      id="canvas"
      className={drawingLine ? 'canvas is-drawing' : 'canvas'}
      role="tree"
      tabIndex={0}
      aria-label={`Workflow ${name}: arrow keys move between actions, Enter opens the details`}
      {...(selected === undefined ? {} : { 'aria-activedescendant': domId(selected) })}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        event.preventDefault();
        // The menu key, not the mouse.
        if (event.target !== canvas.current || selected === undefined) return;
        const box = document.getElementById(domId(selected))?.getBoundingClientRect();
        openMenu(drawing.byId.get(selected), (box?.left ?? 0) + 40, (box?.top ?? 0) + 40);
      }}
    >
      <ReactFlow<CanvasNode, ReturnType<typeof toEdges>[number]>
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        nodesDraggable={false}
        connectionLineType={ConnectionLineType.SmoothStep}
        isValidConnection={({ source, target }) => mayRunAfter(drawing.byId.get(target), drawing.byId.get(source))}
        onConnectStart={() => setDrawingLine(true)}
        onConnectEnd={() => setDrawingLine(false)}
        onConnect={({ source, target }) => addRunAfter(designer, drawing.byId.get(target), drawing.byId.get(source))}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        onlyRenderVisibleElements
        zIndexMode="manual"
        panOnScroll
        zoomOnDoubleClick={false}
        minZoom={0.05}
        maxZoom={2}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={null}
        panActivationKeyCode={null}
        disableKeyboardA11y
        proOptions={{ hideAttribution: true }}
        onMoveEnd={(_, viewport) => designer.keepViewport(viewport)}
        onNodeClick={(_, node) => {
          canvas.current?.focus({ preventScroll: true });
          if (isOperation(node.data.element)) designer.select(node.id, 'open');
        }}
        onNodeDoubleClick={(_, node) => {
          const { element } = node.data;
          if (isOperation(element)) designer.reveal(element.operation.property.key);
        }}
        onNodeContextMenu={(event, node) => openMenu(node.data.element, event.clientX, event.clientY)}
        onPaneClick={() => {
          canvas.current?.focus({ preventScroll: true });
          designer.closePanel();
        }}
      >
        <Background gap={24} size={1} />
        {mapShown ? (
          <MiniMap
            pannable
            zoomable
            ariaLabel="Overview"
            nodeClassName={mapClass}
            nodeBorderRadius={6}
            style={{ width: 168, height: 126 }}
          />
        ) : null}
      </ReactFlow>
      {menu === undefined ? null : <OperationMenu place={menu} onClose={closeMenu} />}
    </div>
  );
}

/** Enter leads into the panel, so that screen readers begin to read it; a click leaves the focus on the canvas. */
function focusPanel(): void {
  const heading = document.querySelector('.panel h2');
  if (heading instanceof HTMLElement) heading.focus();
}

function mapClass({ data }: CanvasNode): string {
  const { element } = data;
  if (!isOperation(element)) return 'map-other';
  if (element.kind === 'action' && element.container === 'open') return 'map-container';
  return `map-card category-${describe(element.operation, element.operation.role).category}`;
}

/** Shows the whole of a small workflow, or the top of a large one, once; or what was seen when the designer was last in front. */
function useFirstView(designer: Designer, drawing: Drawing): void {
  const flow = useReactFlow();
  const width = useStore((store) => store.width);
  const height = useStore((store) => store.height);
  const placed = useRef(false);
  useEffect(() => {
    if (placed.current || width === 0 || height === 0) return;
    placed.current = true;
    if (designer.viewport !== undefined) {
      void flow.setViewport(designer.viewport);
      return;
    }
    const zoom = Math.min(1, Math.max(0.6, (width - 2 * MARGIN) / drawing.size.width));
    const whole = drawing.size.height * zoom + 2 * MARGIN <= height;
    const trigger = drawing.elements[0]?.box;
    const centre = trigger === undefined ? drawing.size.width / 2 : trigger.x + trigger.width / 2;
    const fits = drawing.size.width * zoom + 2 * MARGIN <= width;
    void flow.setViewport({
      x: width / 2 - (fits ? drawing.size.width / 2 : centre) * zoom,
      y: whole ? (height - drawing.size.height * zoom) / 3 : MARGIN,
      zoom,
    });
  }, [designer, drawing, flow, width, height]);
}

/** The id of what a debugger holds; the containers around it are opened, so that it is drawn. */
function usePausedElement(designer: Designer, drawing: Drawing): string | undefined {
  const paused = useDesignerState((state) => state.run?.paused);
  const name = paused?.role === 'action' ? paused.action : undefined;
  const path = designer.workflow?.actions.find((action) => action.name === name)?.path;
  useEffect(() => {
    if (path !== undefined) designer.uncover(path);
  }, [designer, path]);
  return paused?.role === 'trigger' ? firstOperation(drawing) : path;
}

/** Brings an element into view when it is named, when it is first drawn, and when the canvas changes its size. */
function useInView(drawing: Drawing, id: string | undefined): void {
  const flow = useReactFlow();
  const width = useStore((store) => store.width);
  const height = useStore((store) => store.height);
  const box = id === undefined ? undefined : drawing.byId.get(id)?.box;
  const isDrawn = box !== undefined;
  useEffect(() => {
    if (box === undefined || width === 0) return;
    const { x, y, zoom } = flow.getViewport();
    const left = box.x * zoom + x;
    const top = box.y * zoom + y;
    const right = left + box.width * zoom;
    // Of an open container the header is what has to be seen.
    const bottom = top + Math.min(box.height, 120) * zoom;
    const dx = right + MARGIN > width ? width - right - MARGIN : 0;
    const dy = bottom + MARGIN > height ? height - bottom - MARGIN : 0;
    const moved = { x: Math.max(left + dx, MARGIN) - left, y: Math.max(top + dy, MARGIN) - top };
    if (left >= 0 && top >= 0 && right <= width && bottom <= height) return;
    void flow.setViewport({ x: x + moved.x, y: y + moved.y, zoom }, { duration: motionAllowed() ? 150 : 0 });
    // Only a newly named element moves the view, not every new drawing of the same one.
  }, [id, isDrawn, width, height]);
}

function motionAllowed(): boolean {
  return !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
