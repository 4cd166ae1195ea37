/** Settings of operations and workflows: secure data, parameters, tracking, static results, what cannot run. */
import { describe, expect, it } from 'vitest';
import { compose, get, play } from './play';

describe('secured data', () => {
  const secure = (properties: string[]): Record<string, unknown> => ({
    runtimeConfiguration: { secureData: { properties } },
  });
  const mocks = [{ responses: [{ body: { token: 's3cr3t' } }] }];

  it('hides outputs, and the inputs of everything that uses them', async () => {
    const played = await play(
      {
        Get: { ...(get('x') as object), ...secure(['outputs']) },
        Use: {
          type: 'Http',
          inputs: { method: 'POST', uri: 'https://svc.example.test/y', body: "@body('Get')" },
          runAfter: { Get: ['Succeeded'] },
        },
        Loop: {
          type: 'Foreach',
          foreach: "@array(body('Get'))",
          actions: { In: compose('@item()') },
          runAfter: { Get: ['Succeeded'] },
        },
        Free: compose(1),
      },
      { case: { mocks } },
    );
    expect(played.step('Get')).toMatchObject({ outputs: { secured: true } });
    expect(played.step('Use')?.inputs).toEqual({ secured: true });
    expect(played.step('Use')?.outputs.secured).toBeUndefined();
    expect(played.step('In', 0)).toMatchObject({ inputs: { secured: true }, outputs: { secured: true } });
    expect(played.step('Free')?.inputs).toEqual({ json: '1' });
  });

  it('never reaches any event', async () => {
    const events: string[] = [];
    await play(
      {
        Get: { ...(get('x') as object), ...secure(['inputs', 'outputs']) },
        Out: compose("@body('Get')?['token']", ['Get']),
      },
      { case: { mocks }, options: { observe: (event) => events.push(JSON.stringify(event)) } },
    );
    expect(events.length).toBeGreaterThan(5);
    expect(events.filter((event) => event.includes('s3cr3t'))).toEqual([]);
  });

  it('covers secure parameters wherever their value appears', async () => {
    const played = await play(
      { Out: compose("@concat('key=', parameters('p'))") },
      {
        files: { 'parameters.json': { p: { type: 'SecureString', value: 'top-secret-value' } } },
        definition: { parameters: { p: { type: 'SecureString' } } },
      },
    );
    expect(played.outputs('Out')).toBe('key=*sanitized*');
  });
});

describe('parameters', () => {
  it("take the file's value before the default, app settings inside, and the type that is declared", async () => {
    const played = await play(
      { Out: compose({ a: "@parameters('A')", n: "@parameters('n')", d: "@parameters('d')" }) },
      {
        files: {
          'parameters.json': {
            a: { type: 'String', value: "@{appsetting('s')}-x" },
            n: { type: 'Int', value: "@appsetting('number')" },
          },
          'local.settings.json': { Values: { s: 'left', number: '42' } },
        },
        definition: {
          parameters: { a: { type: 'String', defaultValue: 'no' }, d: { type: 'Object', defaultValue: { k: 1 } } },
        },
        case: { settings: { s: 'overridden' } },
      },
    );
    expect(played.outputs('Out')).toEqual({ a: 'overridden-x', n: 42, d: { k: 1 } });
  });
});

describe('a secure parameter without a value', () => {
  it('fails only the action that uses it', async () => {
    const played = await play(
      { Use: compose("@parameters('p')"), Free: compose(1) },
      { definition: { parameters: { p: { type: 'SecureString', defaultValue: "@appsetting('missing')" } } } },
    );
    expect([played.statusOf('Use'), played.statusOf('Free')]).toEqual(['Failed', 'Succeeded']);
  });
});

describe('tracked properties', () => {
  it('may read the action itself and the trigger', async () => {
    const played = await play(
      {
        A: {
          type: 'Compose',
          inputs: 'x',
          trackedProperties: { me: "@action()['outputs']", id: "@triggerBody()?['id']" },
        },
      },
      { case: { trigger: { type: 'request', body: { id: 7 } } } },
    );
    expect(played.step('A')?.trackedProperties).toEqual({ json: '{"me":"x","id":7}' });
  });
});

