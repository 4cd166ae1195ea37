/**
 * The designer's controls: thin wrappers around the VS Code webview toolkit, the only place that knows it. Values go in and out as
 * plain strings and booleans; a text is committed when the control is left or Enter is pressed, and taken back by Escape.
 */
import {
  VSCodeBadge,
  VSCodeButton,
  VSCodeCheckbox,
  VSCodeDivider,
  VSCodeDropdown,
  VSCodeOption,
  VSCodePanels,
  VSCodePanelTab,
  VSCodePanelView,
  VSCodeProgressRing,
  VSCodeTextArea,
  VSCodeTextField,
} from '@vscode/webview-ui-toolkit/react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { Icon } from './icons';
import type { IconName } from './icons';

export const Divider = (): ReactElement => <VSCodeDivider />;
export const Progress = (): ReactElement => <VSCodeProgressRing />;
export const Badge = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <VSCodeBadge>{children}</VSCodeBadge>
);

export function Button(props: {
  readonly children: ReactNode;
  readonly onClick: () => void;
  readonly secondary?: boolean;
  readonly disabled?: boolean;
}): ReactElement {
  return (
    <VSCodeButton
      appearance={props.secondary === true ? 'secondary' : 'primary'}
      disabled={props.disabled === true}
      onClick={props.onClick}
    >
      {props.children}
    </VSCodeButton>
  );
}

/** A button that is only an icon; `label` is its name for screen readers and its tooltip. */
export function IconButton(props: {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
}): ReactElement {
  return (
    <VSCodeButton
      appearance="icon"
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled === true}
      {...(props.pressed === undefined ? {} : { 'aria-pressed': props.pressed })}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </VSCodeButton>
  );
}

interface TextProps {
  readonly value: string;
  readonly label: string;
  readonly placeholder?: string;
  readonly readOnly?: boolean;
  /** Called with a text that differs from `value`. */
  readonly onCommit: (text: string) => void;
  readonly autoFocus?: boolean;
}

/**
 * Gives the focus to the control inside the element and selects the text of a line, at once, so that no key is lost. The toolkit's control hands
 * its value to the input inside it a moment later, when keys may have been pressed already: the input is given it here.
 */
function useFocus(wanted: boolean, value: string) {
  const around = useRef<HTMLDivElement>(null);
  const first = useRef(value);
  useLayoutEffect(() => {
    const control = around.current?.firstElementChild;
    if (!wanted || !(control instanceof HTMLElement)) return;
    control.focus();
    const input = control.shadowRoot?.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
    if (input === null || input === undefined) return;
    input.value = first.current;
    if (input instanceof HTMLInputElement) input.select();
  }, [wanted]);
  return around;
}

/** A text that is edited apart from its source, which may change meanwhile. */
function useDraft(value: string, onCommit: (text: string) => void) {
  const [draft, setDraft] = useState<string>();
  useEffect(() => setDraft(undefined), [value]);
  return {
    shown: draft ?? value,
    change: setDraft,
    commit: () => {
      if (draft !== undefined && draft !== value) onCommit(draft);
    },
    takeBack: () => setDraft(undefined),
  };
}

/** One line of text. */
export function TextField(props: TextProps): ReactElement {
  const draft = useDraft(props.value, props.onCommit);
  const around = useFocus(props.autoFocus === true, props.value);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') draft.commit();
    if (event.key === 'Escape' && draft.shown !== props.value) {
      event.stopPropagation();
      draft.takeBack();
    }
  };
  return (
    <div ref={around}>
      <VSCodeTextField
        className="text-field"
        value={draft.shown}
        aria-label={props.label}
        placeholder={props.placeholder ?? ''}
        readOnly={props.readOnly === true}
        onInput={(event) => draft.change(textOf(event))}
        onBlur={draft.commit}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

/** A search box: every keystroke counts. */
export function SearchField(props: {
  readonly value: string;
  readonly label: string;
  readonly onChange: (text: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}): ReactElement {
  const field = useFocus(true, props.value);
  return (
    <div ref={field} className="search-field">
      <VSCodeTextField
        value={props.value}
        aria-label={props.label}
        placeholder={props.label}
        onInput={(event) => props.onChange(textOf(event))}
        onKeyDown={props.onKeyDown}
      />
    </div>
  );
}

/** Several lines of text. Ctrl+Enter commits. */
export function TextArea(props: TextProps & { readonly rows?: number }): ReactElement {
  const draft = useDraft(props.value, props.onCommit);
  const around = useFocus(props.autoFocus === true, props.value);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) draft.commit();
    if (event.key === 'Escape' && draft.shown !== props.value) {
      event.stopPropagation();
      draft.takeBack();
    }
  };
  return (
    <div ref={around}>
      <VSCodeTextArea
        className="text-area"
        value={draft.shown}
        aria-label={props.label}
        placeholder={props.placeholder ?? ''}
        readOnly={props.readOnly === true}
        rows={props.rows ?? Math.min(12, Math.max(2, draft.shown.split('\n').length))}
        resize="vertical"
        onInput={(event) => draft.change(textOf(event))}
        onBlur={draft.commit}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

export function Checkbox(props: {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}): ReactElement {
  return (
    <VSCodeCheckbox
      checked={props.checked}
      disabled={props.disabled === true}
      onClick={() => {
        if (props.disabled !== true) props.onChange(!props.checked);
      }}
    >
      {props.label}
    </VSCodeCheckbox>
  );
}

export function Dropdown(props: {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly disabled?: boolean;
  readonly onChange: (value: string) => void;
}): ReactElement {
  return (
    <VSCodeDropdown
      className="dropdown"
      aria-label={props.label}
      value={props.value}
      disabled={props.disabled === true}
      onChange={(event) => {
        const value = textOf(event);
        if (value !== props.value) props.onChange(value);
      }}
    >
      {props.options.map((option) => (
        <VSCodeOption key={option.value} value={option.value} selected={option.value === props.value}>
          {option.label}
        </VSCodeOption>
      ))}
    </VSCodeDropdown>
  );
}

export interface Tab {
  readonly id: string;
  readonly label: string;
  readonly content: ReactNode;
}

export function Tabs(props: {
  readonly label: string;
  readonly tabs: readonly Tab[];
  readonly active: string;
  readonly onChange: (id: string) => void;
}): ReactElement {
  return (
    <VSCodePanels className="tabs" aria-label={props.label} activeid={`tab-${props.active}`}>
      {props.tabs.map((tab) => (
        <VSCodePanelTab key={tab.id} id={`tab-${tab.id}`} onClick={() => props.onChange(tab.id)}>
          {tab.label}
        </VSCodePanelTab>
      ))}
      {props.tabs.map((tab) => (
        <VSCodePanelView key={tab.id} id={`view-${tab.id}`}>
          {tab.id === props.active ? tab.content : null}
        </VSCodePanelView>
      ))}
    </VSCodePanels>
  );
}

/** The value of the control an event comes from; the toolkit's controls are elements of their own with a `value`. */
function textOf(event: { readonly target: EventTarget | null }): string {
  const { target } = event;
  return target !== null && 'value' in target && typeof target.value === 'string' ? target.value : '';
}
