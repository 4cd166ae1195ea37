import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { jsonAnswer } from '../../../runtime/host/http/failures';
import { parseFilter } from '../../../runtime/host/http/filter';
import { HostAddresses } from '../../../runtime/host/http/addresses';
import { listen } from '../../../runtime/host/http/listener';
import type { Listener } from '../../../runtime/host/http/listener';
import { routeOf } from '../../../runtime/host/http/routes';
import { Signatures } from '../../../runtime/host/http/signature';
import { Turns } from '../../../runtime/engine/turns';

describe('signed addresses', () => {
  const addresses = new HostAddresses(new Signatures(randomBytes(32)), 'http://localhost:7071');
  const queryOf = (url: string) => url.slice(url.indexOf('?') + 1);

  it('have the form of the platform', () => {
    expect(addresses.trigger('my-flow', 'manual')).toMatch(
      /^http:\/\/localhost:7071\/api\/my-flow\/triggers\/manual\/invoke\?api-version=[-\d]+&sp=%2Ftriggers%2Fmanual%2Frun&sv=1\.0&sig=[\w-]{43}$/,
    );
  });

  it('are valid for what they were made for, in any case of names, and for nothing else', () => {
    const query = queryOf(addresses.trigger('flow', 'manual'));
    expect(addresses.checkTrigger(query, 'FLOW', 'Manual')).toBe('valid');
    expect(addresses.checkTrigger(query, 'other', 'manual')).toBe('wrong');
    expect(addresses.checkTrigger(query, 'flow', 'second')).toBe('wrong');
    expect(addresses.checkTrigger(`${query.slice(0, -1)}${query.endsWith('A') ? 'E' : 'A'}`, 'flow', 'manual')).toBe(
      'wrong',
    );
    expect(addresses.checkTrigger('api-version=2022-05-01', 'flow', 'manual')).toBe('missing');
    const other = new HostAddresses(new Signatures(randomBytes(32)), 'http://localhost:7071');
    expect(other.checkTrigger(query, 'flow', 'manual')).toBe('wrong');
  });

  it('of a webhook belong to one repetition of one action of one run', () => {
    const query = queryOf(addresses.webhook('flow', 'r1', { action: 'Ask', repetition: [2, 0] }));
    expect(addresses.checkWebhook(query, 'flow', 'r1', { action: 'Ask', repetition: [2, 0] })).toBe('valid');
    expect(addresses.checkWebhook(query, 'flow', 'r1', { action: 'Ask', repetition: [2, 1] })).toBe('wrong');
    expect(addresses.checkWebhook(query, 'flow', 'r2', { action: 'Ask', repetition: [2, 0] })).toBe('wrong');
  });

  it('lead back to the route they name', () => {
    const path = (url: string) => new URL(url).pathname;
    expect(routeOf(path(addresses.webhook('my flow', 'r1', { action: 'Ask_ä', repetition: [2, 0] })))).toEqual({
      kind: 'webhook',
      workflow: 'my flow',
      runId: 'r1',
      action: 'Ask_ä',
      repetition: [2, 0],
    });
    expect(routeOf(path(addresses.asyncResponse('flow', 'r1')))).toEqual({
      kind: 'asyncResponse',
      workflow: 'flow',
      runId: 'r1',
    });
    expect(
      routeOf(path(addresses.content('flow', 'r1', 'ActionInputs', { action: 'A', repetition: [1] }))),
    ).toMatchObject({
      kind: 'content',
      content: 'ActionInputs',
      action: 'A',
      repetition: [1],
    });
  });
});

describe('routes', () => {
  const management = '/runtime/webhooks/workflow/api/management/workflows';
  it.each([
    ['/api/flow/triggers/manual/invoke', { kind: 'invoke', workflow: 'flow', trigger: 'manual', path: '' }],
    ['/api/flow/triggers/manual/invoke/a%20b/c', { kind: 'invoke', path: 'a%20b/c' }],
    [management, { kind: 'workflows' }],
    [`${management}/flow/Triggers/manual/listCallbackUrl`, { kind: 'triggerCallbackUrl', trigger: 'manual' }],
    [`${management}/flow/triggers/manual/run`, { kind: 'triggerRun' }],
    [`${management}/flow/triggers/manual/histories/h1/resubmit`, { kind: 'triggerResubmit', history: 'h1' }],
    [`${management}/flow/runs/`, { kind: 'runs' }],
    [`${management}/flow/runs/r1/cancel`, { kind: 'runCancel', runId: 'r1' }],
    [`${management}/flow/runs/r1/actions/A/repetitions`, { kind: 'repetitions', action: 'A', scope: false }],
    [
      `${management}/flow/runs/r1/actions/A/scopeRepetitions/000001`,
      { kind: 'repetition', scope: true, repetition: [1] },
    ],
    [
      `${management}/flow/runs/r1/actions/A/repetitions/000001-000002/requestHistories`,
      { kind: 'requestHistories', repetition: [1, 2] },
    ],
  ])('%s', (path, expected) => {
    expect(routeOf(path)).toMatchObject(expected);
  });
  it.each(['/', '/api', '/api/flow/triggers/manual', `${management}/flow/unknown`, '/api/%E0%A4%A/triggers/x/invoke'])(
    '%s leads nowhere',
    (path) => expect(routeOf(path)).toBeUndefined(),
  );
});

