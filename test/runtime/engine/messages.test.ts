/** Requests, responses and calls: what goes over the wire, both ways. */
import { describe, expect, it } from 'vitest';
import { compose, get, play } from './play';

const respond = (inputs: unknown, more: Record<string, unknown> = {}): unknown => ({
  type: 'Response',
  kind: 'Http',
  inputs,
  ...more,
});
const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('the Request trigger', () => {
  const echo = { Out: compose('@triggerOutputs()') };
  const outputs = async (
    trigger: Record<string, unknown>,
    definition: Record<string, unknown> = {},
  ): Promise<unknown> =>
    (await play(echo, { trigger: definition, case: { trigger: { type: 'request', ...trigger } } })).outputs('Out');

  it('has no body when there was none, and null when that was sent', async () => {
    expect(await outputs({ method: 'POST' })).toEqual({ headers: {} });
    expect(await outputs({ body: null })).toMatchObject({ body: null });
  });

  it('keeps floats, strings that are JSON, and the order of members', async () => {
    const played = await play(
      {
        Out: compose('@triggerBody()'),
        R: respond({ statusCode: 200, body: "@outputs('Out')" }, { runAfter: { Out: ['Succeeded'] } }),
      },
      {
        case: {
          trigger: {
            type: 'request',
            bodyText: '{"b":1.0,"a":9007199254740993,"c":"{\\"x\\":1}"}',
            contentType: 'application/json',
          },
        },
      },
    );
    expect(played.response?.text).toBe('{"b":1.0,"a":9007199254740993,"c":"{\\"x\\":1}"}');
  });

  it("decodes path parameters and queries, and leaves out what is the host's own", async () => {
    expect(
      await outputs(
        { relativePath: 'a%20b/c%2Fd', rawQuery: 'api-version=1&sp=x&sv=1.0&sig=y&q=1%2B1&q=2' },
        { inputs: { relativePath: '/{first}/{second}' } },
      ),
    ).toMatchObject({ queries: { q: '1+1,2' }, relativePathParameters: { first: 'a b', second: 'c/d' } });
  });

  it('reads forms', async () => {
    const text = 'name=Ann+B&x=1%262';
    expect(await outputs({ bodyText: text, contentType: 'application/x-www-form-urlencoded' })).toMatchObject({
      body: {
        '$content-type': 'application/x-www-form-urlencoded',
        $content: base64(text),
        $formdata: [
          { key: 'name', value: 'Ann B' },
          { key: 'x', value: '1&2' },
        ],
      },
    });
  });

  it('reads multipart bodies', async () => {
    const text = '--b1\r\nContent-Disposition: form-data; name="f"\r\nContent-Type: text/csv\r\n\r\na,b\r\n--b1--\r\n';
    expect(await outputs({ bodyText: text, contentType: 'multipart/form-data; boundary=b1' })).toMatchObject({
      body: {
        $multipart: [
          {
            headers: { 'Content-Disposition': 'form-data; name="f"', 'Content-Type': 'text/csv' },
            body: { '$content-type': 'text/csv', $content: base64('a,b') },
          },
        ],
      },
    });
  });

  it("refuses a wrong method, a wrong path and broken JSON with the platform's shape of error", async () => {
    const refusal = async (
      trigger: Record<string, unknown>,
      inputs: Record<string, unknown> = {},
    ): Promise<unknown> => {
      const { response, seen } = await play(echo, {
        trigger: { inputs },
        case: { trigger: { type: 'request', ...trigger } },
      });
      expect(seen.runs).toEqual([]);
      const { error } = JSON.parse(response?.text ?? '{}') as { error: { code: string } };
      return [response?.status, error.code];
    };
    expect(await refusal({ method: 'GET' }, { method: 'POST' })).toEqual([405, 'TriggerRequestMethodNotValid']);
    expect(await refusal({ relativePath: 'x' })).toEqual([404, 'TriggerRelativePathNotMatched']);
    expect(await refusal({ bodyText: '{"a":', contentType: 'application/json' })).toEqual([
      400,
      'InvalidRequestContent',
    ]);
  });

  it("takes the caller's tracking id, and gives it to what is called", async () => {
    const played = await play(
      { Call: get('x') },
      {
        case: {
          trigger: { type: 'request', headers: { 'x-ms-client-tracking-id': 'mine' } },
          mocks: [{ responses: [{}] }],
        },
      },
    );
    expect(played.seen.runs[0]?.clientTrackingId).toBe('mine');
    expect(played.seen.requests[0]?.headers).toContainEqual(['x-ms-client-tracking-id', 'mine']);
  });
});