describe('limits in host.json', () => {
  it("replace the platform's own", async () => {
    const settings = {
      'Runtime.Backend.FlowDefaultForeachItemsLimit': '2',
      'Runtime.Backend.HttpOperation.RequestTimeout': '00:00:30',
    };
    const files = { 'host.json': { version: '2.0', extensions: { workflow: { settings } } } };
    const played = await play(
      { Loop: { type: 'Foreach', foreach: [1, 2, 3], actions: { A: compose(1) } }, Call: get('slow') },
      { files, case: { mocks: [{ responses: [{ delayMs: 40_000 }] }] } },
    );
    expect(played.step('Loop')?.error?.code).toBe('ForeachItemsLimitExceeded');
    expect(played.step('Call')?.error?.code).toBe('RequestTimeout');
  });
});

describe('splitOn', () => {
  it('starts a run for each item, with the correlation of the item', async () => {
    const played = await play(
      { Out: compose("@triggerBody()['id']") },
      {
        trigger: {
          splitOn: "@triggerBody()?['rows']",
          splitOnConfiguration: { correlation: { clientTrackingId: "@concat('row-', triggerBody()['id'])" } },
        },
        case: { trigger: { type: 'request', body: { rows: [{ id: 1 }, { id: 2 }] } } },
      },
    );
    expect(played.seen.runs.map(({ clientTrackingId }) => clientTrackingId)).toEqual(['row-1', 'row-2']);
    expect(played.response?.status).toBe(202);
  });
});

describe('trigger conditions', () => {
  it('let nothing start when one does not hold', async () => {
    const conditions = [{ expression: "@equals(triggerBody()?['go'], true)" }];
    const start = (go: boolean): ReturnType<typeof play> =>
      play({ A: compose(1) }, { trigger: { conditions }, case: { trigger: { type: 'request', body: { go } } } });
    expect((await start(false)).seen.runs).toEqual([]);
    expect((await start(true)).seen.runs.length).toBe(1);
  });
});

describe('a definition that cannot run', () => {
  it('is refused with every reason', async () => {
    const played = await play({
      A: compose(1, ['Nowhere']),
      B: compose(2, ['C']),
      C: compose(3, ['B']),
      D: compose('@oops('),
      S: {
        type: 'Scope',
        actions: { I: { type: 'InitializeVariable', inputs: { variables: [{ name: 'v', type: 'string' }] } } },
      },
    });
    expect(played.seen.runs).toEqual([]);
    const text = played.response?.text ?? '';
    for (const part of [`names 'Nowhere'`, `'B', 'C' wait for each other`, 'cannot be read', 'top level only']) {
      expect(text).toContain(part);
    }
  });

  it('may still hold types that are not executed here: they fail when they are reached, and say what to do', async () => {
    const played = await play({ A: { type: 'X12Decode', inputs: {} }, B: { type: 'Teleport', inputs: {} } });
    for (const name of ['A', 'B']) {
      expect(played.step(name)?.error).toMatchObject({
        code: 'NotSupportedLocally',
        message: expect.stringContaining('Mock it in a scenario') as string,
      });
    }
    const mocked = await play(
      { B: { type: 'Teleport', inputs: { to: 'x' } } },
      { case: { mocks: [{ match: { action: 'B' }, responses: [{ body: { done: true } }] }] } },
    );
    expect(mocked.outputs('B')).toEqual({ statusCode: 200, body: { done: true } });
  });
});

describe("a connector's action", () => {
  it('is answered by mocks, with retries, and fails with status and body', async () => {
    const inputs = {
      parameters: { queue: 'q' },
      serviceProviderConfiguration: {
        connectionName: 'sb',
        operationId: 'sendMessage',
        serviceProviderId: '/serviceProviders/serviceBus',
      },
      retryPolicy: { type: 'fixed', interval: 'PT5S', count: 3 },
    };
    const played = await play(
      { Send: { type: 'ServiceProvider', inputs } },
      {
        case: {
          mocks: [{ match: { action: 'Send' }, responses: [{ status: 503 }, { status: 400, body: { code: 'x' } }] }],
        },
      },
    );
    expect(played.seen.requests.map(({ operationId }) => operationId)).toEqual(['sendMessage', 'sendMessage']);
    expect(played.outputs('Send')).toMatchObject({ statusCode: 400, body: { code: 'x' } });
    expect(played.step('Send')).toMatchObject({ status: 'Failed', code: 'BadRequest' });
  });
});
