/** One field of the panel: its label, its value for reading, and, when it may be edited, the same place as an editor. */
import { useState } from 'react';
import type { KeyboardEvent, ReactElement } from 'react';
import { Dropdown, IconButton, TextArea } from '../../ui/controls';
import { useDesigner, useDesignerState } from '../context';
import { isEditable } from '../state';
import { setValue } from '../gestures/setValue';
import { JsonCode, Template } from './code';
import { readCondition } from './condition';
import { ConditionView } from './conditionView';
import { nestedFields } from './model';
import type { Field } from './model';
import { fieldText, parseField } from './valueText';

/** Nested deeper, or with more members, a value is shown as JSON. */
const MAX_DEPTH = 3;
const MAX_ROWS = 40;

export function FieldView({ field, depth = 0 }: { readonly field: Field; readonly depth?: number }): ReactElement {
  const designer = useDesigner();
  const canEdit = useDesignerState(isEditable);
  const [editing, setEditing] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { node } = field;
  const stop = (): void => {
    setEditing(false);
    setProblem(undefined);
  };
  const set = (json: string): void => {
    if (node !== undefined) designer.edit(`Change ${field.label}`, setValue(node, json, designer.getState().text));
  };
  const commit = (text: string): void => {
    if (node === undefined) return;
    const parsed = parseField(text, node);
    if ('problem' in parsed) {
      setProblem(parsed.problem);
      return;
    }
    stop();
    set(parsed.json);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    stop();
  };
  return (
    <div className={`field depth-${depth}`}>
      <div className="field-head">
        <span className="field-label" title={field.known?.description ?? field.label}>
          {field.label}
          {field.known?.required === true ? (
            <span className="field-required" title="Required">
              {' '}
              *
            </span>
          ) : null}
        </span>
        {node !== undefined && canEdit && !editing ? (
          <IconButton icon="pencil" label={`Edit ${field.label}`} onClick={() => setEditing(true)} />
        ) : null}
      </div>
      {editing && node !== undefined ? (
        <div
          onKeyDown={onKeyDown}
          onBlur={(event) =>
            event.currentTarget.contains(event.relatedTarget) ? undefined : problem === undefined ? stop() : undefined
          }
        >
          <TextArea value={fieldText(node)} label={field.label} autoFocus onCommit={commit} />
          {problem === undefined ? (
            <p className="field-hint">Ctrl+Enter or leaving the field applies it, Escape takes it back.</p>
          ) : (
            <p className="field-problem" role="alert">
              {problem}
            </p>
          )}
        </div>
      ) : (
        <Value field={field} depth={depth} canEdit={canEdit} onSet={set} />
      )}
    </div>
  );
}

function Value(props: {
  readonly field: Field;
  readonly depth: number;
  readonly canEdit: boolean;
  readonly onSet: (json: string) => void;
}): ReactElement {
  const { field, depth, canEdit, onSet } = props;
  const { node, label } = field;
  const choices = field.known?.choices ?? [];
  const choice = choices.find((each) => node?.kind === 'string' && each.toLowerCase() === node.value.toLowerCase());
  switch (node?.kind) {
    case undefined:
      return <p className="field-nothing">No value yet</p>;
    case 'string':
      if (canEdit && choice !== undefined) {
        return (
          <Dropdown
            label={label}
            value={choice}
            options={choices.map((value) => ({ value, label: value }))}
            onChange={(value) => onSet(JSON.stringify(value))}
          />
        );
      }
      return node.value === '' ? <p className="field-nothing">Empty text</p> : <Template value={node.value} />;
    case 'number':
    case 'literal':
      return <code className="template token-number">{fieldText(node)}</code>;
    case 'object':
    case 'array': {
      const condition = field.isCondition === true ? readCondition(node) : undefined;
      if (condition !== undefined) return <ConditionView condition={condition} />;
      const rows = nestedFields(field);
      if (rows.length === 0)
        return <p className="field-nothing">{node.kind === 'object' ? 'No members' : 'No items'}</p>;
      if (depth + 1 >= MAX_DEPTH || rows.length > MAX_ROWS) return <JsonCode text={fieldText(node)} label={label} />;
      return (
        <div className="field-rows">
          {rows.map((row) => (
            <FieldView key={row.path} field={row} depth={depth + 1} />
          ))}
        </div>
      );
    }
  }
}
