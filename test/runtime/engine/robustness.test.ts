/** What a workflow must not be able to do to its process, and how a run is taken up again. */
import { describe, expect, it } from 'vitest';
import { Engine } from '../../../runtime/engine/engine';
import { RunHistory } from '../../../runtime/engine/history';
import { projectFromFiles } from '../../../runtime/engine/project';
import type { RunEvent } from '../../../runtime/events';
import type { HttpClient, Ports } from '../../../runtime/ports';
import { VirtualClock } from '../../../runtime/scenario/virtualClock';
import { compose, play, workflowOf } from './play';

const script = (code: string): unknown => ({ type: 'JavaScriptCode', inputs: { code } });

describe('a script', () => {
  it('reads the workflow and gives its value', async () => {
    const played = await play({
      A: compose({ n: [1, 2, 3] }),
      S: {
        ...(script('return workflowContext.actions.A.outputs.n.map(x => x * 2);') as object),
        runAfter: { A: ['Succeeded'] },
      },
    });
    expect(played.outputs('S')).toEqual({ body: [2, 4, 6] });
  });

  it.each([
    ['throw new Error("no")', 'InlineCodeScriptRuntimeFailure', 'Error: no'],
    ['return require("fs")', 'InlineCodeScriptRuntimeFailure', 'require is not defined'],
    ['return process.env', 'InlineCodeScriptRuntimeFailure', 'process is not defined'],
    ['return this.constructor.constructor("return process")()', 'InlineCodeScriptRuntimeFailure', 'undefined'],
    [
      'return workflowContext.constructor.constructor("return process")()',
      'InlineCodeScriptRuntimeFailure',
      'Code generation',
    ],
    ['return fetch("http://localhost")', 'InlineCodeScriptRuntimeFailure', 'fetch is not defined'],
    ['syntax error here', 'InlineCodeScriptRuntimeFailure', 'SyntaxError'],
  ])('%s fails its action', async (code, error, message) => {
    const played = await play({ S: script(code) });
    expect(played.step('S')).toMatchObject({ status: 'Failed', error: { code: error } });
    expect(played.step('S')?.error?.message).toContain(message);
  });

  it('that never ends is ended', async () => {
    const played = await play({ S: script('for (;;) {}') }, { options: { limits: { scriptTimeout: 200 } } });
    expect(played.step('S')?.error).toMatchObject({ code: 'InlineCodeScriptTimedOut' });
  }, 20_000);

  it('that eats memory is ended', async () => {
    const played = await play(
      { S: script('const a = []; for (;;) a.push(new Array(1e5).fill("x"));') },
      { options: { limits: { scriptMemory: 24 } } },
    );
    expect(played.statusOf('S')).toBe('Failed');
  }, 20_000);
});

interface World {
  readonly engine: Engine;
  readonly events: RunEvent[];
  readonly clock: VirtualClock;
  readonly calls: string[];
}

/** An engine over one workflow, with a clock that the test turns. */
function world(actions: Record<string, unknown>, http?: HttpClient['send'], more: Partial<Ports> = {}): World {
  const clock = new VirtualClock(Date.UTC(2026, 0, 1));
  const events: RunEvent[] = [];
  const calls: string[] = [];
  let ids = 0;
  const engine = new Engine({
    project: projectFromFiles(new Map([['wf/workflow.json', JSON.stringify(workflowOf(actions))]])),
    emit: (event) => events.push(event),
    ports: {
      clock,
      ids: { guid: () => `guid-${++ids}`, runId: () => `run-${++ids}`, random: () => 0.5 },
      http: {
        send(request, signal) {
          calls.push(request.url);
          return (
            http?.(request, signal) ??
            Promise.resolve({ response: { statusCode: 200, headers: {}, body: new Uint8Array() } })
          );
        },
      },
      files: { read: async () => undefined, list: async () => [] },
      processes: { run: async () => ({ missing: true }) },
      ...more,
    },
  });
  return { engine, events, clock, calls };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const http = (path: string, after: string[] = []): unknown => ({
  type: 'Http',
  inputs: { method: 'POST', uri: `https://svc.example.test/${path}`, retryPolicy: { type: 'none' } },
  runAfter: Object.fromEntries(after.map((name) => [name, ['Succeeded']])),
});

describe('a run', () => {
  it('lets others have the thread while it computes', async () => {
    const { engine } = world({
      L: { type: 'Foreach', foreach: '@range(0, 20000)', actions: { A: compose('@mul(item(), 2)') } },
    });
    let turns = 0;
    let ended = false;
    const run = engine.start({ workflow: 'wf', result: { outputs: null } });
    void run.done.then(() => {
      ended = true;
    });
    while (!ended) {
      await turn();
      turns++;
    }
    expect(turns).toBeGreaterThan(5);
    expect((await run.done).status).toBe('Succeeded');
  });

  it('of ten thousand actions in a row does not exhaust the stack', async () => {
    const actions: Record<string, unknown> = {};
    for (let i = 0; i < 10_000; i++) actions[`A${i}`] = compose(i, i === 0 ? [] : [`A${i - 1}`]);
    const { engine } = world(actions);
    expect((await engine.start({ workflow: 'wf', result: { outputs: null } }).done).status).toBe('Succeeded');
  });

  it('survives an HTTP client that throws', async () => {
    const { engine, events } = world({ A: http('a') }, () => {
      throw new Error('a bug');
    });
    expect((await engine.start({ workflow: 'wf', result: { outputs: null } }).done).status).toBe('Failed');
    const failed = events.find((event) => event.type === 'actionFinished');
    expect(failed).toMatchObject({
      error: { code: 'InternalServerError', message: expect.stringContaining('a bug') as string },
    });
  });

  it('refuses a response that is larger than a message may be', async () => {
    const body = new Uint8Array(104_857_601);
    const { engine, events } = world({ A: http('a') }, async () => ({
      response: { statusCode: 200, headers: {}, body },
    }));
    await engine.start({ workflow: 'wf', result: { outputs: null } }).done;
    expect(events.find((event) => event.type === 'actionFinished')).toMatchObject({
      error: { code: 'BufferLengthExceeded' },
    });
  });

  it('can be cancelled while it waits: what runs is cancelled, what follows skipped', async () => {
    const { engine, events } = world({
      W: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Day' } } },
      A: compose(1, ['W']),
    });
    const run = engine.start({ workflow: 'wf', result: { outputs: null } });
    await turn();
    run.cancel();
    expect((await run.done).status).toBe('Cancelled');
    const history = RunHistory.of(events);
    expect(history.actions().map(({ name, status }) => [name, status])).toEqual([
      ['W', 'Cancelled'],
      ['A', 'Skipped'],
    ]);
  });

  it('numbers its events without gaps', async () => {
    const { engine, events } = world({ A: compose(1), B: compose('@div(1, 0)', ['A']) });
    await engine.start({ workflow: 'wf', result: { outputs: null } }).done;
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_event, index) => index + 1));
  });
});

