/** Polling triggers of managed connectors, by the contract that connectors follow. */
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../../runtime/ports';
import { VirtualClock } from '../../../runtime/scenario/virtualClock';
import { hasSqlite, makeProject, TestHost } from '../host/projects';

const START = Date.UTC(2024, 4, 1, 10);
const MINUTE = 60_000;

const open: TestHost[] = [];
afterEach(async () => {
  for (const host of open.splice(0)) await host.link.dispose();
});

const project = (more: Record<string, unknown> = {}) =>
  makeProject(
    {
      flow: {
        triggers: {
          mail: {
            type: 'ApiConnection',
            inputs: {
              host: { connection: { referenceName: 'office' } },
              method: 'get',
              path: '/v3/Mail/OnNewEmail',
              queries: { folderPath: 'Inbox' },
            },
            recurrence: { frequency: 'Minute', interval: 3, schedule: { hours: [4] } },
            splitOn: "@triggerBody()?['value']",
            ...more,
          },
        },
        actions: { Note: { type: 'Compose', inputs: "@triggerBody()?['id']", runAfter: {} } },
      },
    },
    {
      'connections.json': {
        managedApiConnections: {
          office: {
            api: { id: '/managedApis/office365' },
            connectionRuntimeUrl: 'https://apim.example.com/office/1',
            authentication: { type: 'Raw', scheme: 'Key', parameter: 'not-a-real-token' },
          },
          azureOnly: { api: { id: '/managedApis/sharepointonline' } },
        },
      },
    },
  ).folder;

class Polled {
  readonly requests: HttpRequest[] = [];
  readonly #answers: Partial<HttpResponse>[];
  readonly clock = new VirtualClock(START);
  host: TestHost | undefined;

  constructor(answers: readonly Partial<HttpResponse>[]) {
    this.#answers = [...answers];
  }

  async start(folder: string): Promise<void> {
    const send = (request: HttpRequest) => {
      this.requests.push(request);
      const answer = this.#answers.shift() ?? { statusCode: 202 };
      const headers = { 'content-type': 'application/json', ...answer.headers };
      return Promise.resolve({ response: { statusCode: 200, body: Buffer.from('{}'), ...answer, headers } });
    };
    const options = { armTriggers: true, storeFile: join(folder, '.history/runs.sqlite') };
    this.host = await TestHost.open(folder, options, { clock: this.clock, http: { send } });
    open.push(this.host);
  }

  async until(time: number): Promise<void> {
    for (;;) {
      for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      if (this.clock.now() >= time || !this.clock.advance()) return;
    }
  }

  notes(): unknown[] {
    return (this.host?.notices ?? []).flatMap((notice) =>
      notice.type === 'event' && notice.event.type === 'actionFinished'
        ? [JSON.parse(notice.event.outputs?.json ?? 'null') as unknown]
        : [],
    );
  }
}

const state = (number: number, more: Record<string, string> = {}) => ({
  location: `https://logic-apis.example.net/apim/office365/x/v3/Mail/OnNewEmail?folderPath=Inbox&LastPollInformation=${number}`,
  ...more,
});
const mails = (...ids: number[]) => Buffer.from(JSON.stringify({ value: ids.map((id) => ({ id })) }));

