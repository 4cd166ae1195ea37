import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { HostError } from '../../../runtime/host/commands';
import type { HostOptions } from '../../../runtime/host/commands';
import { after, hasSqlite, makeProject, manual, TestHost } from './projects';
import type { WorkflowText } from './projects';

const open: TestHost[] = [];
afterEach(async () => {
  for (const host of open.splice(0)) await host.link.dispose();
});
const start = async (folder: string, options: Partial<HostOptions> = {}) => {
  const host = await TestHost.open(folder, { port: 0, ...options });
  open.push(host);
  return host;
};

const echo: WorkflowText = {
  actions: {
    Twice: { type: 'Compose', inputs: "@mul(triggerBody()?['n'], 2)", runAfter: {} },
    Reply: {
      type: 'Response',
      inputs: { statusCode: 201, body: { twice: "@outputs('Twice')" } },
      runAfter: after('Twice'),
    },
  },
};
const silent: WorkflowText = { actions: { Note: { type: 'Compose', inputs: 1, runAfter: {} } } };
const loop: WorkflowText = {
  actions: {
    Each: {
      type: 'Foreach',
      foreach: '@triggerBody()',
      runAfter: {},
      actions: { Item: { type: 'Compose', inputs: '@item()', runAfter: {} } },
    },
  },
};
const waits: WorkflowText = {
  actions: { Long: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } }, runAfter: {} } },
};

const post = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'Content-Type': 'application/json', ...headers },
  });
const errorOf = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { error: { code: string } }).error.code,
];

describe('calls of a callback URL', () => {
  it.each(['Stateful', 'Stateless'] as const)('give the answer of the Response action (%s)', async (kind) => {
    const host = await start(makeProject({ echo: { ...echo, kind } }).folder);
    const answer = await post(await host.callbackUrl('echo'), { n: 21 });
    expect([answer.status, await answer.json()]).toEqual([201, { twice: 42 }]);
  });

  it('give 202 where no Response action is', async () => {
    const host = await start(makeProject({ silent }).folder);
    const answer = await post(await host.callbackUrl('silent'), {});
    expect(answer.status).toBe(202);
    expect(await host.ended(answer.headers.get('x-ms-workflow-run-id') ?? '')).toBe('Succeeded');
  });

  it('are refused in the shapes of the platform', async () => {
    const triggers = { manual: { type: 'Request', inputs: { method: 'PUT', relativePath: 'a/{id}' } } };
    const host = await start(makeProject({ echo, strict: { ...silent, triggers } }).folder);
    const url = await host.callbackUrl('echo');
    expect(await errorOf(await post(url.replace(/sig=.*/, 'sig=AAAA'), {}))).toEqual([401, 'AuthorizationFailed']);
    expect(await errorOf(await post(url.replace(/\?.*/, ''), {}))).toEqual([401, 'DirectApiAuthorizationRequired']);
    expect(await errorOf(await post(url.replace('/api/echo/', '/api/nope/'), {}))).toEqual([404, 'WorkflowNotFound']);
    expect(await errorOf(await post(url.replace('/manual/', '/other/'), {}))).toEqual([404, 'WorkflowTriggerNotFound']);
    expect(await errorOf(await post(url, '{"n":'))).toEqual([400, 'InvalidRequestContent']);
    const strict = await host.callbackUrl('strict');
    expect(strict).toContain('/invoke/a/{id}?');
    expect(await errorOf(await post(strict, {}))).toEqual([405, 'TriggerRequestMethodNotValid']);
    expect((await host.link.send('listRuns', {})).runs).toEqual([]);
  });

  it('survive a response that HTTP cannot carry', async () => {
    const odd: WorkflowText = {
      actions: {
        Reply: {
          type: 'Response',
          inputs: { statusCode: 200, headers: { 'x-text': "@concat('a', decodeUriComponent('%0A'), 'b')" } },
          runAfter: {},
        },
      },
    };
    const host = await start(makeProject({ odd }).folder);
    expect(await errorOf(await post(await host.callbackUrl('odd'), {}))).toEqual([502, 'InvalidResponseHeaders']);
  });

  it('say why a workflow cannot run', async () => {
    const broken: WorkflowText = { actions: { A: { type: 'Compose', inputs: 1, runAfter: after('Nobody') } } };
    const host = await start(makeProject({ broken }).folder);
    const { workflows } = await host.link.send('listWorkflows', {});
    expect(workflows[0]?.problems.join()).toContain('Nobody');
    expect(await errorOf(await post(await host.callbackUrl('broken'), {}))).toEqual([400, 'InvalidTemplate']);
  });
});

