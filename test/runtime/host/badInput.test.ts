/** What workflows, services and callers may do to a host without taking it down. */
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { HostOptions } from '../../../runtime/host/commands';
import { after, makeProject, TestHost } from './projects';
import type { WorkflowText } from './projects';

const open: TestHost[] = [];
const servers: Server[] = [];
afterEach(async () => {
  for (const host of open.splice(0)) await host.link.dispose();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function start(workflows: Record<string, WorkflowText>, options: Partial<HostOptions> = {}): Promise<TestHost> {
  const host = await TestHost.open(makeProject(workflows).folder, { port: 0, ...options });
  open.push(host);
  return host;
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
}

const post = (url: string, body: unknown = {}) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
const runs = (host: TestHost) => `${host.url}/runtime/webhooks/workflow/api/management/workflows/flow/runs`;
const actionsOf = (host: TestHost, runId: string) =>
  host.notices.flatMap((notice) =>
    notice.type === 'event' && notice.event.runId === runId && notice.event.type === 'actionFinished'
      ? [notice.event]
      : [],
  );

describe('a host survives', () => {
  it('a loop without end, answers others meanwhile, and can end it', async () => {
    const host = await start({
      flow: {
        actions: {
          Forever: {
            type: 'Until',
            expression: '@equals(1, 2)',
            limit: { count: 5000, timeout: 'P1D' },
            runAfter: {},
            actions: {
              Each: {
                type: 'Foreach',
                foreach: '@range(0, 1000)',
                runAfter: {},
                actions: { Item: { type: 'Compose', inputs: '@item()', runAfter: {} } },
              },
            },
          },
        },
      },
    });
    const begun = await post(await host.callbackUrl('flow'));
    const id = begun.headers.get('x-ms-workflow-run-id') ?? '';
    expect(begun.status).toBe(202);
    expect((await fetch(`${runs(host)}/${id}`)).status).toBe(200);
    expect((await post(`${runs(host)}/${id}/cancel`)).status).toBe(200);
    expect(await host.ended(id)).toBe('Cancelled');
  }, 20_000);

  it.each([
    ['announced', { 'content-length': String(101 * 1024 * 1024) }],
    ['not announced', {}],
  ])(
    'a response of more than 100 MB whose length is %s',
    async (_, headers) => {
      const chunk = Buffer.alloc(1024 * 1024, 'x');
      let sent = 0;
      const uri = await serve((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/plain', ...headers });
        const more = (): void => {
          while (sent < 101 && !response.destroyed) {
            sent += 1;
            if (!response.write(chunk)) {
              response.once('drain', more);
              return;
            }
          }
          response.end();
        };
        response.on('error', () => undefined);
        more();
      });
      const host = await start({
        flow: {
          actions: {
            Get: { type: 'Http', inputs: { method: 'GET', uri, retryPolicy: { type: 'none' } }, runAfter: {} },
          },
        },
      });
      const id = (await post(await host.callbackUrl('flow'))).headers.get('x-ms-workflow-run-id') ?? '';
      expect(await host.ended(id)).toBe('Failed');
      const [finished] = actionsOf(host, id);
      expect(finished?.error?.message).toMatch(/larger than the limit of 104857600 bytes/);
      expect((await fetch(runs(host))).status).toBe(200);
    },
    60_000,
  );

  it.each(['Stateful', 'Stateless'] as const)(
    'ten thousand events at once (%s)',
    async (kind) => {
      const host = await start({
        flow: {
          kind,
          triggers: { manual: { type: 'Request', kind: 'Http', inputs: {}, splitOn: '@triggerBody()' } },
          actions: {
            A: { type: 'Compose', inputs: "@triggerBody()['n']", runAfter: {} },
            B: { type: 'Compose', inputs: "@outputs('A')", runAfter: after('A') },
          },
        },
      });
      const count = 10_000;
      let ended = 0;
      const all = new Promise<void>((resolve) => {
        host.link.onNotice((notice) => {
          if (notice.type === 'event' && notice.event.type === 'runFinished' && notice.event.status === 'Succeeded') {
            ended += 1;
            if (ended === count) resolve();
          }
        });
      });
      const answer = await post(
        await host.callbackUrl('flow'),
        Array.from({ length: count }, (_, n) => ({ n })),
      );
      expect(answer.status).toBe(202);
      expect((await fetch(runs(host))).status).toBe(200);
      await all;
    },
    60_000,
  );
});

describe('a definition that cannot run', () => {
  it('is told with every reason before its trigger is armed', async () => {
    const host = await start(
      {
        flow: {
          triggers: { nightly: { type: 'Recurrence', recurrence: { frequency: 'Day', interval: 1 } } },
          actions: {
            Lost: { type: 'Compose', inputs: 1, runAfter: after('Nobody') },
            Broken: { type: 'Compose', inputs: '@concat(', runAfter: {} },
            Nameless: { inputs: 1, runAfter: {} },
            One: { type: 'Compose', inputs: 1, runAfter: after('Two') },
            Two: { type: 'Compose', inputs: 1, runAfter: after('One') },
            Part: {
              type: 'Scope',
              runAfter: {},
              actions: {
                Inside: {
                  type: 'InitializeVariable',
                  inputs: { variables: [{ name: 'v', type: 'string' }] },
                  runAfter: {},
                },
              },
            },
          },
        },
      },
      { armTriggers: true },
    );
    const { workflows } = await host.link.send('listWorkflows', {});
    const problems = workflows[0]?.problems ?? [];
    for (const reason of [/'Lost'.*'Nobody'/, /'Broken'/, /'Nameless'/, /'One'.*'Two'/, /'Inside'.*inside 'Part'/]) {
      expect(problems.join('\n')).toMatch(reason);
    }
    const warning = await host.notice((notice) =>
      notice.type === 'log' && notice.message.includes('not armed') ? notice.message : undefined,
    );
    for (const problem of problems) expect(warning).toContain(problem);
    await expect(host.link.send('fireTrigger', { workflow: 'flow' })).rejects.toThrow(/Nobody/);
    expect((await host.link.send('listRuns', {})).runs).toEqual([]);
  });
});
