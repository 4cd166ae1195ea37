/** What the run says about the selected step: status, time, error, and on request its inputs and outputs. */
import { useEffect } from 'react';
import type { ReactElement } from 'react';
import type { OperationElement } from '../canvas/places';
import { useDesigner, useDesignerState } from '../context';
import { JsonCode } from '../fields/code';
import { durationText } from '../run/duration';
import { StatusIcon, statusClass, statusText } from '../run/status';
import { runOf } from '../run/badge';

export function RunTab({ element }: { readonly element: OperationElement }): ReactElement {
  const designer = useDesigner();
  const run = useDesignerState((state) => state.run);
  const steps = useDesignerState((state) => state.stepsByAction);
  const values = useDesignerState((state) => state.stepValues);
  const { name } = element.operation;
  const step = element.kind === 'action' ? steps.get(name.toLowerCase()) : undefined;
  const shown = runOf(run, steps, element);
  const status = shown?.status;
  const repetition = step?.latest.join(',') ?? '';
  // What a held step is given and gives changes without a change of its status.
  const held = status === 'Paused' ? run : undefined;
  useEffect(() => {
    if (status === undefined) return;
    designer.askStepValues(name, repetition === '' ? [] : repetition.split(',').map(Number));
  }, [designer, name, repetition, status, held]);
  if (shown === undefined) return <p className="field-nothing">The run has not reached this step.</p>;
  const own = values?.action.toLowerCase() === name.toLowerCase() ? values : undefined;
  return (
    <div className="run-tab">
      <dl>
        <dt>Status</dt>
        <dd className={statusClass(shown.status)}>
          <StatusIcon status={shown.status} /> {statusText(shown.status)}
        </dd>
        {step?.code === undefined ? null : (
          <>
            <dt>Code</dt>
            <dd>
              <code>{step.code}</code>
            </dd>
          </>
        )}
        {shown.durationMs > 0 ? (
          <>
            <dt>Duration</dt>
            <dd>{durationText(shown.durationMs)}</dd>
          </>
        ) : null}
        {step !== undefined && step.count > 1 ? (
          <>
            <dt>Repetitions</dt>
            <dd>
              {Object.entries(step.statuses)
                .map(([each, count]) => `${count} ${statusText(each).toLowerCase()}`)
                .join(', ')}
            </dd>
          </>
        ) : null}
      </dl>
      {step?.error === undefined ? null : <p className="run-error">{step.error}</p>}
      {own?.note === undefined ? null : <p className="field-nothing">{own.note}</p>}
      {step !== undefined && step.latest.length > 0 && own !== undefined ? (
        <p className="field-hint">Values of repetition {step.latest.map((index) => index + 1).join(', ')}</p>
      ) : null}
      {own?.inputs === undefined ? null : (
        <>
          <h3>Inputs</h3>
          <JsonCode text={own.inputs} label="Inputs" />
        </>
      )}
      {own?.outputs === undefined ? null : (
        <>
          <h3>Outputs</h3>
          <JsonCode text={own.outputs} label="Outputs" />
        </>
      )}
    </div>
  );
}
