import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { HostOptions } from '../../../runtime/host/commands';
import type { HttpClient, HttpRequest } from '../../../runtime/ports';
import { VirtualClock } from '../../../runtime/scenario/virtualClock';
import { hasSqlite, makeProject, TestHost, workflowText } from './projects';
import type { WorkflowText } from './projects';

const START = Date.UTC(2024, 4, 1, 10);
const HOUR = 3_600_000;

const open: TestHost[] = [];
afterEach(async () => {
  for (const host of open.splice(0)) await host.link.dispose();
});

class Armed {
  private constructor(
    readonly host: TestHost,
    readonly clock: VirtualClock,
  ) {}

  static async on(
    folder: string,
    {
      clock = new VirtualClock(START),
      send,
      options = {},
    }: { clock?: VirtualClock; send?: HttpClient['send']; options?: Partial<HostOptions> } = {},
  ): Promise<Armed> {
    const ports = { clock, ...(send === undefined ? {} : { http: { send } }) };
    const host = await TestHost.open(folder, { armTriggers: true, ...options }, ports);
    open.push(host);
    return new Armed(host, clock);
  }

  /** Lets the time pass, from one moment at which something is due to the next. */
  async until(time: number): Promise<void> {
    for (;;) {
      for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      if (this.clock.now() >= time || !this.clock.advance()) return;
    }
  }

  /** When each run began, in hours since the start. */
  starts(): number[] {
    return this.host.notices.flatMap((notice) =>
      notice.type === 'event' && notice.event.type === 'runStarted' ? [(notice.event.time - START) / HOUR] : [],
    );
  }

  outputs(): unknown[] {
    return this.host.notices.flatMap((notice) =>
      notice.type === 'event' && notice.event.type === 'triggerFired' && notice.event.outputs.json !== undefined
        ? [JSON.parse(notice.event.outputs.json) as unknown]
        : [],
    );
  }
}

const flow = (trigger: Record<string, unknown>): WorkflowText => ({
  triggers: { when: trigger },
  actions: { Note: { type: 'Compose', inputs: '@trigger()', runAfter: {} } },
});
const answer = (statusCode: number, headers: Record<string, string> = {}, body = '{}') => ({
  response: { statusCode, headers: { 'content-type': 'application/json', ...headers }, body: Buffer.from(body) },
});

