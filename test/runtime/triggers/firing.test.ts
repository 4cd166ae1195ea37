/** How triggers fire: polling, webhooks, conditions, concurrency. */
import { describe, expect, it } from 'vitest';
import { play } from '../engine/play';
import { compose } from '../engine/play';

const poll = {
  type: 'Http',
  inputs: { method: 'GET', uri: 'https://svc.example.test/poll' },
  recurrence: { frequency: 'Minute', interval: 1 },
};

describe('an HTTP polling trigger', () => {
  const polled = (response: unknown, more: Record<string, unknown> = {}): ReturnType<typeof play> =>
    play(
      { A: compose("@triggerBody()?['v']") },
      {
        definition: { triggers: { HTTP: { ...poll, ...more } } },
        case: {
          trigger: { type: 'poll', name: 'HTTP' },
          mocks: [{ match: { trigger: 'HTTP' }, responses: [response] }],
        },
      },
    );

  it('starts a run on 200 only', async () => {
    expect((await polled({ status: 200, body: { v: 1 } })).outputs('A')).toBe(1);
    for (const status of [201, 202, 204, 404]) expect((await polled({ status })).seen.runs).toEqual([]);
  });

  it('tries again by its retry policy before it gives up', async () => {
    expect((await polled({ status: 500 })).seen.requests.length).toBe(5);
  });

  it('splits what it got', async () => {
    const played = await polled(
      { status: 200, body: { rows: [{ v: 1 }, { v: 2 }] } },
      { splitOn: "@triggerBody()?['rows']" },
    );
    expect(played.seen.runs.length).toBe(2);
  });
});

describe('a trigger that fires by itself', () => {
  it('gives its outputs to the run, split or as one item', async () => {
    const triggers = { T: { type: 'ServiceProvider', inputs: {}, splitOn: "@triggerOutputs()?['body']" } };
    const fire = (trigger: Record<string, unknown>): ReturnType<typeof play> =>
      play(
        { A: compose('@triggerBody()') },
        { definition: { triggers }, case: { trigger: { type: 'fire', name: 'T', ...trigger } } },
      );
    const split = await fire({ outputs: { body: ['a', 'b'] } });
    expect(split.seen.runs.length).toBe(2);
    const one = await fire({ outputs: { body: 'a' }, debatched: true });
    expect(one.outputs('A')).toBe('a');
  });

  it('has no Response to give: the action is skipped, and the run goes on', async () => {
    const played = await play(
      { R: { type: 'Response', inputs: { statusCode: 200 } } },
      {
        definition: { triggers: { T: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } } } },
        case: { trigger: { type: 'fire' } },
      },
    );
    expect([played.step('R')?.code, played.status]).toEqual(['ActionResponseSkipped', 'Succeeded']);
  });
});

describe('concurrency', () => {
  const wait = { W: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Minute' } } } };
  const times = async (concurrency: unknown, repeat: number): Promise<number[]> => {
    const played = await play(wait, {
      trigger: { runtimeConfiguration: { concurrency } },
      case: { trigger: { type: 'request', body: {}, repeat } },
    });
    return played.seen.runs.map((run) => run.waitEndTime - played.seen.start);
  };

  it('lets as many runs go on as it says, and the rest wait their turn', async () => {
    expect(await times({ runs: 2 }, 5)).toEqual([0, 0, 60_000, 60_000, 120_000]);
  });

  it('refuses what would be too many in the queue', async () => {
    expect(await times({ runs: 1, maximumWaitingRuns: 2 }, 10)).toEqual([0, 60_000, 120_000]);
  });
});