describe('a run that is taken up again', () => {
  const actions = {
    Init: { type: 'InitializeVariable', inputs: { variables: [{ name: 'list', type: 'array' }] } },
    Loop: {
      type: 'Foreach',
      foreach: ['a', 'b', 'c'],
      operationOptions: 'Sequential',
      actions: {
        Call: http('@{item()}'),
        Add: {
          type: 'AppendToArrayVariable',
          inputs: { name: 'list', value: '@item()' },
          runAfter: { Call: ['Succeeded'] },
        },
      },
      runAfter: { Init: ['Succeeded'] },
    },
    Pause: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } }, runAfter: { Loop: ['Succeeded'] } },
    After: http('after', ['Pause']),
    Out: compose("@variables('list')", ['After']),
  };

  async function finish(each: World, done: Promise<unknown>): Promise<void> {
    let ended = false;
    void done.then(() => {
      ended = true;
    });
    for (let i = 0; i < 1000 && !ended; i++) {
      await turn();
      if (!ended) each.clock.advance();
    }
  }

  it('executes nothing twice, wherever it was interrupted, and ends the same', async () => {
    const whole = world(actions);
    await finish(whole, whole.engine.start({ workflow: 'wf', result: { outputs: null } }).done);
    expect(whole.calls.length).toBe(4);
    for (let cut = 2; cut < whole.events.length; cut++) {
      const before = whole.events.slice(0, cut);
      const finishedCalls = before.filter(
        (event) => event.type === 'actionFinished' && ['Call', 'After'].includes(event.step.action),
      ).length;
      const again = world(actions);
      const run = again.engine.resume(before);
      await finish(again, run.done);
      expect((await run.done).status, `cut at ${cut}`).toBe('Succeeded');
      expect(again.calls.length, `calls after a cut at ${cut}`).toBe(4 - finishedCalls);
      const history = RunHistory.of([...before, ...again.events]);
      expect(history.step({ action: 'Out', repetition: [] })?.outputs, `cut at ${cut}`).toEqual({
        json: '["a","b","c"]',
      });
    }
  });

  it('waits only for what is left of its wait', async () => {
    const first = world({ Pause: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } } } });
    first.engine.start({ workflow: 'wf', result: { outputs: null } });
    await turn();
    const again = world({ Pause: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } } } });
    const start = again.clock.now();
    void again.clock.sleep(1_800_000);
    again.clock.advance();
    const run = again.engine.resume(first.events);
    await finish(again, run.done);
    expect((await run.done).endTime - start).toBe(3_600_000);
  });

  it('says so when it needs what is secured and was not kept', async () => {
    const secured = { runtimeConfiguration: { secureData: { properties: ['outputs'] } } };
    const all = {
      Secret: { type: 'Compose', inputs: 'plainly-fake', ...secured },
      Pause: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } }, runAfter: { Secret: ['Succeeded'] } },
      Use: compose("@outputs('Secret')", ['Pause']),
    };
    const first = world(all);
    first.engine.start({ workflow: 'wf', result: { outputs: null } });
    await turn();
    expect(() => world(all).engine.resume(first.events)).toThrow(/'Secret' gave is secured and was not kept/);
  });
});
