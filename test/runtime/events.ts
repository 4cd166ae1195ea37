/** Makes events of runs for tests that need no engine. */
import type { RunEvent } from '../../runtime/events';

/** The events of one run that succeeds after one Compose, started at `time`. */
export function shortRun(runId: string, time: number, workflow = 'orders'): RunEvent[] {
  const base = (sequence: number) => ({ runId, sequence, time: time + sequence });
  const step = { action: 'Compose', repetition: [] };
  return [
    { ...base(1), type: 'runStarted', workflow, trigger: 'manual', stateless: false, clientTrackingId: `t-${runId}` },
    {
      ...base(2),
      type: 'triggerFired',
      trigger: 'manual',
      status: 'Succeeded',
      startTime: time,
      inputs: {},
      outputs: { json: '{"body":1}' },
    },
    { ...base(3), type: 'actionStarted', step },
    {
      ...base(4),
      type: 'actionFinished',
      step,
      status: 'Succeeded',
      code: 'OK',
      startTime: time + 3,
      outputs: { json: '9007199254740993' },
    },
    { ...base(5), type: 'runFinished', status: 'Succeeded', code: undefined },
  ];
}
