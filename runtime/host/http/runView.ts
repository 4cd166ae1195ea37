/** A recorded run as the management interface needs it: the history, and the iterations of its loops. */
import { RunHistory } from '../../engine/history';
import type { StepView } from '../../engine/history';
import { stepKey } from '../../events';
import type { ActionStatus, RunEvent } from '../../events';

export interface IterationView {
  readonly index: number;
  readonly startTime: number;
  readonly endTime: number | undefined;
  readonly status: ActionStatus;
}

export interface RunView {
  readonly history: RunHistory;
  /** Iterations of a loop in order, by its `stepKey`. */
  readonly iterations: ReadonlyMap<string, readonly IterationView[]>;
}

export function viewOf(events: readonly RunEvent[]): RunView {
  const iterations = new Map<string, IterationView[]>();
  for (const event of events) {
    if (event.type === 'iterationStarted') {
      const { index, time } = event;
      const key = stepKey(event.step);
      const known = iterations.get(key) ?? [];
      iterations.set(key, known);
      known[index] = { index, startTime: time, endTime: undefined, status: 'Running' };
    } else if (event.type === 'iterationFinished') {
      const { index, time, status } = event;
      const known = iterations.get(stepKey(event.step));
      known?.splice(index, 1, { index, startTime: known[index]?.startTime ?? time, endTime: time, status });
    }
  }
  return { history: RunHistory.of(events), iterations };
}

/** The executions of an action in the order of the loops' indexes; none when there is no such action. */
export function stepsOf({ history }: RunView, action: string): readonly StepView[] {
  const wanted = action.toLowerCase();
  return history.actions().find(({ name }) => name.toLowerCase() === wanted)?.repetitions ?? [];
}
