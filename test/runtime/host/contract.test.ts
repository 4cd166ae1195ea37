/** What clients written for the platform's own host do with it: runs begun again, pages, histories, asynchronous answers, refusals. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
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

async function start(workflows: Record<string, WorkflowText>): Promise<TestHost> {
  const host = await TestHost.open(makeProject(workflows).folder, { port: 0 });
  open.push(host);
  return host;
}

/** A service that keeps what it was asked; `/fail` fails as long as `fails` says so. */
async function service() {
  const calls: string[] = [];
  const state = { fails: false };
  const server = createServer((request, response) => {
    calls.push(request.url ?? '');
    response.statusCode = request.url === '/fail' && state.fails ? 500 : 200;
    response.setHeader('content-type', 'application/json');
    response.end('{"ok":true}');
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const call = (path: string, ...names: string[]) => ({
    type: 'Http',
    inputs: { method: 'GET', uri: `${base}/${path}`, retryPolicy: { type: 'none' } },
    runAfter: after(...names),
  });
  return { calls, state, call };
}

const management = (host: TestHost, path = '') =>
  `${host.url}/runtime/webhooks/workflow/api/management/workflows${path}`;
const post = (url: string, body: unknown = {}) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
const errorOf = async (answer: Response) => [
  answer.status,
  ((await answer.json()) as { error: { code: string } }).error.code,
];

interface Resource {
  readonly name: string;
  readonly properties: Record<string, unknown> & {
    readonly status?: string;
    readonly inputsLink?: { readonly uri: string };
    readonly outputsLink?: { readonly uri: string };
  };
}
interface Page {
  readonly value: readonly Resource[];
  readonly nextLink?: string;
}
const get = async <Shape>(url: string) => (await fetch(url)).json() as Promise<Shape>;

/** Every item of a list, and how many pages it came in. */
async function pages(url: string): Promise<{ readonly names: string[]; readonly count: number }> {
  const names: string[] = [];
  let count = 0;
  for (let next: string | undefined = url; next !== undefined; count += 1) {
    const page: Page = await get<Page>(next);
    names.push(...page.value.map(({ name }) => name));
    next = page.nextLink;
  }
  return { names, count };
}

describe('a run that is resubmitted from an action', () => {
  it('keeps what came before and stands beside, and executes the action and all that follows', async () => {
    const { calls, state, call } = await service();
    state.fails = true;
    const host = await start({
      flow: {
        actions: {
          Count: {
            type: 'InitializeVariable',
            inputs: { variables: [{ name: 'n', type: 'integer', value: "@triggerBody()['n']" }] },
            runAfter: {},
          },
          First: call('first', 'Count'),
          Beside: call('beside', 'Count'),
          Part: {
            type: 'Scope',
            runAfter: after('First'),
            actions: { Kept: call('kept'), Fail: call('fail', 'Kept') },
          },
          Last: { type: 'Compose', inputs: "@add(variables('n'), 1)", runAfter: after('Part') },
          Reply: { type: 'Response', inputs: { statusCode: 200, body: "@outputs('Last')" }, runAfter: after('Last') },
        },
      },
    });
    expect((await post(await host.callbackUrl('flow'), { n: 41 })).status).toBe(502);
    const [failed] = (await get<Page>(management(host, '/flow/runs'))).value;
    expect(failed?.properties.status).toBe('Failed');
    expect([...calls].sort()).toEqual(['/beside', '/fail', '/first', '/kept']);
    calls.length = 0;
    state.fails = false;
    const answer = await post(management(host, `/flow/runs/${failed?.name}/resubmit?api-version=2018-11-01`), {
      actionsToResubmit: [{ name: 'Fail' }],
    });
    expect(answer.status).toBe(202);
    const id = answer.headers.get('x-ms-workflow-run-id') ?? '';
    expect(id).not.toBe(failed?.name);
    expect(await host.ended(id)).toBe('Succeeded');
    expect(calls).toEqual(['/fail']);
    const { value } = await get<Page>(management(host, `/flow/runs/${id}/actions`));
    expect(Object.fromEntries(value.map(({ name, properties }) => [name, properties.status]))).toEqual({
      Count: 'Succeeded',
      First: 'Succeeded',
      Beside: 'Succeeded',
      Part: 'Succeeded',
      Kept: 'Succeeded',
      Fail: 'Succeeded',
      Last: 'Succeeded',
      Reply: 'Skipped',
    });
    const last = value.find(({ name }) => name === 'Last');
    expect(await get(last?.properties.outputsLink?.uri ?? '')).toBe(42);
    // The old run is as it was.
    expect((await get<Resource>(management(host, `/flow/runs/${failed?.name}`))).properties.status).toBe('Failed');
  });

  it('is refused where it cannot be', async () => {
    const host = await start({
      loop: {
        actions: {
          Each: {
            type: 'Foreach',
            foreach: [1, 2],
            runAfter: {},
            actions: { In: { type: 'Compose', inputs: '@item()', runAfter: {} } },
          },
        },
      },
      waits: { actions: { Long: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } }, runAfter: {} } } },
      light: { kind: 'Stateless', actions: { A: { type: 'Compose', inputs: 1, runAfter: {} } } },
    });
    const resubmit = async (workflow: string, body: unknown) => {
      const run = (await post(await host.callbackUrl(workflow))).headers.get('x-ms-workflow-run-id') ?? '';
      return errorOf(await post(management(host, `/${workflow}/runs/${run}/resubmit`), body));
    };
    const of = (name: string) => ({ actionsToResubmit: [{ name }] });
    expect(await resubmit('loop', of('In'))).toEqual([400, 'WorkflowRunActionNotResubmittable']);
    expect(await resubmit('loop', of('Nobody'))).toEqual([404, 'WorkflowRunActionNotFound']);
    expect(await resubmit('loop', { actions: ['Each'] })).toEqual([400, 'InvalidRequestContent']);
    expect(await resubmit('waits', of('Long'))).toEqual([409, 'WorkflowRunInProgress']);
    expect(await resubmit('light', of('A'))).toEqual([400, 'WorkflowRunNotResubmittable']);
  });

  it('says that what is secured was not kept', async () => {
    const secured = { secureData: { properties: ['outputs'] } };
    const host = await start({
      flow: {
        triggers: { manual: { type: 'Request', inputs: {}, runtimeConfiguration: secured } },
        actions: { A: { type: 'Compose', inputs: 1, runAfter: {} } },
      },
      inner: {
        actions: {
          Secret: { type: 'Compose', inputs: 'plainly-fake', runAfter: {}, runtimeConfiguration: secured },
          Use: { type: 'Compose', inputs: "@outputs('Secret')", runAfter: after('Secret') },
        },
      },
    });
    const run = (await post(await host.callbackUrl('flow'))).headers.get('x-ms-workflow-run-id') ?? '';
    expect(await errorOf(await post(management(host, `/flow/triggers/manual/histories/${run}/resubmit`)))).toEqual([
      400,
      'TriggerOutputsSecured',
    ]);
    const other = (await post(await host.callbackUrl('inner'))).headers.get('x-ms-workflow-run-id') ?? '';
    await host.ended(other);
    const answer = await post(management(host, `/inner/runs/${other}/resubmit`), {
      actionsToResubmit: [{ name: 'Use' }],
    });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringMatching(/'Secret'.*secured.*not kept/)]);
  });
});