interface Resource {
  readonly name: string;
  readonly properties: Record<string, unknown> & {
    readonly inputsLink?: { readonly uri: string; readonly contentSize: number };
    readonly outputsLink?: { readonly uri: string };
  };
}

describe('the management interface', () => {
  const get = async (url: string) =>
    (await fetch(url)).json() as Promise<{ value: Resource[]; nextLink?: string } & Resource>;
  const root = (host: TestHost) => `${host.url}/runtime/webhooks/workflow/api/management/workflows`;

  it('lists workflows, triggers and the callback URL that works', async () => {
    const host = await start(makeProject({ echo }).folder);
    expect(await get(root(host))).toMatchObject([{ name: 'echo', kind: 'Stateful', health: { state: 'Healthy' } }]);
    expect(await get(`${root(host)}/echo/triggers`)).toMatchObject({
      value: [{ name: 'manual', type: 'workflows/triggers' }],
    });
    const found = await post(`${root(host)}/ECHO/triggers/manual/listCallbackUrl?api-version=2022-05-01`, '');
    const { value, method } = (await found.json()) as { value: string; method: string };
    expect([method, (await post(value, { n: 1 })).status]).toEqual(['POST', 201]);
  });

  it('pages runs newest first and filters them', async () => {
    const host = await start(makeProject({ echo }).folder);
    const url = await host.callbackUrl('echo');
    for (let n = 0; n < 5; n += 1) await post(url, { n });
    await post(url, { n: 'no number' });
    const all = await get(`${root(host)}/echo/runs`);
    expect(all.value.map(({ properties }) => properties['status'])).toEqual([
      'Failed',
      ...Array<string>(5).fill('Succeeded'),
    ]);
    const seen: string[] = [];
    let next: string | undefined =
      `${root(host)}/echo/runs?$top=4&$filter=${encodeURIComponent("status eq 'Succeeded'")}`;
    for (; next !== undefined;) {
      const page: { value: Resource[]; nextLink?: string } = await get(next);
      seen.push(...page.value.map(({ name }) => name));
      next = page.nextLink;
    }
    expect(seen).toEqual(all.value.slice(1).map(({ name }) => name));
    expect(await errorOf(await fetch(`${root(host)}/echo/runs?$filter=nonsense`))).toEqual([
      400,
      'InvalidFilterInQuery',
    ]);
  });

  it('shows actions, repetitions and the contents behind their links', async () => {
    const host = await start(makeProject({ loop }).folder);
    const { runIds } = await host.link.send('fireTrigger', {
      workflow: 'loop',
      request: {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        bodyBase64: Buffer.from('["a","b"]').toString('base64'),
      },
    });
    const run = `${root(host)}/loop/runs/${runIds[0]}`;
    await host.ended(runIds[0] ?? '');
    expect((await get(run)).properties).toMatchObject({ status: 'Succeeded', trigger: { name: 'manual' } });
    const actions = await get(`${run}/actions`);
    expect(
      actions.value.map(({ name, properties }) => [name, properties['status'], properties['repetitionCount']]),
    ).toEqual([
      ['Each', 'Succeeded', 2],
      ['Item', 'Succeeded', 2],
    ]);
    const repetitions = await get(`${run}/actions/Item/repetitions`);
    expect(repetitions.value.map(({ name, properties }) => [name, properties['repetitionIndexes']])).toEqual([
      ['000000', [{ scopeName: 'Each', itemIndex: 0 }]],
      ['000001', [{ scopeName: 'Each', itemIndex: 1 }]],
    ]);
    const second = await get(`${run}/actions/Item/repetitions/000001`);
    expect(await get(second.properties.outputsLink?.uri ?? '')).toBe('b');
    expect((await get(`${run}/actions/Each/scopeRepetitions`)).value).toHaveLength(2);
    const link = second.properties.outputsLink?.uri ?? '';
    expect((await fetch(link.replace('000001', '000000'))).status).toBe(401);
    expect(await errorOf(await fetch(`${run}/actions/Nobody`))).toEqual([404, 'WorkflowRunActionNotFound']);
    expect(await errorOf(await fetch(`${run}0/actions`))).toEqual([404, 'WorkflowRunNotFound']);
  });

  it('cancels and resubmits runs', async () => {
    const host = await start(makeProject({ waits }).folder);
    await post(await host.callbackUrl('waits'), { n: 5 });
    const [first] = (await get(`${root(host)}/waits/runs`)).value;
    const id = first?.name ?? '';
    expect((await post(`${root(host)}/waits/runs/${id}/cancel`, '')).status).toBe(200);
    expect(await host.ended(id)).toBe('Cancelled');
    const again = await post(`${root(host)}/waits/triggers/manual/histories/${id}/resubmit`, '');
    expect(again.status).toBe(202);
    const run = again.headers.get('x-ms-workflow-run-id') ?? '';
    expect((await get(`${root(host)}/waits/runs/${run}`)).properties['status']).toBe('Running');
  });

  it('runs any trigger on demand', async () => {
    const triggers = { nightly: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } } };
    const host = await start(makeProject({ nightly: { ...silent, triggers } }).folder);
    const answer = await post(`${root(host)}/nightly/triggers/nightly/run`, '');
    expect(answer.status).toBe(202);
    expect(await host.ended(answer.headers.get('x-ms-workflow-run-id') ?? '')).toBe('Succeeded');
  });

  it('does not answer pages of other sites', async () => {
    const host = await start(makeProject({ echo }).folder);
    expect((await fetch(root(host), { headers: { Origin: 'https://example.com' } })).status).toBe(403);
    expect((await fetch(root(host), { headers: { Origin: 'http://localhost:3000' } })).status).toBe(200);
  });
});

