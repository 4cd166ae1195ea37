/** The side panel: everything about the selected trigger or action. */
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactElement } from 'react';
import type { FormField } from '../../../language/catalog/form';
import { member, stringOf } from '../../../language/json/tree';
import type { Workflow } from '../../../language/workflow/model';
import { IconButton, Tabs, TextField } from '../../ui/controls';
import type { Tab } from '../../ui/controls';
import { Icon } from '../../ui/icons';
import type { OperationElement } from '../canvas/places';
import { isOperation } from '../canvas/places';
import { useDesigner, useDesignerState } from '../context';
import { FieldView } from '../fields/field';
import { AddField } from '../fields/addField';
import { addables, parameterFields, settingFields, withHints } from '../fields/model';
import type { Field } from '../fields/model';
import { remove } from '../gestures/remove';
import { formKey, isEditable } from '../state';
import { describe, displayName } from '../nodes/describe';
import { iconOf } from '../nodes/iconOf';
import { worstOf } from '../nodes/problemBadge';
import { CodeTab } from './codeTab';
import { RunAfterTab } from './runAfterTab';
import { RunTab } from './runTab';
import { clampWidth, startWidth } from './width';

export function Panel({ workflow }: { readonly workflow: Workflow }): ReactElement | null {
  const designer = useDesigner();
  const element = useDesignerState(({ subject, selected }) => {
    const found =
      subject.kind === 'workflow' && selected !== undefined ? subject.drawing.byId.get(selected) : undefined;
    return isOperation(found) ? found : undefined;
  });
  const hasRun = useDesignerState((state) => state.run !== undefined);
  const isHeld = useDesignerState((state) => state.run?.paused !== undefined);
  const [chosen, setChosen] = useState<string>();
  const [width, setWidth] = useState(startWidth);
  const panel = useRef<HTMLElement>(null);
  const id = element?.id;
  const role = element?.operation.role ?? 'action';
  const type = element?.operation.type ?? '';
  const form = useDesignerState((state) => state.forms.get(formKey(role, type)));
  useEffect(() => designer.askForm(role, type), [designer, role, type]);
  useEffect(() => {
    // In newer browsers it returns a promise, which React would take for a clean-up.
    void panel.current?.scrollTo(0, 0);
  }, [id]);
  if (element === undefined) return null;

  const close = (): void => {
    designer.closePanel();
    document.getElementById('canvas')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  };
  const tabs = tabsOf(element, workflow, hasRun, form);
  // While a debugger holds the run, its values are what one looks for.
  const wanted = chosen ?? (isHeld ? 'run' : undefined);
  const active = tabs.find((each) => each.id === wanted)?.id ?? 'parameters';
  return (
    <aside
      ref={panel}
      className="panel"
      style={{ width }}
      aria-label={`Details of ${element.operation.name}`}
      onKeyDown={onKeyDown}
    >
      <Resizer width={width} onResize={setWidth} />
      <Header element={element} onClose={close} />
      <Note text={stringOf(member(element.operation.node, 'description'))} />
      <Problems id={element.id} />
      <Tabs label="Details" tabs={tabs} active={active} onChange={setChosen} />
    </aside>
  );
}

function tabsOf(
  element: OperationElement,
  workflow: Workflow,
  hasRun: boolean,
  form: readonly FormField[] = [],
): Tab[] {
  const { operation } = element;
  const parameters = withHints(parameterFields(operation), operation, form);
  const settings = withHints(settingFields(operation), operation, form);
  return [
    ...(hasRun ? [{ id: 'run', label: 'Run', content: <RunTab element={element} /> }] : []),
    {
      id: 'parameters',
      label: 'Parameters',
      content: (
        <>
          <Fields fields={parameters} nothing="It has no parameters." />
          <AddField operation={operation} label="Add a parameter" choices={addables(operation, form, false)} />
        </>
      ),
    },
    {
      id: 'settings',
      label: 'Settings',
      content: (
        <>
          <Fields fields={settings} nothing="All settings have their defaults." />
          <AddField operation={operation} label="Add a setting" choices={addables(operation, form, true)} />
        </>
      ),
    },
    ...(operation.role === 'action'
      ? [{ id: 'runAfter', label: 'Run after', content: <RunAfterTab action={operation} /> }]
      : []),
    { id: 'code', label: 'Code', content: <CodeTab operation={operation} workflow={workflow} /> },
  ];
}