describe('lists', () => {
  it('of actions and trigger histories come page by page, each item once', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `A${index}`);
    const host = await start({
      flow: {
        actions: Object.fromEntries(
          names.map((name, index) => [
            name,
            { type: 'Compose', inputs: index, runAfter: index === 0 ? {} : after(`A${index - 1}`) },
          ]),
        ),
      },
    });
    const url = await host.callbackUrl('flow');
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      const id = (await post(url)).headers.get('x-ms-workflow-run-id') ?? '';
      await host.ended(id);
      ids.unshift(id);
    }
    expect(await pages(management(host, `/flow/runs/${ids[0]}/actions?$top=3`))).toEqual({ names, count: 3 });
    expect(await pages(management(host, '/flow/triggers/manual/histories?$top=2'))).toEqual({ names: ids, count: 3 });
    expect(await pages(management(host, '/flow/runs?$top=5'))).toEqual({ names: ids, count: 1 });
    expect(await errorOf(await fetch(management(host, '/flow/runs?$top=0')))).toEqual([400, 'InvalidTopInQuery']);
  });

  it('tell what a request got at each attempt, and what the action was given', async () => {
    const { state, call } = await service();
    state.fails = true;
    const failing = call('fail');
    const retryPolicy = { type: 'fixed', interval: 'PT0S', count: 1 };
    const host = await start({
      flow: { actions: { Call: { ...failing, inputs: { ...failing.inputs, retryPolicy } } } },
    });
    const id = (await post(await host.callbackUrl('flow'))).headers.get('x-ms-workflow-run-id') ?? '';
    expect(await host.ended(id)).toBe('Failed');
    const histories = await get<Page>(management(host, `/flow/runs/${id}/actions/Call/requestHistories`));
    expect(histories.value).toHaveLength(2);
    const action = await get<Resource>(management(host, `/flow/runs/${id}/actions/Call`));
    expect(await get(action.properties.inputsLink?.uri ?? '')).toMatchObject({ method: 'GET' });
    expect(await get(action.properties.outputsLink?.uri ?? '')).toMatchObject({ statusCode: 500 });
  });
});

