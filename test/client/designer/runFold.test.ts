import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../runtime/events';
import { RunFold } from '../../../client/features/designer/runFold';
import { hostMessage } from '../../../webview/protocol/validate';

type Body<E> = E extends unknown ? Omit<E, 'runId' | 'sequence'> : never;

function fold(...events: readonly Body<RunEvent>[]): RunFold {
  const run = new RunFold('r1');
  events.forEach((event, index) => run.add({ runId: 'r1', sequence: index + 1, ...event }));
  return run;
}

const started = (time: number, action: string, ...repetition: number[]): Body<RunEvent> => ({
  type: 'actionStarted',
  time,
  step: { action, repetition },
});
const finished = (
  time: number,
  startTime: number,
  status: 'Succeeded' | 'Failed' | 'Skipped',
  action: string,
  ...repetition: number[]
): Body<RunEvent> => ({
  type: 'actionFinished',
  time,
  startTime,
  status,
  step: { action, repetition },
  code: status === 'Failed' ? 'ActionFailed' : 'OK',
  outputs: { json: '{"n":9007199254740993}' },
  ...(status === 'Failed' ? { error: { code: 'NotFound', message: 'It is gone.' } } : {}),
});

describe('what the designer shows of a run', () => {
  it('gives each action its status, duration and code', () => {
    const { steps, status } = fold(started(0, 'A'), finished(40, 0, 'Succeeded', 'A'), started(50, 'B')).overlay();
    expect(status).toBe('Running');
    expect(steps).toMatchObject([
      { action: 'A', status: 'Succeeded', count: 1, durationMs: 40, code: 'OK' },
      { action: 'B', status: 'Running', count: 1 },
    ]);
  });

  it('folds the repetitions of a loop into one record, what is under way first', () => {
    const run = fold(
      ...[0, 1, 2].map((index) => started(index, 'A', index)),
      finished(10, 0, 'Succeeded', 'A', 0),
      finished(10, 1, 'Failed', 'A', 1),
    );
    expect(run.overlay().steps).toMatchObject([
      {
        status: 'Running',
        count: 3,
        statuses: { Running: 1, Succeeded: 1, Failed: 1 },
        durationMs: 19,
        error: 'NotFound: It is gone.',
        latest: [1],
      },
    ]);
    run.add({ runId: 'r1', sequence: 9, ...finished(20, 2, 'Succeeded', 'A', 2) });
    expect(run.overlay().steps[0]).toMatchObject({ status: 'Failed', count: 3, statuses: { Succeeded: 2, Failed: 1 } });
  });

  it('counts an action that is skipped without having begun', () => {
    expect(fold(finished(5, 5, 'Skipped', 'A')).overlay().steps).toMatchObject([
      { status: 'Skipped', count: 1, statuses: { Skipped: 1 }, error: undefined },
    ]);
  });

  it('marks where the run is held, also before the step has begun, and no longer when it goes on', () => {
    const run = fold(
      { type: 'runStarted', time: 0, workflow: 'w', trigger: 't', stateless: false, clientTrackingId: 'c' },
      { type: 'paused', time: 1, step: { action: 'A', repetition: [2] }, reason: 'breakpoint' },
    );
    expect(run.overlay()).toMatchObject({
      paused: { role: 'action', action: 'A', repetition: [2] },
      steps: [{ action: 'A', status: 'Paused' }],
    });
    run.add({ runId: 'r1', sequence: 3, type: 'resumed', time: 2, step: { action: 'A', repetition: [2] } });
    expect(run.overlay().paused).toBeUndefined();
    run.hold(1, { action: 'A', repetition: [0] });
    run.hold(2, { action: 'B', repetition: [1] });
    expect(run.overlay().steps.map((step) => step.status)).toEqual(['Paused', 'Paused']);
    expect([run.release(1), run.release(1), run.release(2)]).toEqual([true, false, true]);
    expect(run.overlay().steps).toEqual([]);
  });

  it('never lets inputs and outputs into the overlay, and hides secured ones', () => {
    const run = fold(
      started(0, 'A'),
      { type: 'actionInputs', time: 1, step: { action: 'A', repetition: [] }, inputs: { json: '"plain"' } },
      finished(2, 0, 'Succeeded', 'A'),
      started(3, 'B'),
      {
        type: 'actionInputs',
        time: 4,
        step: { action: 'B', repetition: [] },
        inputs: { json: '"secret"', secured: true },
      },
    );
    expect(JSON.stringify(run.overlay())).not.toMatch(/plain|secret|9007/);
    expect(run.values('a')).toMatchObject({ inputs: '"plain"', outputs: '{\n  "n": 9007199254740993\n}' });
    const secured = run.values('B');
    expect(secured.inputs).toBeUndefined();
    expect(secured.note).toContain('Hidden');
  });

  it('shows of a held action what it is about to be given, unless that is secured or cannot be evaluated', () => {
    const run = fold(started(0, 'A', 1));
    run.hold(7, { action: 'A', repetition: [1] });
    expect(run.holdAt('a')).toBe(7);
    expect(run.holdAt('B')).toBeUndefined();
    const item = (json: string, more: object = {}) => ({ name: 'inputs', value: { json, ...more } });
    expect(run.heldValues('A', [item('{"n":1}')])).toMatchObject({
      repetition: [1],
      inputs: '{\n  "n": 1\n}',
      note: undefined,
    });
    const secured = run.heldValues('A', [item('"secret"', { secured: true })]);
    expect(secured.inputs).toBeUndefined();
    expect(secured.note).toContain('Hidden');
    const failing = run.heldValues('A', [{ ...item('"no such property"'), kind: 'error' }]);
    expect(failing.inputs).toBeUndefined();
    expect(failing.note).toContain('no such property');
    run.release(7);
    expect(run.holdAt('A')).toBeUndefined();
  });

  it('stays small for a loop of many repetitions, and passes the gate of the channel', () => {
    const run = new RunFold('r1');
    for (let index = 0; index < 10_000; index++) {
      run.add({ runId: 'r1', sequence: index * 2 + 1, ...started(index, 'A', index) });
      run.add({ runId: 'r1', sequence: index * 2 + 2, ...finished(index + 1, index, 'Succeeded', 'A', index) });
    }
    const overlay = run.overlay();
    expect(overlay.steps).toHaveLength(1);
    expect(hostMessage({ type: 'run', overlay })).toEqual({ type: 'run', overlay });
  });
});
