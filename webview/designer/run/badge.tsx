/** The mark a run leaves on a node: its status, how often it ran, how long it took. */
import type { ReactElement } from 'react';
import type { OperationElement } from '../canvas/places';
import { useDesignerState } from '../context';
import type { DesignerState } from '../state';
import { durationText } from './duration';
import { StatusIcon, statusClass, statusText } from './status';

interface Shown {
  readonly status: string;
  readonly count: number;
  readonly durationMs: number;
  readonly detail: string | undefined;
}

/** What a run says about an element; undefined without a run, or when the run has not reached it. */
export function runOf(
  run: DesignerState['run'],
  steps: DesignerState['stepsByAction'],
  element: OperationElement,
): Shown | undefined {
  if (run === undefined) return undefined;
  if (element.kind === 'trigger') {
    const { trigger } = run;
    if (trigger === undefined || trigger.name.toLowerCase() !== element.operation.name.toLowerCase()) return undefined;
    const status = run.paused?.role === 'trigger' ? 'Paused' : trigger.status;
    return { status, count: 1, durationMs: trigger.durationMs, detail: undefined };
  }
  const step = steps.get(element.operation.name.toLowerCase());
  if (step === undefined) return undefined;
  const counts = Object.entries(step.statuses).map(([status, count]) => `${count} ${statusText(status).toLowerCase()}`);
  const detail = [step.count > 1 ? counts.join(', ') : step.code, step.error].filter(Boolean).join('\n');
  return { status: step.status, count: step.count, durationMs: step.durationMs, detail: detail || undefined };
}

export function RunBadge({ element }: { readonly element: OperationElement }): ReactElement | null {
  const run = useDesignerState((state) => state.run);
  const steps = useDesignerState((state) => state.stepsByAction);
  const shown = runOf(run, steps, element);
  if (shown === undefined) return null;
  const words = [
    statusText(shown.status),
    ...(shown.count > 1 ? [`${shown.count} times`] : []),
    ...(shown.durationMs > 0 ? [durationText(shown.durationMs)] : []),
  ].join(', ');
  return (
    <span
      className={`run-badge ${statusClass(shown.status)}`}
      role="img"
      aria-label={words}
      title={shown.detail === undefined ? words : `${words}\n${shown.detail}`}
    >
      {shown.count > 1 ? <span className="run-count">{shown.count}×</span> : null}
      {shown.durationMs >= 1 ? <span className="run-time">{durationText(shown.durationMs)}</span> : null}
      <StatusIcon status={shown.status} />
    </span>
  );
}