describe('Response', () => {
  it.each([
    ['text', 'hello', 'text/plain; charset=utf-8', 'hello'],
    ['an object', { a: [1, 2.5] }, 'application/json; charset=utf-8', '{"a":[1,2.5]}'],
    ['a number', 5, 'application/json; charset=utf-8', '5'],
    ['binary content', "@binary('x')", 'application/octet-stream', 'x'],
    ['XML', "@xml('<a>1</a>')", 'application/xml', '<a>1</a>'],
  ])('sends %s', async (_name, body, type, text) => {
    const { response } = await play({ R: respond({ statusCode: 200, body }) });
    expect(response?.headers['content-type']?.startsWith(type)).toBe(true);
    expect(response?.text).toBe(text);
  });

  it('gives back unknown content byte by byte with its type', async () => {
    const { response } = await play(
      { R: respond({ statusCode: 200, body: '@triggerBody()' }) },
      { case: { trigger: { type: 'request', bodyBase64: 'AP8Q', contentType: 'image/x-odd' } } },
    );
    expect(response?.headers['content-type']).toBe('image/x-odd');
  });

  it('a second time fails, and the first stands', async () => {
    const played = await play({
      A: respond({ statusCode: 201, body: 'a' }),
      B: respond({ statusCode: 202, body: 'b' }, { runAfter: { A: ['Succeeded'] } }),
    });
    expect([played.response?.status, played.statusOf('B'), played.status]).toEqual([201, 'Failed', 'Failed']);
  });

  it('that never comes gives the caller 502', async () => {
    const played = await play({
      If: { type: 'If', expression: '@equals(1, 2)', actions: { R: respond({ statusCode: 200 }) } },
    });
    expect([played.response?.status, played.status]).toEqual([502, 'Succeeded']);
  });

  it('that comes too late fails, and the caller gets 504', async () => {
    const played = await play({
      Wait: { type: 'Wait', inputs: { interval: { count: 10, unit: 'Minute' } } },
      R: respond({ statusCode: 200 }, { runAfter: { Wait: ['Succeeded'] } }),
    });
    expect([played.response?.status, played.step('R')?.code]).toEqual([504, 'ActionResponseTimedOut']);
  });

  it('may be asynchronous: 202 with a Location first, the answer later', async () => {
    const played = await play({
      Wait: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } } },
      R: respond(
        { statusCode: 200, body: 'late' },
        { operationOptions: 'Asynchronous', runAfter: { Wait: ['Succeeded'] } },
      ),
      Bad: compose('@div(1, 0)', ['R']),
    });
    expect(played.response).toMatchObject({
      status: 202,
      headers: { location: expect.stringContaining('http') as string },
    });
    expect(Buffer.from(played.seen.asyncResponse?.body ?? []).toString()).toBe('late');
    expect(played.status).toBe('Failed');
  });
});