describe('run filters', () => {
  it('understand what clients of the platform write', () => {
    expect(parseFilter("status eq 'Failed'")).toEqual({ filter: { statuses: ['Failed'] } });
    expect(parseFilter("(status eq 'Failed' or status eq 'Cancelled') and startTime ge 2024-05-01T00:00:00Z")).toEqual({
      filter: { statuses: ['Failed', 'Cancelled'], startedFrom: { time: Date.UTC(2024, 4, 1), inclusive: true } },
    });
    expect(parseFilter("startTime lt 2024-05-01T00:00:00Z and clientTrackingId eq 'it''s'")).toEqual({
      filter: { startedTo: { time: Date.UTC(2024, 4, 1), inclusive: false }, clientTrackingId: "it's" },
    });
  });
  it('say what they do not understand', () => {
    expect(JSON.stringify(parseFilter("name eq 'x'"))).toMatch(/problem.*name eq 'x'.*not understood/);
    expect(parseFilter('startTime ge yesterday')).toHaveProperty('problem');
  });
});

describe('the listener', () => {
  const open: Listener[] = [];
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close();
  });
  const start = async (port = 0) => {
    const listener = await listen({
      port,
      hostName: '127.0.0.1',
      bodyLimit: 1000,
      handle: ({ method, path, query, body, headers }) => {
        if (path === '/bug') throw new Error('a bug');
        return jsonAnswer(200, {
          method,
          path,
          query,
          size: body?.length ?? null,
          names: headers.map(([name]) => name),
        });
      },
      turns: new Turns(),
      onError: () => undefined,
    });
    open.push(listener);
    return `http://127.0.0.1:${listener.port}`;
  };

  it('hands on what was sent, and tells no body from an empty one', async () => {
    const base = await start();
    const answer = await fetch(`${base}/a%20b?x=%31`, {
      method: 'POST',
      body: 'four',
      headers: { 'X-Mixed-Case': '1' },
    });
    expect(await answer.json()).toMatchObject({ method: 'POST', path: '/a%20b', query: 'x=%31', size: 4 });
    expect(await (await fetch(`${base}/`)).json()).toMatchObject({ size: null });
  });

  it('refuses bodies beyond the limit, announced or not', async () => {
    const base = await start();
    const big = await fetch(base, { method: 'POST', body: 'x'.repeat(1001) });
    expect([big.status, await big.json()]).toMatchObject([413, { error: { code: 'RequestEntityTooLarge' } }]);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const outgoing = request(base, { method: 'POST' }, (message) => resolve(message.statusCode));
      outgoing.on('error', reject);
      outgoing.write('x'.repeat(600));
      outgoing.end('x'.repeat(600));
    });
    expect(status).toBe(413);
  });

  it('answers a bug with 500 in the shape of other errors', async () => {
    const answer = await fetch(`${await start()}/bug`);
    expect([answer.status, await answer.json()]).toMatchObject([500, { error: { code: 'InternalServerError' } }]);
  });

  it('takes another port when the wished-for one is in use', async () => {
    const first = await start();
    const second = await start(Number(new URL(first).port));
    expect(second).not.toBe(first);
    expect((await fetch(second)).status).toBe(200);
  });
});

describe('turns of the event loop', () => {
  it('let others in between when much arrives at once, and lose nobody', async () => {
    const turns = new Turns();
    let timers = 0;
    const timer = setInterval(() => (timers += 1), 1);
    const order: number[] = [];
    const guest = async (number: number): Promise<void> => {
      const turn = turns.pass();
      if (turn !== undefined) await turn;
      const end = performance.now() + 1;
      while (performance.now() < end);
      order.push(number);
    };
    await Promise.all(Array.from({ length: 100 }, (_, number) => guest(number)));
    clearInterval(timer);
    expect(order).toEqual(Array.from({ length: 100 }, (_, number) => number));
    expect(timers).toBeGreaterThanOrEqual(3);
  });
});
