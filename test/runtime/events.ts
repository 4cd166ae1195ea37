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

/** One event of every kind, with what is easily lost when events become text: fractions, odd names, hidden and missing values. */
export function everyEvent(runId: string, time: number): RunEvent[] {
  let sequence = 0;
  const base = () => ({ runId, sequence: (sequence += 1), time: time + sequence * 0.1 });
  const step = { action: 'Line\tup\n"it"', repetition: [] };
  const inner = { action: '+1', repetition: [0, 12] };
  const error = { code: 'NotFound', message: 'Nothing\n\tthere', details: '{"x":1}' };
  return [
    {
      ...base(),
      type: 'runStarted',
      workflow: 'Ä "b"',
      trigger: 'manual',
      stateless: false,
      clientTrackingId: 'a\tb',
      parent: { runId: 'p', step: inner },
    },
    {
      ...base(),
      type: 'triggerFired',
      trigger: 'manual',
      status: 'Succeeded',
      startTime: time - 0.3,
      inputs: {},
      outputs: { secured: true },
    },
    { ...base(), type: 'actionStarted', step },
    { ...base(), type: 'actionInputs', step, inputs: { secured: true } },
    {
      ...base(),
      type: 'attempt',
      step,
      attempt: {
        number: 1,
        startTime: time,
        endTime: time + 1,
        code: 'NotFound',
        error,
        method: 'GET',
        statusCode: 404,
      },
    },
    { ...base(), type: 'iterationStarted', step, index: 12, item: { json: '"a\\tb\\n"' } },
    { ...base(), type: 'actionStarted', step: inner },
    { ...base(), type: 'actionInputs', step: inner, inputs: { json: '"*"' } },
    {
      ...base(),
      type: 'actionFinished',
      step: inner,
      status: 'Failed',
      code: '',
      startTime: time,
      outputs: {},
      error,
      trackedProperties: { json: '{"k":"v"}' },
    },
    { ...base(), type: 'iterationFinished', step, index: 12, status: 'Failed' },
    {
      ...base(),
      type: 'actionFinished',
      step,
      status: 'Succeeded',
      code: '"OK"',
      startTime: time + 0.25,
      outputs: { json: '9007199254740993' },
      repetitionCount: 13,
    },
    { ...base(), type: 'variableSet', step, name: 'v', kind: 'Array', value: {}, appended: { json: '1.0' } },
    { ...base(), type: 'paused', step: undefined, reason: 'waiting' },
    { ...base(), type: 'resumed', step: inner },
    { ...base(), type: 'responseSent', step, statusCode: 200, headers: { a: 'b' }, body: { json: '{}' } },
    { ...base(), type: 'runFinished', status: 'Failed', code: 'ActionFailed', error, outputs: { json: '[]' } },
  ];
}
