/** After which actions, and on which of their statuses, the action runs. */
import type { ReactElement } from 'react';
import { ancestors } from '../../../language/workflow/graph';
import type { Action } from '../../../language/workflow/model';
import { runStatuses } from '../../../language/workflow/model';
import { Checkbox, Dropdown, IconButton } from '../../ui/controls';
import { useDesigner, useDesignerState } from '../context';
import { isEditable } from '../state';
import { changeRunAfter } from '../gestures/runAfter';
import type { RunAfterEntry } from '../gestures/runAfter';
import { displayName } from '../nodes/describe';
import { statusText } from '../run/status';

export function RunAfterTab({ action }: { readonly action: Action }): ReactElement {
  const designer = useDesigner();
  const canEdit = useDesignerState(isEditable);
  const entries = action.runAfter.map(({ name, statuses }): RunAfterEntry => ({
    name,
    statuses: statuses.length === 0 ? ['Succeeded'] : statuses,
  }));
  const set = (next: readonly RunAfterEntry[]): void => changeRunAfter(designer, action, next);
  const candidates = action.scope.actions.filter(
    (other) =>
      other !== action && !entries.some((entry) => same(entry.name, other.name)) && !ancestors(other).has(action),
  );
  return (
    <div className="run-after">
      {entries.length === 0 ? (
        <p className="field-nothing">
          {action.scope.owner === undefined
            ? 'It runs as soon as the trigger has fired.'
            : `It runs as soon as ${displayName(action.scope.owner.name)} gets to this part.`}
        </p>
      ) : null}
      {entries.map((entry) => (
        <fieldset key={entry.name} className="run-after-entry">
          <legend>{displayName(entry.name)}</legend>
          <div className="run-after-statuses">
            {runStatuses.map((status) => {
              const on = entry.statuses.includes(status);
              return (
                <Checkbox
                  key={status}
                  label={statusText(status)}
                  checked={on}
                  // An entry without a status would count as Succeeded again: the last one stays.
                  disabled={!canEdit || (on && entry.statuses.length === 1)}
                  onChange={(checked) =>
                    set(
                      entries.map((each) =>
                        each === entry
                          ? {
                              name: each.name,
                              statuses: runStatuses.filter((one) =>
                                one === status ? checked : each.statuses.includes(one),
                              ),
                            }
                          : each,
                      ),
                    )
                  }
                />
              );
            })}
          </div>
          {canEdit ? (
            <IconButton
              icon="trash"
              label={`No longer run after ${entry.name}`}
              onClick={() => set(entries.filter((each) => each !== entry))}
            />
          ) : null}
        </fieldset>
      ))}
      {canEdit && candidates.length > 0 ? (
        <Dropdown
          label="Also run after"
          value=""
          options={[
            { value: '', label: 'Also run after …' },
            ...candidates.map(({ name }) => ({ value: name, label: displayName(name) })),
          ]}
          onChange={(name) => {
            if (name !== '') set([...entries, { name, statuses: ['Succeeded'] }]);
          }}
        />
      ) : null}
    </div>
  );
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
