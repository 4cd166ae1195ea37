/**
 * The designer's state and its one transition function: messages from the extension and the user's gestures in, the next state out.
 * Pure; `designer.ts` holds the current state and talks to the channel.
 */
import type { FormField } from '../../language/catalog/form';
import type { Diagnostic } from '../../language/text/diagnostic';
import { LineIndex } from '../../language/text/range';
import type { Workflow } from '../../language/workflow/model';
import { readWorkflow } from '../../language/workflow/read';
import type { HostMessage, ShownBreakpoint, ShownProblem, StepValues } from '../protocol/messages';
import type { RunOverlay, StepOverlay } from '../protocol/run';
import { draw } from './canvas/drawing';
import type { Drawing } from './canvas/drawing';
import { elementAtOffset, elementsOfProblems } from './canvas/places';
import type { InsertPoint } from './gestures/insertPoint';

/** What there is to show. */
export type Subject =
  | { readonly kind: 'loading' }
  /** The text holds no workflow, and none was drawn before. */
  | { readonly kind: 'none'; readonly blank: boolean; readonly message: string }
  | {
      readonly kind: 'workflow';
      readonly workflow: Workflow;
      readonly drawing: Drawing;
      /** The version drawn; older than the document's while the text cannot be read. */
      readonly version: number;
      /** Why the text cannot be read at the moment, and in which line (from 1). */
      readonly trouble: { readonly message: string; readonly line: number } | undefined;
    };

export interface DesignerState {
  readonly fileName: string;
  readonly text: string;
  readonly version: number;
  readonly readOnly: boolean;
  readonly subject: Subject;
  readonly collapsed: ReadonlySet<string>;
  readonly selected: string | undefined;
  readonly panelOpen: boolean;
  readonly problems: readonly ShownProblem[];
  readonly problemsByElement: ReadonlyMap<string, readonly ShownProblem[]>;
  readonly breakpoints: readonly ShownBreakpoint[];
  readonly run: RunOverlay | undefined;
  readonly stepsByAction: ReadonlyMap<string, StepOverlay>;
  readonly stepValues: StepValues | undefined;
  /** What can be filled in, by `formKey`. */
  readonly forms: ReadonlyMap<string, readonly FormField[]>;
  /** A message that passes, such as a rejected edit. */
  readonly notice: string | undefined;
  /** Where the palette that is open will add something. */
  readonly insertAt: InsertPoint | undefined;
  readonly searchOpen: boolean;
  /** The panel shows the name as a field. */
  readonly renaming: boolean;
  /** After an edit of ours: what to select once the new text has come. */
  readonly selectNext: string | undefined;
}

export type DesignerEvent =
  | HostMessage
  | { readonly type: 'selected'; readonly id: string | undefined; readonly panel: 'open' | 'keep' }
  | { readonly type: 'panelClosed' }
  | { readonly type: 'collapseChanged'; readonly collapsed: ReadonlySet<string> }
  | { readonly type: 'selectNext'; readonly id: string }
  | { readonly type: 'paletteChanged'; readonly insertAt: InsertPoint | undefined }
  | { readonly type: 'searchChanged'; readonly open: boolean }
  | { readonly type: 'renaming'; readonly on: boolean }
  | { readonly type: 'noticeDismissed' };

export const initialState: DesignerState = {
  fileName: '',
  text: '',
  version: 0,
  readOnly: false,
  subject: { kind: 'loading' },
  collapsed: new Set(),
  selected: undefined,
  panelOpen: false,
  problems: [],
  problemsByElement: new Map(),
  breakpoints: [],
  run: undefined,
  stepsByAction: new Map(),
  stepValues: undefined,
  forms: new Map(),
  notice: undefined,
  insertAt: undefined,
  searchOpen: false,
  renaming: false,
  selectNext: undefined,
};