describe('a polling trigger of a managed connector', () => {
  it('goes on where the last answer left off, with its credentials and at its own address', async () => {
    const polled = new Polled([
      { statusCode: 202, headers: state(1) },
      { statusCode: 200, headers: state(2), body: mails(7, 8) },
      { statusCode: 202, headers: state(3, { 'retry-after': '30' }) },
    ]);
    await polled.start(project());
    await polled.until(START + 6 * MINUTE + 30_000);
    expect(polled.notes()).toEqual([7, 8]);
    expect(polled.requests.map(({ url }) => url)).toEqual([
      'https://apim.example.com/office/1/v3/Mail/OnNewEmail?folderPath=Inbox',
      'https://apim.example.com/office/1/v3/Mail/OnNewEmail?folderPath=Inbox&LastPollInformation=1',
      'https://apim.example.com/office/1/v3/Mail/OnNewEmail?folderPath=Inbox&LastPollInformation=2',
      'https://apim.example.com/office/1/v3/Mail/OnNewEmail?folderPath=Inbox&LastPollInformation=3',
    ]);
    expect(polled.requests[3]?.headers).toContainEqual(['Authorization', 'Key not-a-real-token']);
    expect(JSON.stringify(polled.host?.notices)).not.toContain('not-a-real-token');
  });

  it.skipIf(!hasSqlite)('remembers over a restart what the connector has told', async () => {
    const folder = project();
    const before = new Polled([{ statusCode: 202, headers: state(5) }]);
    await before.start(folder);
    await before.until(START + 1);
    await before.host?.link.dispose();
    const after = new Polled([]);
    await after.start(folder);
    await after.until(START + 1);
    expect(after.requests[0]?.url).toContain('LastPollInformation=5');
  });

  it('tells a poll that failed, and polls again', async () => {
    const polled = new Polled([{ statusCode: 401 }, { statusCode: 200, body: mails(1) }]);
    await polled.start(project());
    await polled.until(START + 3 * MINUTE);
    expect(JSON.stringify(polled.host?.notices)).toContain(
      "The trigger 'mail' of 'flow' has failed: The connector answered with status 401.",
    );
    expect(polled.notes()).toEqual([1]);
  });

  it('is named where its connection exists in Azure only', async () => {
    const polled = new Polled([]);
    await polled.start(
      project({ inputs: { host: { connection: { referenceName: 'azureOnly' } }, method: 'get', path: '/x' } }),
    );
    await polled.until(START + 1);
    expect(JSON.stringify(polled.host?.notices)).toContain("'mail' of 'flow' (ApiConnection) does not fire by itself");
  });
});

describe('a webhook trigger of a managed connector', () => {
  const flow = {
    triggers: {
      mail: {
        type: 'ApiConnectionWebhook',
        inputs: {
          host: { connection: { referenceName: 'office' } },
          path: '/MailSubscription/$subscriptions',
          body: { NotificationUrl: '@{listCallbackUrl()}' },
        },
      },
    },
    actions: { Note: { type: 'Compose', inputs: "@triggerBody()?['id']", runAfter: {} } },
  };
  const office = {
    api: { id: '/managedApis/office365' },
    connectionRuntimeUrl: 'https://apim.example.com/office/1',
    authentication: { type: 'Raw', scheme: 'Key', parameter: 'not-a-real-token' },
  };

  async function start(appSettings: Record<string, string>) {
    const requests: HttpRequest[] = [];
    let asked: () => void = () => undefined;
    const first = new Promise<void>((resolve) => (asked = resolve));
    const location = 'https://logic-apis.example.net/apim/office365/x/MailSubscription/$subscriptions/7?folder=a';
    const send = (request: HttpRequest) => {
      requests.push(request);
      asked();
      return Promise.resolve({ response: { statusCode: 201, headers: { location }, body: Buffer.from('') } });
    };
    const { folder } = makeProject({ flow }, { 'connections.json': { managedApiConnections: { office } } });
    const host = await TestHost.open(folder, { port: 0, armTriggers: true, appSettings }, { http: { send } });
    open.push(host);
    return { host, requests, first };
  }

  it('subscribes with the public address, is called, and ends the subscription', async () => {
    const { host, requests, first } = await start({ 'LogicAppsWorkbench.PublicUrl': 'https://tunnel.example.test/' });
    await first;
    const [subscribed] = requests;
    expect(subscribed).toMatchObject({
      method: 'POST',
      url: 'https://apim.example.com/office/1/MailSubscription/$subscriptions',
    });
    const { NotificationUrl } = JSON.parse(Buffer.from(subscribed?.body ?? []).toString()) as {
      NotificationUrl: string;
    };
    expect(NotificationUrl).toMatch(/^https:\/\/tunnel\.example\.test\/api\/flow\/triggers\/mail\/invoke\?/);
    const headers = { 'Content-Type': 'application/json' };
    const called = await fetch(NotificationUrl.replace('https://tunnel.example.test', host.url), {
      method: 'POST',
      headers,
      body: '{"id":7}',
    });
    expect(called.status).toBe(202);
    const note = await host.notice((notice) =>
      notice.type === 'event' && notice.event.type === 'actionFinished' ? notice.event.outputs?.json : undefined,
    );
    expect(note).toBe('7');
    await host.link.dispose();
    expect(requests[1]).toMatchObject({
      method: 'DELETE',
      url: 'https://apim.example.com/office/1/MailSubscription/$subscriptions/7?folder=a',
    });
  });

  it('is named where no service can reach this machine', async () => {
    const { host, requests } = await start({});
    const told = await host.notice((notice) => (notice.type === 'log' ? notice.message : undefined));
    expect(told).toContain("'mail' of 'flow' (ApiConnectionWebhook) does not fire by itself");
    expect(requests).toEqual([]);
  });
});
