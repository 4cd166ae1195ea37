/** Which step of a workflow a line of its text stands for: a breakpoint's place. Pure. */
import type { ProjectDocument } from '../../language/project/document';
import type { JsonNode } from '../../language/json/tree';
import type { Operation, Scope, Workflow } from '../../language/workflow/model';
import { expressionPlaces } from '../../runtime/host/debug/expressionPlaces';

/** Where the runtime holds. */
export interface Target {
  readonly role: 'trigger' | 'action';
  readonly operation: string;
  readonly moment: 'before' | 'after';
  /** The property whose expression is about to be evaluated, from the operation's own node on. */
  readonly property?: readonly (string | number)[];
}

/** Lines are zero-based. */
export interface Placement {
  /** More than one for a branch that begins with several actions. */
  readonly targets: readonly Target[];
  /** The line the breakpoint moves to: the operation's name, its closing brace, a property with an expression, a branch. */
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
  readonly scopes: readonly Scope[];
}

/**
 * The step that a line belongs to. The line of a closing brace stands for the moment after the operation, one with an expression for
 * the moment before that is evaluated, one that opens a branch for the branch's beginning; every other line of an operation stands for
 * the moment before it. Between operations the next one counts.
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
  if (innermost !== undefined) return within(document, innermost, line);
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
  const all = [
    ...extents.map(before),
    ...extents.map(after),
    ...extents.flatMap((each) => properties(document, each)),
    ...extents.flatMap((each) => each.scopes.flatMap((scope) => branch(document, each, scope) ?? [])),
  ];
  for (const placement of all) {
    const { line } = placement;
    if (line >= firstLine && line <= lastLine && !found.has(line)) found.set(line, placement);
  }
  return [...found.values()].sort((one, other) => one.line - other.line);
}

function within(document: ProjectDocument, extent: Extent, line: number): Placement | Misplacement {
  if (line === extent.last) return after(extent);
  const opened = extent.scopes.find((scope) => branchLine(document, extent, scope) === line);
  if (opened !== undefined) {
    return branch(document, extent, opened) ?? { reason: 'This branch has no actions: there is nothing to stop at.' };
  }
  const places = properties(document, extent);
  const own = places.find((each) => each.line === line);
  if (own !== undefined) return own;
  // A property that goes over several lines stands for the first expression in it.
  const range = propertyOpenedOn(document, extent.operation.node, line);
  const first = range && places.find((each) => each.line > range.first && each.line <= range.last);
  return first ?? before(extent);
}

function extentsOf({ lines, text }: ProjectDocument, workflow: Workflow): Extent[] {
  const extent = (operation: Operation, role: 'trigger' | 'action', scopes: readonly Scope[]): Extent => {
    const { property } = operation;
    const first = lines.positionAt(property.key.start).line;
    const last = lines.positionAt(Math.max(property.start, property.end - 1)).line;
    return { operation, role, first, last, closed: text[property.end - 1] === '}', scopes };
  };
  return [
    ...workflow.triggers.map((each) => extent(each, 'trigger', [])),
    ...workflow.actions.map((each) => extent(each, 'action', each.scopes)),
  ];
}

function before({ operation, role, first }: Extent): Placement {
  return { targets: [{ role, operation: operation.name, moment: 'before' }], line: first };
}

/** An operation in one line has only its beginning. */
function after(extent: Extent): Placement {
  const { operation, role, first, last, closed } = extent;
  if (first === last || !closed) return before(extent);
  return { targets: [{ role, operation: operation.name, moment: 'after' }], line: last };
}

/** The properties with expressions that begin below the name, one for each line. */
function properties({ lines }: ProjectDocument, { operation, role, first, last }: Extent): Placement[] {
  // A trigger's own expressions have been evaluated when its run begins.
  if (role === 'trigger') return [];
  const found = new Map<number, Placement>();
  for (const { node, path } of expressionPlaces(operation.node, operation.type)) {
    const { line } = lines.positionAt(node.start);
    if (line <= first || line >= last || found.has(line)) continue;
    found.set(line, { targets: [{ role, operation: operation.name, moment: 'before', property: path }], line });
  }
  return [...found.values()];
}

/** Undefined when the branch is empty. */
function branch(document: ProjectDocument, extent: Extent, scope: Scope): Placement | undefined {
  const line = branchLine(document, extent, scope);
  const starts = scope.actions.filter((each) => each.runAfter.length === 0);
  if (line === undefined || starts.length === 0) return undefined;
  return { targets: starts.map(({ name }) => ({ role: 'action', operation: name, moment: 'before' })), line };
}

/** The line that opens a branch: `"else": {`, a case, or the `"actions": {` of what has only one. */
function branchLine({ lines }: ProjectDocument, { operation, first }: Extent, scope: Scope): number | undefined {
  const { holder, node } = scope;
  const opening = holder === undefined || holder === operation.node ? node : holder;
  const line = opening && lines.positionAt(opening.start).line;
  return line === undefined || line <= first ? undefined : line;
}

interface Lines {
  readonly first: number;
  readonly last: number;
}

function propertyOpenedOn(document: ProjectDocument, node: JsonNode | undefined, line: number): Lines | undefined {
  const { lines } = document;
  const children = node?.kind === 'object' ? node.properties : node?.kind === 'array' ? node.items : [];
  for (const child of children) {
    const first = lines.positionAt(child.start).line;
    const last = lines.positionAt(Math.max(child.start, child.end - 1)).line;
    if (first === line && last > line) return { first, last };
    const deeper = 'kind' in child ? child : child.value;
    if (first < line && line < last) return propertyOpenedOn(document, deeper, line);
  }
  return undefined;
}

function isBetween({ lines }: ProjectDocument, workflow: Workflow, line: number): boolean {
  const groups = workflow.definition.properties.filter(
    ({ key }) => key.value === 'triggers' || key.value === 'actions',
  );
  return groups.some((group) => lines.positionAt(group.start).line <= line && line <= lines.positionAt(group.end).line);
}