describe('Http', () => {
  const call = (
    inputs: Record<string, unknown>,
    mock: unknown = {},
    more: Record<string, unknown> = {},
  ): ReturnType<typeof play> =>
    play(
      { Call: { type: 'Http', inputs: { method: 'POST', uri: 'https://svc.example.test/x', ...inputs }, ...more } },
      { case: { mocks: [{ responses: [mock] }] } },
    );
  const sent = (played: Awaited<ReturnType<typeof play>>, name: string): string | undefined =>
    played.seen.requests[0]?.headers.find(([each]) => each.toLowerCase() === name)?.[1];

  it('sends text as text, JSON as JSON and nothing as nothing', async () => {
    expect(sent(await call({ body: 'a' }), 'content-type')).toBe('text/plain; charset=utf-8');
    expect(sent(await call({ body: { a: 1 } }), 'content-type')).toBe('application/json; charset=utf-8');
    const none = await call({});
    expect([sent(none, 'content-type'), none.seen.requests[0]?.body]).toEqual([undefined, undefined]);
  });

  it("takes out headers that it may not send, and adds the workflow's own unless they are suppressed", async () => {
    const played = await call({
      headers: { Cookie: 'a=b', 'Accept-Language': 'de', 'Content-Length': '5', Host: 'x', 'X-Own': '1' },
    });
    expect(['cookie', 'content-length', 'host'].map((name) => sent(played, name))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(sent(played, 'x-own')).toBe('1');
    expect(sent(played, 'x-ms-workflow-run-id')).toBe(played.seen.runs[0]?.runId);
    const quiet = await call({}, {}, { operationOptions: 'SuppressWorkflowHeaders' });
    expect(quiet.seen.requests[0]?.headers.filter(([name]) => name.startsWith('x-ms-'))).toEqual([]);
  });

  it('authenticates, and hides the credentials in its history', async () => {
    const basic = await call({ authentication: { type: 'Basic', username: 'u', password: 'p@ss' } });
    expect(sent(basic, 'authorization')).toBe(`Basic ${base64('u:p@ss')}`);
    expect(basic.inputs('Call')).toMatchObject({ authentication: { type: 'Basic', password: '*sanitized*' } });
    const raw = await call({ authentication: { type: 'Raw', value: 'Key 123' } });
    expect(sent(raw, 'authorization')).toBe('Key 123');
  });

  it('makes a form of $formdata and of an object that is declared to be one', async () => {
    const body = (played: Awaited<ReturnType<typeof play>>): string =>
      Buffer.from(played.seen.requests[0]?.body ?? []).toString();
    expect(
      body(
        await call({
          body: { '$content-type': 'application/x-www-form-urlencoded', $formdata: [{ key: 'a', value: '1 2' }] },
        }),
      ),
    ).toBe('a=1+2');
    const multipart = await call({
      body: {
        '$content-type': 'multipart/form-data',
        $multipart: [{ headers: { 'Content-Disposition': 'form-data; name="f"' }, body: 'text' }],
      },
    });
    expect(sent(multipart, 'content-type')).toMatch(/^multipart\/form-data; boundary=/);
    expect(body(multipart)).toContain('Content-Disposition: form-data; name="f"');
  });

  it('keeps what is no JSON as text, and binary answers as content', async () => {
    expect((await call({}, { bodyText: '<p>hi</p>', contentType: 'text/html' })).outputs('Call')).toMatchObject({
      body: '<p>hi</p>',
    });
    expect((await call({}, { bodyBase64: 'AAE=', contentType: 'application/pdf' })).outputs('Call')).toMatchObject({
      body: { '$content-type': 'application/pdf', $content: 'AAE=' },
    });
    expect((await call({}, { bodyText: '{oops', contentType: 'application/json' })).outputs('Call')).toMatchObject({
      body: '{oops',
    });
  });

  it('does not follow redirects and fails on them', async () => {
    const played = await call({}, { status: 302, headers: { Location: 'https://svc.example.test/y' } });
    expect(played.step('Call')).toMatchObject({ status: 'Failed', code: 'Found' });
  });

  it('waits between retries as the policy says, and keeps their history', async () => {
    const policy = { type: 'fixed', interval: 'PT20S', count: 2 };
    const played = await call({ retryPolicy: policy }, { status: 503 });
    expect(played.seen.requests.map(({ startTime }) => startTime)).toEqual([0, 20_000, 40_000]);
    expect(played.step('Call')?.attempts.map(({ statusCode }) => statusCode)).toEqual([503, 503, 503]);
  });

  it('waits as long as the service asks when that is longer', async () => {
    const policy = { type: 'fixed', interval: 'PT5S', count: 1 };
    const played = await call({ retryPolicy: policy }, { status: 429, headers: { 'Retry-After': '60' } });
    expect(played.seen.requests.map(({ startTime }) => startTime)).toEqual([0, 60_000]);
  });

  it('gives a request up that takes too long, and tries again', async () => {
    const slow = { runtimeConfiguration: { requestOptions: { timeout: 'PT30S' } } };
    const played = await call(
      { retryPolicy: { type: 'fixed', interval: 'PT10S', count: 1 } },
      { status: 200, delayMs: 60_000 },
      slow,
    );
    expect(played.seen.requests.map(({ startTime }) => startTime)).toEqual([0, 40_000]);
    expect(played.step('Call')?.error?.code).toBe('RequestTimeout');
  });

  it('polls no 202 when that is switched off', async () => {
    const played = await call(
      {},
      { status: 202, headers: { Location: 'https://svc.example.test/s' } },
      { operationOptions: 'DisableAsyncPattern' },
    );
    expect([played.seen.requests.length, played.step('Call')?.code]).toEqual([1, 'Accepted']);
  });

  it('says what is wrong with an address that is none', async () => {
    const played = await call({ uri: 'not an address' });
    expect(played.step('Call')?.error?.message).toContain(`The uri 'not an address' of 'Call' is not valid`);
  });

  it('refuses headers that HTTP cannot carry', async () => {
    const played = await call({ headers: { 'X-Bad': "@concat('a', decodeUriComponent('%0A'))" } });
    expect([played.step('Call')?.code, played.seen.requests]).toEqual(['BadRequest', []]);
  });

  it('tells a connection that failed', async () => {
    const played = await call({ retryPolicy: { type: 'none' } }, { fault: 'connection-reset' });
    expect(played.step('Call')).toMatchObject({ status: 'Failed', error: { code: 'ConnectionReset' } });
  });
});

describe('chunked transfer', () => {
  const chunked = { runtimeConfiguration: { contentTransfer: { transferMode: 'Chunked' } } };
  const action = (inputs: unknown): Record<string, unknown> => ({ Call: { type: 'Http', inputs, ...chunked } });

  it('announces an upload and sends it in parts of the size the service asks for', async () => {
    const location = { Location: 'https://svc.example.test/parts/1', 'x-ms-chunk-size': '4' };
    const played = await play(action({ method: 'POST', uri: 'https://svc.example.test/up', body: 'abcdefghij' }), {
      case: {
        mocks: [
          { match: { method: 'POST' }, responses: [{ status: 200, headers: location }] },
          {
            match: { method: 'PATCH' },
            responses: [
              { status: 200, headers: location },
              { status: 200, headers: location },
              { status: 201, body: { done: true } },
            ],
          },
        ],
      },
    });
    const header = (index: number, name: string): string | undefined =>
      played.seen.requests[index]?.headers.find(([each]) => each.toLowerCase() === name)?.[1];
    expect([header(0, 'x-ms-transfer-mode'), header(0, 'x-ms-content-length'), played.seen.requests[0]?.body]).toEqual([
      'chunked',
      '10',
      undefined,
    ]);
    expect([1, 2, 3].map((index) => header(index, 'content-range'))).toEqual([
      'bytes=0-3/10',
      'bytes=4-7/10',
      'bytes=8-9/10',
    ]);
    expect(played.seen.requests.slice(1).map(({ body }) => Buffer.from(body ?? []).toString())).toEqual([
      'abcd',
      'efgh',
      'ij',
    ]);
    expect(played.outputs('Call')).toMatchObject({ statusCode: 201, body: { done: true } });
  });

  it('asks for the rest of an answer that is one part of more', async () => {
    const part = (text: string, range: string): unknown => ({
      status: 206,
      bodyText: text,
      headers: { 'Content-Range': range },
    });
    const played = await play(action({ method: 'GET', uri: 'https://svc.example.test/down' }), {
      case: { mocks: [{ responses: [part('abcd', 'bytes 0-3/6'), part('ef', 'bytes 4-5/6')] }] },
    });
    expect(played.outputs('Call')).toMatchObject({ statusCode: 200, body: 'abcdef' });
  });
});

describe('HttpWebhook', () => {
  const hook = {
    Hook: {
      type: 'HttpWebhook',
      inputs: {
        subscribe: { method: 'POST', uri: 'https://svc.example.test/subscribe', body: { url: '@{listCallbackUrl()}' } },
        unsubscribe: { method: 'POST', uri: 'https://svc.example.test/unsubscribe' },
      },
      limit: { timeout: 'PT1H' },
    },
  };
  const mocks = [{ responses: [{ status: 200 }] }];

  it('waits to be called and gives on what the call brought', async () => {
    const played = await play(hook, { case: { mocks, callbacks: [{ urlFrom: 'Hook', body: { approved: true } }] } });
    expect(played.outputs('Hook')).toMatchObject({ body: { approved: true } });
    expect(Buffer.from(played.seen.requests[0]?.body ?? []).toString()).toContain('/runs/');
  });

  it('times out and unsubscribes when nobody calls', async () => {
    const played = await play(hook, { case: { mocks } });
    expect(played.step('Hook')).toMatchObject({ status: 'TimedOut', code: 'ActionTimedOut' });
    expect(played.seen.requests.map(({ url }) => url)).toEqual([
      'https://svc.example.test/subscribe',
      'https://svc.example.test/unsubscribe',
    ]);
  });
});

describe('a nested workflow', () => {
  const nested = { Call: { type: 'Workflow', inputs: { host: { workflow: { id: 'child' } }, body: { n: 2 } } } };
  const child = (actions: unknown): Record<string, unknown> => ({
    'child/workflow.json': {
      definition: { triggers: { t: { type: 'Request', inputs: {} } }, actions },
      kind: 'Stateful',
    },
  });

  it('gives its response to the caller', async () => {
    const played = await play(nested, {
      files: child({ R: respond({ statusCode: 200, body: { m: "@mul(triggerBody()['n'], 2)" } }) }),
    });
    expect(played.outputs('Call')).toMatchObject({ statusCode: 200, body: { m: 4 } });
    expect(played.seen.called.map(({ workflow }) => workflow)).toEqual(['child']);
  });

  it("fails the caller's action when its response is an error", async () => {
    const played = await play(nested, { files: child({ R: respond({ statusCode: 404, body: 'no' }) }) });
    expect(played.step('Call')).toMatchObject({ status: 'Failed', code: 'NotFound' });
  });

  it('that calls itself ends at a limit', async () => {
    const played = await play({ Call: { type: 'Workflow', inputs: { host: { workflow: { id: 'wf' } }, body: {} } } });
    expect(played.seen.called.length).toBe(32);
    expect(played.seen.called.at(-1)?.actions()[0]?.repetitions[0]?.error?.code).toBe('NestedWorkflowLimitExceeded');
  });

  it('is not waited for without a Response', async () => {
    const played = await play(nested, {
      files: child({ W: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Day' } } } }),
    });
    expect(played.step('Call')).toMatchObject({ status: 'Succeeded', code: 'Accepted' });
  });
});