describe('a host', () => {
  it('takes another port when its own is in use, and frees it at the end', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const host = await start(makeProject({ echo }).folder, { port });
    expect(host.url).not.toContain(`:${port}`);
    const { url } = host;
    await host.link.dispose();
    await host.link.dispose();
    await expect(fetch(url)).rejects.toThrow();
    await expect(host.link.send('listRuns', {})).rejects.toThrow(HostError);
    taken.close();
  });

  it('refuses a folder that is no project', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'empty-'));
    await expect(TestHost.open(folder)).rejects.toThrow(/no logic app project/);
    await expect(TestHost.open(join(folder, 'missing'))).rejects.toThrow(/There is no folder/);
  });

  it('runs an edited workflow after a reload, and lets runs of the old one end', async () => {
    const { folder, write } = makeProject({ flow: waits });
    const host = await start(folder);
    const { runIds } = await host.link.send('fireTrigger', { workflow: 'flow' });
    write(
      'flow/workflow.json',
      JSON.stringify({ definition: { triggers: manual, actions: echo.actions }, kind: 'Stateful' }),
    );
    await host.link.send('reload', {});
    expect((await post(await host.callbackUrl('flow'), { n: 2 })).status).toBe(201);
    await host.link.send('cancelRun', { runId: runIds[0] ?? '' });
    expect(await host.ended(runIds[0] ?? '')).toBe('Cancelled');
  });

  it.skipIf(!hasSqlite)('takes up unfinished runs where they were, without doing anything twice', async () => {
    const calls: string[] = [];
    const server = createServer((request, response) => {
      calls.push(request.url ?? '');
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
    const get = (path: string, ...names: string[]) => ({
      type: 'Http',
      inputs: { method: 'GET', uri: `${base}${path}` },
      runAfter: after(...names),
    });
    const flow: WorkflowText = {
      actions: {
        First: get('/first'),
        Wait: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Second' } }, runAfter: after('First') },
        Second: get('/second', 'Wait'),
      },
    };
    const { folder } = makeProject({ flow });
    const options = { storeFile: join(folder, '.history/runs.sqlite'), suspendOnStop: true };
    const before = await start(folder, options);
    const { runIds } = await before.link.send('fireTrigger', { workflow: 'flow' });
    await before.notice((notice) =>
      notice.type === 'event' && notice.event.type === 'actionStarted' && notice.event.step.action === 'Wait'
        ? true
        : undefined,
    );
    await before.link.dispose();
    const behind = await start(folder, options);
    expect(await behind.ended(runIds[0] ?? '')).toBe('Succeeded');
    expect(calls).toEqual(['/first', '/second']);
    server.close();
  });
});
