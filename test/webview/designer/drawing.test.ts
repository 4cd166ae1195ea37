import { describe, expect, it } from 'vitest';
import { readWorkflow } from '../../../language/workflow/read';
import { draw } from '../../../webview/designer/canvas/drawing';
import type { Drawing, DrawnElement } from '../../../webview/designer/canvas/drawing';
import type { Box } from '../../../webview/designer/layout/model';
import { corpusIsHere, corpusWorkflows } from './corpus';

const drawText = (text: string, collapsed: readonly string[] = []): Drawing => {
  const { workflow } = readWorkflow(text);
  if (workflow === undefined) throw new Error('no workflow');
  return draw(workflow, new Set(collapsed));
};
const drawActions = (actions: unknown, collapsed: readonly string[] = []): Drawing =>
  drawText(JSON.stringify({ definition: { triggers: { manual: { type: 'Request' } }, actions } }), collapsed);

const named = (drawing: Drawing, name: string): DrawnElement => {
  const found = drawing.elements.find(
    (each) => (each.kind === 'action' || each.kind === 'trigger') && each.operation.name === name,
  );
  if (found === undefined) throw new Error(`${name} is not drawn`);
  return found;
};
const boxOf = (drawing: Drawing, name: string): Box => named(drawing, name).box;
const centre = (box: Box): number => box.x + box.width / 2;
const bottom = (box: Box): number => box.y + box.height;
const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const within = (outer: Box, inner: Box): boolean =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  inner.x + inner.width <= outer.x + outer.width + 0.01 &&
  bottom(inner) <= bottom(outer) + 0.01;

/** What must hold of every drawing; returns complaints. */
function faults(drawing: Drawing, actions: number): string[] {
  const found: string[] = [];
  const boxes = drawing.elements;
  const drawn = boxes.filter((each) => each.kind === 'action').length;
  if (drawn !== actions) found.push(`${drawn} of ${actions} actions are drawn`);
  if (new Set(boxes.map((each) => each.id)).size !== boxes.length) found.push('ids repeat');
  for (const each of boxes) {
    if (!within({ x: 0, y: 0, ...drawing.size }, each.box)) found.push(`${each.id} lies outside`);
    if (each.kind === 'action') {
      for (const lane of each.lanes) if (!within(each.box, lane.box)) found.push(`${lane.id} leaves its container`);
      each.lanes.forEach((lane, index) => {
        if (each.lanes.slice(index + 1).some((other) => overlap(lane.box, other.box)))
          found.push(`${lane.id} overlaps`);
      });
    }
  }
  const sorted = [...boxes].sort((a, b) => a.box.y - b.box.y);
  sorted.forEach((a, index) => {
    for (let i = index + 1; i < sorted.length; i++) {
      const b = sorted[i];
      if (b === undefined || b.box.y >= bottom(a.box)) break;
      if (!overlap(a.box, b.box)) continue;
      const nested = a.depth < b.depth ? within(a.box, b.box) : b.depth < a.depth && within(b.box, a.box);
      if (!nested) found.push(`${a.id} and ${b.id} overlap`);
    }
  });
  for (const line of drawing.lines) {
    const from = drawing.byId.get(line.from)?.box;
    const to = drawing.byId.get(line.to)?.box;
    const first = line.route.points[0];
    const last = line.route.points.at(-1);
    if (from === undefined || to === undefined || first === undefined || last === undefined) {
      found.push(`${line.id} has no ends`);
    } else if (!line.route.closesCycle && (bottom(from) > to.y || first.y !== bottom(from) || last.y !== to.y)) {
      found.push(`${line.id} does not run down from edge to edge`);
    }
  }
  return found;
}

