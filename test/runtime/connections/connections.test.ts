import { afterEach, describe, expect, it } from 'vitest';
import type { HttpClient, HttpRequest } from '../../../runtime/ports';
import { makeProject, TestHost } from '../host/projects';

const open: TestHost[] = [];
afterEach(async () => {
  for (const host of open.splice(0)) await host.link.dispose();
});

const settings = {
  'local.settings.json': {
    Values: { fn_key: 'not-a-real-key', api_key: 'not-a-real-subscription', office_key: 'not-a-real-token' },
  },
  'parameters.json': { runtimeUrl: { type: 'String', value: 'https://apim.example.com/office/1' } },
  'connections.json': {
    functionConnections: {
      fn: {
        triggerUrl: 'https://fn.example.com/api/price',
        authentication: { type: 'QueryString', name: 'Code', value: "@appsetting('fn_key')" },
      },
    },
    apiManagementConnections: {
      api: { baseUrl: 'https://api.example.com/shop', subscriptionKey: "@appsetting('api_key')" },
    },
    managedApiConnections: {
      office: {
        api: { id: '/managedApis/office365' },
        connectionRuntimeUrl: "@parameters('runtimeUrl')",
        authentication: { type: 'Raw', scheme: 'Key', parameter: "@appsetting('office_key')" },
      },
      azureOnly: { api: { id: '/managedApis/sharepointonline' } },
      broken: { api: { id: '/managedApis/x' }, connectionRuntimeUrl: "@parameters('nobody')" },
    },
  },
};

/** Runs one action over a connection; gives the requests it sent, how it ended, and everything the run told. */
async function run(action: Record<string, unknown>) {
  const requests: HttpRequest[] = [];
  const send: HttpClient['send'] = (request) => {
    requests.push(request);
    const headers = { 'content-type': 'application/json' };
    return Promise.resolve({ response: { statusCode: 200, headers, body: Buffer.from('{"ok":true}') } });
  };
  const { folder } = makeProject({ flow: { actions: { Call: { ...action, runAfter: {} } } } }, settings);
  const host = await TestHost.open(folder, {}, { http: { send } });
  open.push(host);
  const { runIds } = await host.link.send('fireTrigger', { workflow: 'flow' });
  await host.ended(runIds[0] ?? '');
  const { events } = await host.link.send('runEvents', { runId: runIds[0] ?? '' });
  const finished = events.find((event) => event.type === 'actionFinished');
  return { request: requests[0], finished, told: JSON.stringify(host.notices) };
}

describe('an action over a connection', () => {
  it('calls a function with its key, which appears nowhere else', async () => {
    const { request, finished, told } = await run({
      type: 'Function',
      inputs: { method: 'POST', function: { connectionName: 'fn' }, body: { sku: 'x' } },
    });
    expect(request).toMatchObject({ method: 'POST', url: 'https://fn.example.com/api/price?Code=not-a-real-key' });
    expect(Buffer.from(request?.body ?? []).toString()).toBe('{"sku":"x"}');
    expect(finished).toMatchObject({ status: 'Succeeded' });
    expect(JSON.parse(finished?.outputs.json ?? '')).toMatchObject({ statusCode: 200, body: { ok: true } });
    expect(told).not.toContain('not-a-real');
  });

  it('calls an API of API Management by its path template', async () => {
    const { request, told } = await run({
      type: 'ApiManagement',
      inputs: {
        method: 'GET',
        pathTemplate: { template: '/orders/{id}', parameters: { id: 'a b' } },
        apiManagement: { connection: 'api', operationId: 'get-order' },
        queries: { full: true },
      },
    });
    expect(request?.url).toMatch(/^https:\/\/api\.example\.com\/shop\/orders\/a%20b\?full=true$/i);
    expect(request?.headers).toContainEqual(['Ocp-Apim-Subscription-Key', 'not-a-real-subscription']);
    expect(told).not.toContain('not-a-real');
  });

  it('calls a managed connector at its runtime address with its key', async () => {
    const { request, told } = await run({
      type: 'ApiConnection',
      inputs: { host: { connection: { referenceName: 'office' } }, method: 'get', path: '/v2/Mail' },
    });
    expect(request?.url).toBe('https://apim.example.com/office/1/v2/Mail');
    expect(request?.headers).toContainEqual(['Authorization', 'Key not-a-real-token']);
    expect(told).not.toContain('not-a-real');
  });

  it('says what to do where a connector exists in Azure only, or a value is missing', async () => {
    const call = (referenceName: string) =>
      run({ type: 'ApiConnection', inputs: { host: { connection: { referenceName } }, method: 'get', path: '/' } });
    expect((await call('azureOnly')).finished).toMatchObject({
      status: 'Failed',
      error: { code: 'NotSupportedLocally', message: expect.stringContaining('sharepointonline') as unknown },
    });
    const broken = await call('broken');
    expect(broken.finished).toMatchObject({ status: 'Failed', error: { code: 'ConnectionNotResolved' } });
    expect(broken.told).toMatch(/connection 'broken' of connections\.json cannot be used/);
  });

  it('that subscribes waits to be called back, and gives what the call brought', async () => {
    const bodies: string[] = [];
    let subscribed: () => void = () => undefined;
    const subscription = new Promise<void>((resolve) => (subscribed = resolve));
    const send: HttpClient['send'] = (request) => {
      bodies.push(Buffer.from(request.body ?? []).toString());
      subscribed();
      return Promise.resolve({ response: { statusCode: 201, headers: {}, body: Buffer.from('') } });
    };
    const inputs = {
      host: { connection: { referenceName: 'office' } },
      method: 'post',
      path: '/approvalmail/$subscriptions',
      body: { NotificationUrl: '@{listCallbackUrl()}', Message: 'Well?' },
    };
    const { folder } = makeProject(
      { flow: { actions: { Ask: { type: 'ApiConnectionWebhook', inputs, runAfter: {} } } } },
      settings,
    );
    const host = await TestHost.open(folder, { port: 0 }, { http: { send } });
    open.push(host);
    const { runIds } = await host.link.send('fireTrigger', { workflow: 'flow' });
    await subscription;
    const { NotificationUrl: url } = JSON.parse(bodies[0] ?? '{}') as { NotificationUrl: string };
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(url, { method: 'POST', headers, body: '{"SelectedOption":"Approve"}' });
    expect(answer.status).toBe(200);
    expect(await host.ended(runIds[0] ?? '')).toBe('Succeeded');
    const finished = await host.notice((notice) =>
      notice.type === 'event' && notice.event.type === 'actionFinished' ? notice.event : undefined,
    );
    expect(JSON.parse(finished.outputs?.json ?? '')).toMatchObject({ body: { SelectedOption: 'Approve' } });
  });
});
