import { describe, expect, it } from 'vitest';
import { runText } from '../../../client/features/runs/runText';

const at = (sequence: number) => ({ runId: 'r', sequence, time: (sequence - 1) * 10 });

describe('a run as text', () => {
  it('has the run, the trigger, actions by repetition, and the response', () => {
    const step = { action: 'A', repetition: [1] };
    const text = runText([
      { ...at(1), type: 'runStarted', workflow: 'w', trigger: 'T', stateless: false, clientTrackingId: 'c' },
      {
        ...at(2),
        type: 'triggerFired',
        trigger: 'T',
        status: 'Succeeded',
        startTime: 0,
        inputs: {},
        outputs: { json: '{"n":9007199254740993}' },
      },
      { ...at(3), type: 'actionStarted', step },
      { ...at(4), type: 'actionInputs', step, inputs: { secured: true } },
      {
        ...at(5),
        type: 'actionFinished',
        step,
        status: 'Failed',
        code: 'X',
        startTime: 20,
        outputs: {},
        error: { code: 'X', message: 'why' },
      },
      { ...at(6), type: 'responseSent', step: undefined, statusCode: 202, headers: {}, body: { json: '"ok"' } },
      { ...at(7), type: 'runFinished', status: 'Failed', code: 'ActionFailed' },
    ]);
    expect(text).toContain('9007199254740993');
    expect(JSON.parse(text)).toMatchObject({
      run: { id: 'r', workflow: 'w', status: 'Failed', code: 'ActionFailed' },
      trigger: { name: 'T', status: 'Succeeded' },
      response: { statusCode: 202, body: 'ok' },
      actions: {
        'A[1]': { status: 'Failed', milliseconds: 20, inputs: '(hidden by secureData)', error: { message: 'why' } },
      },
    });
  });

  it('of a run under way has what is known', () => {
    const text = runText([
      { ...at(1), type: 'runStarted', workflow: 'w', trigger: 'T', stateless: false, clientTrackingId: 'c' },
    ]);
    expect(JSON.parse(text)).toMatchObject({ run: { status: 'Running' }, response: null, actions: {} });
  });
});