function Fields({ fields, nothing }: { readonly fields: readonly Field[]; readonly nothing: string }): ReactElement {
  if (fields.length === 0) return <p className="field-nothing">{nothing}</p>;
  return (
    <div className="fields">
      {fields.map((field) => (
        <FieldView key={field.path} field={field} />
      ))}
    </div>
  );
}

function Header({
  element,
  onClose,
}: {
  readonly element: OperationElement;
  readonly onClose: () => void;
}): ReactElement {
  const designer = useDesigner();
  const { operation } = element;
  const { category, label } = describe(operation, operation.role);
  const renaming = useDesignerState((state) => state.renaming);
  const canEdit = useDesignerState(isEditable);
  const stopOnEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    designer.setRenaming(false);
  };
  return (
    <header className={`panel-header category-${category}`}>
      <span className="card-icon">
        <Icon name={iconOf(operation.type, category)} size={18} />
      </span>
      <div className="panel-title">
        {renaming ? (
          <div onKeyDown={stopOnEscape} onBlur={() => designer.setRenaming(false)}>
            <TextField
              value={operation.name}
              label="New name"
              autoFocus
              onCommit={(name) => designer.rename(element, name)}
            />
          </div>
        ) : (
          <h2 tabIndex={-1} title={operation.name}>
            {displayName(operation.name)}
          </h2>
        )}
        <p>
          {label}
          {operation.type === '' ? null : (
            <span className="panel-type">
              {' '}
              {operation.type}
              {operation.kind === undefined ? '' : ` · ${operation.kind}`}
            </span>
          )}
        </p>
      </div>
      {canEdit ? (
        <>
          <IconButton icon="pencil" label="Rename (F2)" onClick={() => designer.setRenaming(true)} />
          <IconButton icon="trash" label="Delete (Del)" onClick={() => remove(designer, element)} />
        </>
      ) : null}
      <IconButton icon="text" label="Go to text (F12)" onClick={() => designer.reveal(operation.property.key)} />
      <IconButton icon="close" label="Close (Escape)" onClick={onClose} />
    </header>
  );
}

/** The operation's own description. */
function Note({ text }: { readonly text: string | undefined }): ReactElement | null {
  return text === undefined || text === '' ? null : <p className="panel-note">{text}</p>;
}

function Problems({ id }: { readonly id: string }): ReactElement | null {
  const problems = useDesignerState((state) => state.problemsByElement.get(id));
  const designer = useDesigner();
  if (problems === undefined || problems.length === 0) return null;
  return (
    <ul className="panel-problems" aria-label="Problems">
      {problems.map((problem, index) => (
        <li key={index}>
          <button type="button" title="Go to text" onClick={() => designer.reveal(problem.range)}>
            <span className={`badge-${worstOf([problem])}`}>
              <Icon name={worstOf([problem])} size={14} />
            </span>
            {problem.message}
          </button>
        </li>
      ))}
    </ul>
  );
}

function Resizer(props: { readonly width: number; readonly onResize: (width: number) => void }): ReactElement {
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.buttons !== 1) return;
    props.onResize(clampWidth(window.innerWidth - event.clientX, window.innerWidth));
  };
  const step = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowLeft' ? 24 : event.key === 'ArrowRight' ? -24 : 0;
    if (by !== 0) props.onResize(clampWidth(props.width + by, window.innerWidth));
  };
  return (
    <div
      className="panel-resizer"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the panel"
      aria-valuenow={props.width}
      tabIndex={0}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onKeyDown={step}
    />
  );
}
