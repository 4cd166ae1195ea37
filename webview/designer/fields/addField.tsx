/** Offers the members that an operation may have and has not. */
import type { ReactElement } from 'react';
import { setMember } from '../../../language/workflow/changes/setMember';
import type { Operation } from '../../../language/workflow/model';
import { Dropdown } from '../../ui/controls';
import { useDesigner, useDesignerState } from '../context';
import { isEditable } from '../state';
import type { Addable } from './model';

export function AddField(props: {
  readonly operation: Operation;
  readonly label: string;
  readonly choices: readonly Addable[];
}): ReactElement | null {
  const designer = useDesigner();
  const canEdit = useDesignerState(isEditable);
  const { operation, label, choices } = props;
  if (!canEdit || choices.length === 0) return null;
  const add = (chosen: string): void => {
    const found = choices.find((each) => each.label === chosen);
    const { workflow } = designer;
    if (found === undefined || workflow === undefined) return;
    const { path, start } = found.field;
    designer.edit(`Add ${found.label}`, setMember(workflow.tree, operation, path, start));
  };
  return (
    <div className="add-field">
      <Dropdown
        label={label}
        value=""
        options={[
          { value: '', label: `${label} …` },
          ...choices.map((each) => ({
            value: each.label,
            label: each.field.required ? `${each.label} (required)` : each.label,
          })),
        ]}
        onChange={add}
      />
    </div>
  );
}
