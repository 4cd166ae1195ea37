/**
 * The designer without its picture: holds the state, takes messages and gestures, and answers the extension. React components
 * read it through `useDesigner`.
 */
import { pointerOf } from '../../language/json/path';
import type { TextEdit } from '../../language/text/edit';
import type { Channel } from '../channel/channel';
import { isListOf, isNumber, isOptional, isShape, isString } from '../protocol/shape';
import type { Workflow } from '../../language/workflow/model';
import { isContainer } from './canvas/drawing';
import type { DrawnElement } from './canvas/drawing';
import { isOperation, rangeOf } from './canvas/places';
import type { OperationElement } from './canvas/places';
import type { InsertPoint } from './gestures/insertPoint';
import { formKey, initialState, isEditable, nextState } from './state';
import type { DesignerEvent, DesignerState } from './state';

/** What outlives the webview, which VS Code takes down while its tab is hidden. */
const keptState = isShape({
  collapsed: isListOf(isString),
  selected: isOptional(isString),
  viewport: isOptional(isShape({ x: isNumber, y: isNumber, zoom: isNumber })),
});

export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export class Designer {
  readonly #channel: Channel;
  readonly #listeners = new Set<() => void>();
  #state: DesignerState = initialState;
  #viewport: Viewport | undefined;

  constructor(channel: Channel) {
    this.#channel = channel;
    const kept = channel.readState();
    if (!keptState(kept)) return;
    this.#viewport = kept.viewport;
    this.#apply({ type: 'collapseChanged', collapsed: new Set(kept.collapsed) });
    this.#apply({ type: 'selected', id: kept.selected, panel: 'keep' });
  }

  /** Starts listening and tells the extension so; returns a function that stops it. */
  connect(): () => void {
    const stop = this.#channel.listen((message) => this.#apply(message));
    this.#channel.post({ type: 'ready' });
    return stop;
  }

  readonly getState = (): DesignerState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The selected trigger or action. */
  get selected(): OperationElement | undefined {
    const { subject, selected } = this.#state;
    if (subject.kind !== 'workflow' || selected === undefined) return undefined;
    const element = subject.drawing.byId.get(selected);
    return isOperation(element) ? element : undefined;
  }

  get workflow(): Workflow | undefined {
    const { subject } = this.#state;
    return subject.kind === 'workflow' ? subject.workflow : undefined;
  }

  elementById(id: string): DrawnElement | undefined {
    const { subject } = this.#state;
    return subject.kind === 'workflow' ? subject.drawing.byId.get(id) : undefined;
  }

  /** True when the drawing shows the text as it is, so that edits of the drawing mean the right places. */
  get editable(): boolean {
    return isEditable(this.#state);
  }

  select(id: string | undefined, panel: 'open' | 'keep'): void {
    const changed = id !== this.#state.selected;
    this.#apply({ type: 'selected', id, panel });
    this.#keep();
    const { selected } = this;
    const version = this.#drawnVersion();
    if (changed && selected !== undefined && version !== undefined) {
      this.#channel.post({ type: 'select', version, range: rangeOf(selected) });
    }
  }

  closePanel(): void {
    this.#apply({ type: 'panelClosed' });
  }

  toggleCollapsed(id: string): void {
    const collapsed = new Set(this.#state.collapsed);
    if (!collapsed.delete(id)) collapsed.add(id);
    this.#setCollapsed(collapsed);
  }

  collapseAll(): void {
    const { subject } = this.#state;
    if (subject.kind !== 'workflow') return;
    this.#setCollapsed(new Set(subject.workflow.actions.filter(isContainer).map((action) => action.path)));
  }

  expandAll(): void {
    this.#setCollapsed(new Set());
  }

  /** Opens every container around an action, so that it is drawn. */
  uncover(path: string): void {
    const hiding = [...this.#state.collapsed].filter((id) => path.startsWith(`${id}/`));
    if (hiding.length === 0) return;
    this.#setCollapsed(new Set([...this.#state.collapsed].filter((id) => !hiding.includes(id))));
  }

  #setCollapsed(collapsed: ReadonlySet<string>): void {
    this.#apply({ type: 'collapseChanged', collapsed });
    this.#keep();
  }

  /** Where the canvas stood when it was last seen. */
  get viewport(): Viewport | undefined {
    return this.#viewport;
  }

  keepViewport(viewport: Viewport): void {
    this.#viewport = viewport;
    this.#keep();
  }

  #keep(): void {
    const { collapsed, selected } = this.#state;
    this.#channel.writeState({ collapsed: [...collapsed], selected, viewport: this.#viewport });
  }

  /** Sends an edit of the text that is drawn; `select` names what to select when the edited text arrives. */
  edit(label: string, edits: readonly TextEdit[], select?: string): void {
    if (!this.editable && this.#state.subject.kind !== 'none') return;
    if (edits.length === 0) return;
    if (select !== undefined) this.#apply({ type: 'selectNext', id: select });
    this.#channel.post({ type: 'edit', version: this.#state.version, label, edits });
  }

  /** Turns the name in the panel into a field, and back. */
  setRenaming(on: boolean): void {
    if (!on || this.editable) this.#apply({ type: 'renaming', on });
  }

  /** Asks the extension to rename an operation with all its references. */
  rename(element: OperationElement, newName: string): void {
    this.#apply({ type: 'renaming', on: false });
    if (!this.editable || newName === element.operation.name || newName.trim() === '') return;
    const { path, property } = element.operation;
    const holder = path.slice(0, path.lastIndexOf('/'));
    this.#apply({ type: 'selectNext', id: holder + pointerOf([newName]) });
    this.#channel.post({ type: 'rename', version: this.#state.version, offset: property.key.start + 1, newName });
  }

  /** Shows the operation, or a place in it, in a text editor. */
  reveal(range: { readonly start: number; readonly end: number }): void {
    const version = this.#drawnVersion();
    if (version !== undefined) this.#channel.post({ type: 'reveal', version, range });
  }

  toggleBreakpoint(element: OperationElement): void {
    const version = this.#drawnVersion();
    if (version === undefined) return;
    this.#channel.post({ type: 'toggleBreakpoint', version, offset: element.operation.property.key.start });
  }

  /** Asks what can be filled in for a type, unless it is known. */
  askForm(role: 'trigger' | 'action', type: string): void {
    if (type === '' || this.#state.forms.has(formKey(role, type))) return;
    this.#channel.post({ type: 'askForm', role, operationType: type });
  }

  askStepValues(action: string, repetition: readonly number[]): void {
    this.#channel.post({ type: 'askStepValues', action, repetition });
  }

  openText(): void {
    this.#channel.post({ type: 'openText' });
  }

  showProblems(): void {
    this.#channel.post({ type: 'showProblems' });
  }

  openPalette(insertAt: InsertPoint): void {
    if (this.editable) this.#apply({ type: 'paletteChanged', insertAt });
  }

  closePalette(): void {
    this.#apply({ type: 'paletteChanged', insertAt: undefined });
  }

  setSearch(open: boolean): void {
    this.#apply({ type: 'searchChanged', open });
  }

  /** Shows a message that the user can dismiss. */
  notify(message: string): void {
    this.#apply({ type: 'editRejected', message });
  }

  dismissNotice(): void {
    this.#apply({ type: 'noticeDismissed' });
  }

  /** Hands a bug to the extension's log. */
  report(error: unknown): void {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#channel.post({ type: 'failed', message });
  }

  #drawnVersion(): number | undefined {
    const { subject, version } = this.#state;
    return subject.kind === 'workflow' && subject.version === version ? version : undefined;
  }

  #apply(event: DesignerEvent): void {
    const next = nextState(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }
}