describe('armed triggers', () => {
  it('fire by their recurrence', async () => {
    const recurrence = { frequency: 'Hour', interval: 6, startTime: '2024-05-01T12:00:00Z' };
    const armed = await Armed.on(makeProject({ flow: flow({ type: 'Recurrence', recurrence }) }).folder);
    await armed.until(START + 26 * HOUR);
    expect(armed.starts()).toEqual([2, 8, 14, 20, 26]);
  });

  it.skipIf(!hasSqlite)('go on with their schedule after a restart, without what was missed', async () => {
    const { folder } = makeProject({
      flow: flow({ type: 'Recurrence', recurrence: { frequency: 'Hour', interval: 2 } }),
    });
    const options = { storeFile: join(folder, '.history', 'runs.sqlite'), suspendOnStop: true };
    const first = await Armed.on(folder, { options });
    await first.until(START + 5 * HOUR);
    expect(first.starts()).toEqual([0, 2, 4, 6]);
    await first.host.link.dispose();
    const clock = new VirtualClock(START + 11 * HOUR);
    const second = await Armed.on(folder, { options, clock });
    await second.until(START + 15 * HOUR);
    expect(second.starts()).toEqual([12, 14, 16]);
  });

  it('hand out every window of a sliding window, late ones too', async () => {
    const recurrence = { frequency: 'Hour', interval: 1, startTime: '2024-05-01T08:00:00Z' };
    const trigger = { type: 'SlidingWindow', recurrence, inputs: { delay: 'PT15M' } };
    const armed = await Armed.on(makeProject({ flow: flow(trigger) }).folder);
    await armed.until(START + HOUR);
    expect(armed.starts()).toEqual([0, 0.25, 1.25]);
    expect(armed.outputs().map((each) => (each as { windowStartTime: string }).windowStartTime)).toEqual([
      '2024-05-01T08:00:00.000Z',
      '2024-05-01T09:00:00.000Z',
      '2024-05-01T10:00:00.000Z',
    ]);
  });

  it('poll, start runs on 200 only, and come back where and when a 202 says', async () => {
    const asked: string[] = [];
    const answers = [
      answer(202, { location: 'https://example.com/later', 'retry-after': '60' }),
      answer(200, {}, '{"news":1}'),
      answer(404),
      answer(200, {}, '{"news":2}'),
    ];
    const clock = new VirtualClock(START);
    const send = (request: HttpRequest) => {
      asked.push(`${(clock.now() - START) / 60_000} ${request.url}`);
      return Promise.resolve(answers.shift() ?? answer(204));
    };
    const inputs = { method: 'GET', uri: 'https://example.com/news' };
    const trigger = { type: 'Http', inputs, recurrence: { frequency: 'Minute', interval: 10 } };
    const armed = await Armed.on(makeProject({ flow: flow(trigger) }).folder, { clock, send });
    await armed.until(START + 45 * 60_000);
    expect(asked.slice(0, 4)).toEqual([
      '0 https://example.com/news',
      '1 https://example.com/later',
      '10 https://example.com/news',
      '20 https://example.com/news',
    ]);
    expect(armed.outputs().map((each) => (each as { body: unknown }).body)).toEqual([{ news: 1 }, { news: 2 }]);
  });

  it('subscribe, start a run when they are called, and unsubscribe at the end', async () => {
    const calls: string[] = [];
    const send = (request: HttpRequest) => {
      calls.push(`${request.method} ${request.url} ${Buffer.from(request.body ?? []).toString()}`);
      return Promise.resolve(answer(200));
    };
    const call = (method: string) => ({ method, uri: 'https://example.com/hook', body: { to: '@listCallbackUrl()' } });
    const trigger = { type: 'HttpWebhook', inputs: { subscribe: call('POST'), unsubscribe: call('DELETE') } };
    const armed = await Armed.on(makeProject({ flow: flow(trigger) }).folder, { send, options: { port: 0 } });
    await armed.until(START);
    const url = /"to":"([^"]+)"/.exec(calls[0] ?? '')?.[1] ?? '';
    expect(calls).toEqual([expect.stringMatching(/^POST https:\/\/example\.com\/hook/)]);
    const headers = { 'Content-Type': 'application/json' };
    expect((await fetch(url, { method: 'POST', body: '{"n":1}', headers })).status).toBe(202);
    expect(armed.outputs()).toMatchObject([{ body: { n: 1 } }]);
    await armed.host.link.dispose();
    expect(calls.at(-1)).toMatch(/^DELETE/);
  });

  it('go on over a reload when they have not changed, and follow an edit', async () => {
    const every = (interval: number) => flow({ type: 'Recurrence', recurrence: { frequency: 'Hour', interval } });
    const { folder, write } = makeProject({ flow: every(3) });
    const armed = await Armed.on(folder);
    await armed.until(START + HOUR);
    expect(armed.starts()).toEqual([0, 3]);
    await armed.host.link.send('reload', {});
    await armed.until(START + 4 * HOUR);
    expect(armed.starts()).toEqual([0, 3, 6]);
    write('flow/workflow.json', workflowText(every(1)));
    await armed.host.link.send('reload', {});
    await armed.until(START + 8 * HOUR);
    expect(armed.starts()).toEqual([0, 3, 6, 6, 7, 8]);
  });

  it('that cannot fire here are named', async () => {
    const trigger = { type: 'ServiceProvider', inputs: { parameters: {} } };
    const armed = await Armed.on(makeProject({ flow: flow(trigger) }).folder);
    await armed.until(START);
    expect(JSON.stringify(armed.host.notices)).toMatch(/'when' of 'flow' \(ServiceProvider\) does not fire by itself/);
  });
});
