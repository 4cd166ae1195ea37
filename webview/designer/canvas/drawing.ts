/**
 * From the workflow to what the canvas shows: one element for each trigger, action, lane start and empty lane, and one line for
 * each runAfter entry, with boxes and routes from the layout. Pure; React only binds it.
 */
import type { Action, RunAfter, Scope, Trigger, Workflow } from '../../../language/workflow/model';
import { layOut } from '../layout/layout';
import type { Box, GroupItem, Lane, LayoutItem, Link, Route, Size } from '../layout/model';
import { cardSize, dotSize, emptyLaneSize, headerSize, laneLabelSize, noTriggerSize } from './sizes';

interface ElementBase {
  /** Unique in the drawing; stable as long as the element's JSON path is. */
  readonly id: string;
  readonly box: Box;
  /** Nesting depth; 0 for the root. */
  readonly depth: number;
}

export interface TriggerElement extends ElementBase {
  readonly kind: 'trigger';
  readonly operation: Trigger;
}

export interface ActionElement extends ElementBase {
  readonly kind: 'action';
  readonly operation: Action;
  /** Open containers show their lanes; `undefined` for an action without nested scopes. */
  readonly container: 'open' | 'collapsed' | undefined;
  readonly lanes: readonly LaneFrame[];
  /** Names in runAfter that are no siblings. */
  readonly missing: readonly string[];
}

/** Where a lane begins, or the sign that the workflow has no trigger. */
export interface StartElement extends ElementBase {
  readonly kind: 'start';
  readonly scope: Scope;
  readonly label: string | undefined;
}

/** A lane without actions. */
export interface EmptyElement extends ElementBase {
  readonly kind: 'empty';
  readonly scope: Scope;
}

export type DrawnElement = TriggerElement | ActionElement | StartElement | EmptyElement;

export interface LaneFrame {
  readonly id: string;
  readonly scope: Scope;
  readonly box: Box;
}

export interface DrawnLine {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Missing for a line from the trigger or a lane's start. */
  readonly runAfter: RunAfter | undefined;
  readonly route: Route;
  readonly depth: number;
}

export interface Drawing {
  readonly elements: readonly DrawnElement[];
  readonly byId: ReadonlyMap<string, DrawnElement>;
  readonly lines: readonly DrawnLine[];
  readonly size: Size;
}

/** Draws a workflow; `collapsed` holds the ids of the containers to show closed. */
export function draw(workflow: Workflow, collapsed: ReadonlySet<string>): Drawing {
  const drafts = new Drafts(collapsed);
  const root = drafts.root(workflow);
  const { boxes, routes, size } = layOut(root);
  const elements = drafts.elements.flatMap((draft): DrawnElement[] => {
    const box = boxes.get(draft.id);
    if (box === undefined) return [];
    if (draft.kind !== 'action') return [{ ...draft, box }];
    const lanes = draft.lanes.flatMap((lane): LaneFrame[] => {
      const laneBox = boxes.get(lane.id);
      return laneBox === undefined ? [] : [{ ...lane, box: laneBox }];
    });
    return [{ ...draft, box, lanes }];
  });
  return {
    elements,
    byId: new Map(elements.map((element) => [element.id, element])),
    lines: drafts.lines.flatMap((line) => {
      const route = routes.get(line.id);
      return route === undefined ? [] : [{ ...line, route }];
    }),
    size,
  };
}

/** True for an action that is shown as a container, even when it is empty. */
export function isContainer(action: Action): boolean {
  return action.scopes.length > 0;
}

/** The name a lane shows: True, False, the case, Default, the tool. */
export function laneLabel(scope: Scope): string | undefined {
  switch (scope.role) {
    case 'actions':
      return scope.owner?.type === 'If' ? 'True' : undefined;
    case 'else':
      return 'False';
    case 'case':
    case 'tool':
      return scope.name;
    case 'default':
      return 'Default';
    case 'root':
      return undefined;
  }
}

type Unplaced<T> = T extends unknown ? Omit<T, 'box' | 'lanes'> : never;
type LaneDraft = Omit<LaneFrame, 'box'>;
type Draft = Exclude<Unplaced<DrawnElement>, { kind: 'action' }> | (Unplaced<ActionElement> & { lanes: LaneDraft[] });

