import { describe, expect, it } from 'vitest';
import { DesignerRuns } from '../../../client/features/designer/runs';
import type { HostNotice } from '../../../runtime/host/commands';

const keyOf = (workflow: string): string => `file:///${workflow}`;
const started = (runId: string, workflow: string): HostNotice => ({
  type: 'event',
  event: {
    type: 'runStarted',
    runId,
    sequence: 1,
    time: 0,
    workflow,
    trigger: 't',
    stateless: false,
    clientTrackingId: 'c',
  },
});
const finished = (runId: string): HostNotice => ({
  type: 'event',
  event: { type: 'runFinished', runId, sequence: 2, time: 1, status: 'Succeeded', code: undefined },
});
const held = (runId: string, workflow: string, holdId: number, action: string): HostNotice => ({
  type: 'held',
  hold: {
    holdId,
    runId,
    workflow,
    role: 'action',
    name: action,
    actionType: 'Compose',
    step: { action, repetition: [] },
    moment: 'before',
    reason: 'breakpoint',
    breakpointIds: [],
    enclosing: [],
  },
});

describe('which run the designers of a workflow show', () => {
  const setUp = () => {
    const changed: string[] = [];
    const runs = new DesignerRuns((workflow) => changed.push(workflow));
    return { changed, runs, tell: (notice: HostNotice) => runs.notice(notice, keyOf) };
  };

  it('shows the latest run of each workflow, and says when its picture changes', () => {
    const { runs, tell, changed } = setUp();
    tell(started('1', 'a'));
    tell(started('2', 'a'));
    tell(started('3', 'b'));
    expect([runs.of('file:///a')?.runId, runs.of('file:///b')?.runId]).toEqual(['2', '3']);
    changed.length = 0;
    tell(finished('1'));
    expect(changed).toEqual([]);
    tell(finished('2'));
    expect(changed).toEqual(['file:///a']);
    expect(runs.of('file:///a')?.overlay().status).toBe('Succeeded');
  });

  it('goes to the run a debugger holds, and marks the step until it is released', () => {
    const { runs, tell } = setUp();
    tell(started('1', 'a'));
    tell(started('2', 'a'));
    tell(held('1', 'a', 7, 'Total'));
    expect(runs.of('file:///a')?.overlay()).toMatchObject({ runId: '1', paused: { role: 'action', action: 'Total' } });
    tell({ type: 'released', holdId: 7 });
    expect(runs.of('file:///a')?.overlay().paused).toBeUndefined();
  });

  it('replays a run of the past, and takes it away', () => {
    const { runs, tell } = setUp();
    const past = [started('9', 'a'), finished('9')].flatMap((notice) =>
      notice.type === 'event' ? [notice.event] : [],
    );
    runs.replay('file:///a', past);
    expect(runs.of('file:///a')?.overlay()).toMatchObject({ runId: '9', status: 'Succeeded' });
    runs.clear('file:///a');
    expect(runs.of('file:///a')).toBeUndefined();
    tell(finished('9'));
    expect(runs.of('file:///a')).toBeUndefined();
  });
});