describe('drawing a workflow', () => {
  it('puts the trigger on top and a chain exactly below it', () => {
    const drawing = drawActions({
      A: { type: 'Compose' },
      B: { type: 'Compose', runAfter: { A: ['Succeeded'] } },
    });
    expect(faults(drawing, 2)).toEqual([]);
    const [trigger, a, b] = [boxOf(drawing, 'manual'), boxOf(drawing, 'A'), boxOf(drawing, 'B')];
    expect([centre(a), centre(b)]).toEqual([centre(trigger), centre(trigger)]);
    expect(bottom(trigger)).toBeLessThan(a.y);
    expect(bottom(a)).toBeLessThan(b.y);
  });

  it('puts parallel branches side by side in document order, and the join below and between', () => {
    const drawing = drawActions({
      Start: { type: 'Compose' },
      Left: { type: 'Compose', runAfter: { Start: ['Succeeded'] } },
      Right: { type: 'Compose', runAfter: { Start: ['Succeeded'] } },
      Right2: { type: 'Compose', runAfter: { Right: ['Succeeded'] } },
      Join: { type: 'Compose', runAfter: { Left: ['Succeeded'], Right2: ['Failed', 'Skipped'] } },
    });
    expect(faults(drawing, 5)).toEqual([]);
    const [left, right, join] = [boxOf(drawing, 'Left'), boxOf(drawing, 'Right'), boxOf(drawing, 'Join')];
    expect(left.y).toBe(right.y);
    expect(left.x + left.width).toBeLessThan(right.x);
    expect(centre(boxOf(drawing, 'Right2'))).toBe(centre(right));
    expect(centre(join)).toBeCloseTo((centre(left) + centre(right)) / 2, 0);
    const failed = drawing.lines.find(
      (line) => line.to === named(drawing, 'Join').id && line.runAfter?.name === 'Right2',
    );
    expect(failed?.runAfter?.statuses).toEqual(['Failed', 'Skipped']);
  });

  it('draws both sides of a condition, named True and False, also when they are empty', () => {
    const drawing = drawActions({ Check: { type: 'If', expression: {}, actions: { Yes: { type: 'Compose' } } } });
    expect(faults(drawing, 2)).toEqual([]);
    expect(drawing.elements.flatMap((each) => (each.kind === 'start' ? [each.label] : []))).toEqual(['True', 'False']);
    expect(drawing.elements.filter((each) => each.kind === 'empty')).toHaveLength(1);
    expect(within(boxOf(drawing, 'Check'), boxOf(drawing, 'Yes'))).toBe(true);
  });

  it('draws a switch with a lane for each case and the default', () => {
    const drawing = drawActions({
      Route: {
        type: 'Switch',
        cases: { One: { case: 1, actions: { A: { type: 'Compose' } } }, Two: { case: 2, actions: {} } },
        default: { actions: { B: { type: 'Compose' } } },
      },
    });
    expect(faults(drawing, 3)).toEqual([]);
    const route = named(drawing, 'Route');
    expect(route.kind === 'action' ? route.lanes.map((lane) => lane.scope.role) : []).toEqual([
      'case',
      'case',
      'default',
    ]);
  });

  it('collapses a container to a card and leaves out what is inside', () => {
    const actions = { Loop: { type: 'Foreach', actions: { A: { type: 'Compose' }, B: { type: 'Compose' } } } };
    const drawing = drawActions(actions, ['/definition/actions/Loop']);
    const loop = named(drawing, 'Loop');
    expect(loop.kind === 'action' ? loop.container : '').toBe('collapsed');
    expect(drawing.elements).toHaveLength(2);
  });

  it('draws duplicate names, unknown types and actions that are no objects', () => {
    const drawing = drawText(
      '{"definition":{"triggers":{"t":{"type":"Odd"}},"actions":{"A":{"type":"Compose"},"A":{"type":"Nobody knows"},"B":3}}}',
    );
    expect(faults(drawing, 3)).toEqual([]);
  });

  it('draws cycles, an action that runs after itself, and one that runs after nobody known', () => {
    const drawing = drawActions({
      A: { type: 'Compose', runAfter: { C: ['Succeeded'] } },
      B: { type: 'Compose', runAfter: { A: ['Succeeded'] } },
      C: { type: 'Compose', runAfter: { B: ['Succeeded'] } },
      Self: { type: 'Compose', runAfter: { Self: ['Succeeded'] } },
      Lost: { type: 'Compose', runAfter: { Nobody: ['Succeeded'] } },
    });
    expect(faults(drawing, 5)).toEqual([]);
    expect(drawing.lines.filter((line) => line.route.closesCycle)).toHaveLength(2);
    const lost = named(drawing, 'Lost');
    expect(lost.kind === 'action' ? lost.missing : []).toEqual(['Nobody']);
  });

  it('says where to add a trigger when there is none, and an action when there is none', () => {
    const drawing = drawText('{"definition":{"triggers":{},"actions":{}}}');
    expect(drawing.elements.map((each) => each.kind)).toEqual(['start', 'empty']);
  });

  it('leads a long line past the actions between', () => {
    const drawing = drawActions({
      A: { type: 'Compose' },
      B: { type: 'Compose', runAfter: { A: ['Succeeded'] } },
      C: { type: 'Compose', runAfter: { B: ['Succeeded'], A: ['Failed'] } },
    });
    const b = boxOf(drawing, 'B');
    const long = drawing.lines.find((line) => line.from.endsWith('/A') && line.to.endsWith('/C'));
    const beside = long?.route.points.filter((point) => point.y > b.y && point.y < bottom(b)) ?? [];
    expect(long?.route.points.length).toBeGreaterThan(2);
    for (const point of beside) expect(point.x < b.x || point.x > b.x + b.width).toBe(true);
  });

  it.skipIf(!corpusIsHere)(
    'draws every workflow of the corpus: each action once, no overlaps, lines from edge to edge',
    () => {
      const complaints: string[] = [];
      let drawn = 0;
      for (const { file, text } of corpusWorkflows()) {
        const { workflow } = readWorkflow(text);
        if (workflow === undefined) continue;
        drawn++;
        complaints.push(
          ...faults(draw(workflow, new Set()), workflow.actions.length).map((fault) => `${file}: ${fault}`),
        );
      }
      expect(drawn).toBeGreaterThan(300);
      expect(complaints).toEqual([]);
    },
  );
});