class Drafts {
  readonly elements: Draft[] = [];
  readonly lines: Omit<DrawnLine, 'route'>[] = [];
  readonly #collapsed: ReadonlySet<string>;
  readonly #ids = new Map<string, number>();

  constructor(collapsed: ReadonlySet<string>) {
    this.#collapsed = collapsed;
  }

  root(workflow: Workflow): Lane {
    const starts: LayoutItem[] = workflow.triggers.map((trigger) => {
      const id = this.#id(trigger.path);
      this.elements.push({ kind: 'trigger', id, depth: 0, operation: trigger });
      return { kind: 'leaf', id, size: cardSize };
    });
    if (starts.length === 0) {
      const id = `${workflow.path}/triggers`;
      this.elements.push({ kind: 'start', id, depth: 0, scope: workflow.scope, label: undefined });
      starts.push({ kind: 'leaf', id, size: noTriggerSize });
    }
    return this.#lane(workflow.scope, 'root', starts, 0);
  }

  /** Two members of the same name have the same JSON pointer: the later ones get a number. */
  #id(path: string): string {
    const count = this.#ids.get(path) ?? 0;
    this.#ids.set(path, count + 1);
    return count === 0 ? path : `${path}#${count + 1}`;
  }

  #lane(scope: Scope, id: string, starts: readonly LayoutItem[], depth: number): Lane {
    const items: LayoutItem[] = [...starts];
    const links: Link[] = [];
    const link = (from: string, to: string, runAfter: RunAfter | undefined): void => {
      const line = { id: `${from} > ${to}`, from, to, runAfter, depth };
      this.lines.push(line);
      links.push(line);
    };
    const names = new Set(scope.actions.map((action) => action.name.toLowerCase()));
    const placed = scope.actions.map((action) => ({ action, item: this.#action(action, names, depth) }));
    const byName = new Map<string, string>();
    // The platform takes the first of two actions with the same name as the one that is meant.
    for (const { action, item } of placed) {
      const key = action.name.toLowerCase();
      if (!byName.has(key)) byName.set(key, item.id);
    }
    for (const { action, item } of placed) {
      items.push(item);
      const before = new Map<string, RunAfter>();
      for (const entry of action.runAfter) {
        const from = byName.get(entry.name.toLowerCase());
        if (from !== undefined) before.set(from, entry);
      }
      for (const [from, entry] of before) link(from, item.id, entry);
      // Actions that only name missing ones would otherwise float beside the drawing.
      if (before.size === 0) for (const start of starts) link(start.id, item.id, undefined);
    }
    if (placed.length === 0) {
      const empty = `${id} empty`;
      this.elements.push({ kind: 'empty', id: empty, depth, scope });
      items.push({ kind: 'leaf', id: empty, size: emptyLaneSize });
      for (const start of starts) link(start.id, empty, undefined);
    }
    return { id, items, links };
  }

  #action(action: Action, siblings: ReadonlySet<string>, depth: number): LayoutItem {
    const id = this.#id(action.path);
    const container = !isContainer(action) ? undefined : this.#collapsed.has(id) ? 'collapsed' : 'open';
    const missing = action.runAfter
      .filter((entry) => !siblings.has(entry.name.toLowerCase()))
      .map((entry) => entry.name);
    const lanes: LaneDraft[] = [];
    this.elements.push({ kind: 'action', id, depth, operation: action, container, lanes, missing });
    if (container !== 'open') return { kind: 'leaf', id, size: cardSize };
    const group: GroupItem = {
      kind: 'group',
      id,
      header: headerSize,
      lanes: action.scopes.map((scope, index) => {
        const laneId = `${id} lane ${index}`;
        lanes.push({ id: laneId, scope });
        return this.#lane(scope, laneId, [this.#laneStart(scope, laneId, depth + 1)], depth + 1);
      }),
    };
    return group;
  }

  #laneStart(scope: Scope, laneId: string, depth: number): LayoutItem {
    const id = `${laneId} start`;
    const label = laneLabel(scope);
    this.elements.push({ kind: 'start', id, depth, scope, label });
    return { kind: 'leaf', id, size: label === undefined ? dotSize : laneLabelSize };
  }
}