export function nextState(state: DesignerState, event: DesignerEvent): DesignerState {
  switch (event.type) {
    case 'document':
      return withDocument(state, event);
    case 'problems':
      return withProblems({ ...state, problems: event.problems });
    case 'breakpoints':
      return { ...state, breakpoints: event.breakpoints };
    case 'cursor': {
      if (state.subject.kind !== 'workflow' || event.version !== state.subject.version) return state;
      const id = elementAtOffset(state.subject.drawing, event.offset)?.id;
      return id === undefined || id === state.selected ? state : { ...state, selected: id };
    }
    case 'run':
      return {
        ...state,
        run: event.overlay ?? undefined,
        stepsByAction: new Map(event.overlay?.steps.map((step) => [step.action.toLowerCase(), step])),
        stepValues: event.overlay?.runId === state.run?.runId ? state.stepValues : undefined,
      };
    case 'stepValues':
      return { ...state, stepValues: event.values };
    case 'form':
      return { ...state, forms: new Map(state.forms).set(formKey(event.role, event.operationType), event.fields) };
    case 'editRejected':
      return { ...state, notice: event.message, selectNext: undefined };
    case 'selected':
      return {
        ...state,
        selected: event.id,
        renaming: state.renaming && event.id === state.selected,
        panelOpen: event.id !== undefined && (state.panelOpen || event.panel === 'open'),
      };
    case 'panelClosed':
      return { ...state, panelOpen: false, renaming: false };
    case 'collapseChanged':
      return withCollapsed(state, event.collapsed);
    case 'selectNext':
      return { ...state, selectNext: event.id };
    case 'paletteChanged':
      return { ...state, insertAt: event.insertAt, searchOpen: false };
    case 'searchChanged':
      return { ...state, searchOpen: event.open, insertAt: undefined };
    case 'renaming':
      return { ...state, renaming: event.on && state.selected !== undefined, panelOpen: state.panelOpen || event.on };
    case 'noticeDismissed':
      return { ...state, notice: undefined };
  }
}

/** The key of a type of operation among the forms. */
export function formKey(role: 'trigger' | 'action', type: string): string {
  return `${role} ${type.toLowerCase()}`;
}

/** True when the drawing shows the text as it is, so that edits of the drawing mean the right places. */
export function isEditable({ readOnly, subject }: DesignerState): boolean {
  return !readOnly && subject.kind === 'workflow' && subject.trouble === undefined;
}

function withDocument(state: DesignerState, event: Extract<HostMessage, { type: 'document' }>): DesignerState {
  const { text, version, fileName, readOnly } = event;
  const next = { ...state, text, version, fileName, readOnly };
  const { workflow, problems } = readWorkflow(text);
  const syntax = problems.find((problem) => problem.code === 'json-syntax');
  const broken = syntax !== undefined || workflow === undefined;
  if (broken && state.subject.kind === 'workflow' && text.trim() !== '') {
    // The last good drawing stays: half-typed text must not make the picture jump.
    const reason = syntax ?? problems[0];
    return { ...next, subject: { ...state.subject, trouble: reason && troubleOf(text, reason) } };
  }
  if (workflow === undefined) {
    const message = (syntax ?? problems.at(-1))?.message ?? 'This is no workflow.';
    const subject = { kind: 'none', blank: text.trim() === '', message } as const;
    return { ...next, subject, selected: undefined, panelOpen: false, problemsByElement: new Map() };
  }
  const drawing = draw(workflow, state.collapsed);
  const trouble = syntax && troubleOf(text, syntax);
  const wanted = state.selectNext ?? state.selected;
  const selected = wanted === undefined || drawing.byId.has(wanted) ? wanted : sameElement(state, drawing);
  return withProblems({
    ...next,
    subject: { kind: 'workflow', workflow, drawing, version, trouble },
    selected,
    selectNext: undefined,
    // Its place may no longer be what it was.
    insertAt: undefined,
    // What has just been added wants to be filled in.
    panelOpen: (state.panelOpen || state.selectNext !== undefined) && selected !== undefined,
  });
}

/** The selected element after it was renamed in the text: the one in its place, when nothing was added or removed. */
function sameElement({ subject, selected }: DesignerState, drawing: Drawing): string | undefined {
  if (subject.kind !== 'workflow') return undefined;
  const { elements } = subject.drawing;
  const index = elements.findIndex((element) => element.id === selected);
  return elements.length === drawing.elements.length ? drawing.elements[index]?.id : undefined;
}

function troubleOf(text: string, { message, range }: Diagnostic): { message: string; line: number } {
  return { message, line: new LineIndex(text).positionAt(range.start).line + 1 };
}

function withProblems(state: DesignerState): DesignerState {
  if (state.subject.kind !== 'workflow' || state.subject.trouble !== undefined) return state;
  return { ...state, problemsByElement: elementsOfProblems(state.subject.drawing, state.problems) };
}

function withCollapsed(state: DesignerState, collapsed: ReadonlySet<string>): DesignerState {
  if (state.subject.kind !== 'workflow') return { ...state, collapsed };
  const drawing = draw(state.subject.workflow, collapsed);
  let { selected } = state;
  // What has disappeared into a closed container is represented by the container.
  while (selected !== undefined && selected !== '' && !drawing.byId.has(selected)) {
    selected = selected.slice(0, selected.lastIndexOf('/'));
  }
  return withProblems({
    ...state,
    collapsed,
    subject: { ...state.subject, drawing },
    selected: selected === '' ? undefined : selected,
  });
}