describe('an asynchronous response', () => {
  it('is a 202 whose Location gives the answer when there is one', async () => {
    let slow = createServer();
    const asked = new Promise<() => void>((resolve) => {
      slow = createServer((_request, response) => resolve(() => response.end('{}'))).listen(0, '127.0.0.1');
    });
    servers.push(slow);
    await new Promise((resolve) => slow.once('listening', resolve));
    const address = slow.address();
    const uri = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
    const host = await start({
      flow: {
        actions: {
          Call: { type: 'Http', inputs: { method: 'GET', uri }, runAfter: {} },
          Reply: {
            type: 'Response',
            operationOptions: 'Asynchronous',
            inputs: { statusCode: 201, body: 'done' },
            runAfter: after('Call'),
          },
        },
      },
    });
    const first = await post(await host.callbackUrl('flow'));
    const location = first.headers.get('location') ?? '';
    expect([first.status, location]).toEqual([202, expect.stringMatching(/sig=/)]);
    const pending = await fetch(location);
    expect([pending.status, pending.headers.get('retry-after')]).toEqual([202, expect.any(String)]);
    expect((await fetch(location.replace(/sig=.*/, 'sig=AAAA'))).status).toBe(401);
    (await asked)();
    await host.ended(first.headers.get('x-ms-workflow-run-id') ?? '');
    const last = await fetch(location);
    expect([last.status, await last.text()]).toEqual([201, 'done']);
  });
});

describe('the host refuses in the shape of the platform', () => {
  const flow: WorkflowText = { actions: { A: { type: 'Compose', inputs: 1, runAfter: {} } } };

  it('what it does not know and what is asked in the wrong way', async () => {
    const host = await start({ flow });
    const ask = async (path: string, method = 'GET') => errorOf(await fetch(management(host, path), { method }));
    expect(await ask('/nope')).toEqual([404, 'WorkflowNotFound']);
    expect(await ask('/flow/triggers/other')).toEqual([404, 'WorkflowTriggerNotFound']);
    expect(await ask('/flow/runs/0858/actions')).toEqual([404, 'WorkflowRunNotFound']);
    expect(await ask('/flow/runs', 'DELETE')).toEqual([405, 'MethodNotAllowed']);
    expect(await ask('/flow/runs/1/cancel')).toEqual([405, 'MethodNotAllowed']);
    expect(await errorOf(await fetch(`${host.url}/elsewhere`))).toEqual([404, 'NotFound']);
  });

  it('a body beyond the limit, before it is sent', async () => {
    const host = await start({ flow });
    const { pathname, search, port } = new URL(await host.callbackUrl('flow'));
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(`POST ${pathname}${search} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000000\r\n\r\n`),
      );
      socket.setEncoding('utf8').on('data', (data: string) => (text += data));
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 .*"code":"RequestEntityTooLarge"/s);
  });

  it('what is no HTTP', async () => {
    const host = await start({ flow });
    const answer = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(new URL(host.url).port), '127.0.0.1', () => socket.write('nonsense\r\n\r\n'));
      socket.setEncoding('utf8').on('data', (data: string) => (text += data));
      socket.on('close', () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect((await fetch(management(host))).status).toBe(200);
  });

  const outside = Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal);
  it.skipIf(outside === undefined)('other machines, which it does not even hear', async () => {
    const host = await start({ flow });
    await expect(fetch(`http://${outside?.address}:${new URL(host.url).port}/`)).rejects.toThrow();
  });
});
