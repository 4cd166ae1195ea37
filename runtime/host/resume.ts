/** Takes up the stateful runs that had not ended when the last host of this store did. */
import type { Engine } from '../engine/engine';
import type { RunEvent } from '../events';
import type { RunStore } from '../store/store';

type Log = (level: 'info' | 'warning' | 'error', message: string) => void;

/** Events already told are observed again, for those who follow runs. A run that cannot be taken up is ended as Aborted, with the reason. */
export function resumeRuns(store: RunStore, engine: Engine, observe: (event: RunEvent) => void, log: Log): void {
  const unfinished = store.unfinished();
  for (const { runId, workflow } of unfinished) {
    const events = store.events(runId);
    const [first] = events;
    if (first?.type === 'runStarted') observe(first);
    try {
      engine.resume(events);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log('warning', `The run ${runId} of '${workflow}' cannot be taken up again: ${reason}`);
      const last: RunEvent = {
        type: 'runFinished',
        runId,
        sequence: (events.at(-1)?.sequence ?? 0) + 1,
        time: Date.now(),
        status: 'Aborted',
        code: 'WorkflowRunNotResumed',
        error: { code: 'WorkflowRunNotResumed', message: reason },
      };
      store.append(last);
      observe(last);
    }
  }
  if (unfinished.length > 0) log('info', `${unfinished.length} unfinished runs were taken up again.`);
}
