/** Which step of a workflow a line of its text stands for: a breakpoint's place. Pure. */
import type { ProjectDocument } from '../../language/project/document';
import type { Operation, Workflow } from '../../language/workflow/model';

/** Lines are zero-based. */
export interface Placement {
  readonly role: 'trigger' | 'action';
  readonly operation: string;
  readonly moment: 'before' | 'after';
  /** The line the breakpoint moves to: the operation's name, or its closing brace. */
  readonly line: number;
}

export interface Misplacement {
  /** Why nothing can stop here, for the user. */
  readonly reason: string;
}

interface Extent {
  readonly operation: Operation;
  readonly role: 'trigger' | 'action';
  readonly first: number;
  readonly last: number;
  /** False while its closing brace has not been typed. */
  readonly closed: boolean;
}

/**
 * The step that a line belongs to. The line of a closing brace stands for the moment after the action; every other line of an
 * operation for the moment before it. Between operations the next one counts.
 */
export function placementAt(document: ProjectDocument, line: number): Placement | Misplacement {
  const { workflow } = document;
  if (workflow === undefined) return { reason: document.problems[0]?.message ?? 'The file holds no workflow.' };
  const extents = extentsOf(document, workflow);
  const starting = extents.find((each) => each.first === line);
  if (starting !== undefined) return before(starting);
  const around = extents.filter((each) => each.first <= line && line <= each.last);
  // The innermost: nothing begins later.
  const innermost = around.reduce<Extent | undefined>(
    (best, each) => (best === undefined || each.first >= best.first ? each : best),
    undefined,
  );
  if (innermost !== undefined) return line === innermost.last ? after(innermost) : before(innermost);
  const next = extents.filter((each) => each.first > line).sort((one, other) => one.first - other.first)[0];
  if (next !== undefined && isBetween(document, workflow, line)) return before(next);
  return { reason: 'A breakpoint belongs on a trigger or an action, and this line is in neither.' };
}

/** Every line between two (both included) that a breakpoint can stay on, in order. */
export function placementsIn(document: ProjectDocument, firstLine: number, lastLine: number): Placement[] {
  const { workflow } = document;
  if (workflow === undefined) return [];
  const found = new Map<number, Placement>();
  const extents = extentsOf(document, workflow);
  for (const placement of [...extents.map(before), ...extents.map(after)]) {
    const { line } = placement;
    if (line >= firstLine && line <= lastLine && !found.has(line)) found.set(line, placement);
  }
  return [...found.values()].sort((one, other) => one.line - other.line);
}

function extentsOf({ lines, text }: ProjectDocument, workflow: Workflow): Extent[] {
  return [...workflow.triggers, ...workflow.actions].map((operation) => {
    const { property } = operation;
    const first = lines.positionAt(property.key.start).line;
    const last = lines.positionAt(Math.max(property.start, property.end - 1)).line;
    const closed = text[property.end - 1] === '}';
    return { operation, role: operation.role, first, last, closed };
  });
}

function before({ operation, role, first }: Extent): Placement {
  return { role, operation: operation.name, moment: 'before', line: first };
}

/** A trigger is held with its outputs at hand, once: there is no second moment. An operation in one line has only its beginning. */
function after(extent: Extent): Placement {
  const { operation, role, first, last, closed } = extent;
  return role === 'trigger' || first === last || !closed
    ? before(extent)
    : { role, operation: operation.name, moment: 'after', line: last };
}

function isBetween({ lines }: ProjectDocument, workflow: Workflow, line: number): boolean {
  const groups = workflow.definition.properties.filter(
    ({ key }) => key.value === 'triggers' || key.value === 'actions',
  );
  return groups.some((group) => lines.positionAt(group.start).line <= line && line <= lines.positionAt(group.end).line);
}
