/** From the drawing to what React Flow takes: nodes and edges with fixed places, which React Flow takes as measured. */
import type { CanvasEdge } from '../edges/line';
import { nodeKind } from '../nodes/nodes';
import type { CanvasNode, TreePlace } from '../nodes/nodes';
import type { Drawing, DrawnElement } from './drawing';

export function toNodes(drawing: Drawing): CanvasNode[] {
  return drawing.elements.map((element): CanvasNode => {
    const { id, box, depth } = element;
    const { width, height } = box;
    return {
      id,
      type: nodeKind(element),
      position: { x: box.x, y: box.y },
      width,
      height,
      measured: { width, height },
      zIndex: depth * 2,
      data: { element, tree: treePlace(element, drawing) },
    };
  });
}

/** Lines lie over the container they are in and under the nodes they join. */
export function toEdges(drawing: Drawing): CanvasEdge[] {
  return drawing.lines.map((line) => ({
    id: line.id,
    type: 'line',
    source: line.from,
    target: line.to,
    zIndex: line.depth * 2 - 1,
    focusable: false,
    selectable: false,
    data: { line, zIndex: line.depth * 2 + 1 },
  }));
}

function treePlace(element: DrawnElement, { elements }: Drawing): TreePlace | undefined {
  if (element.kind === 'trigger') {
    const triggers = elements.filter((each) => each.kind === 'trigger');
    return { level: 1, position: triggers.indexOf(element) + 1, siblings: triggers.length };
  }
  if (element.kind !== 'action') return undefined;
  const { actions } = element.operation.scope;
  return { level: element.depth + 1, position: actions.indexOf(element.operation) + 1, siblings: actions.length };
}
