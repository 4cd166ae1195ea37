/** The adapter as a process, driven by the protocol's own test client. */
import { DebugClient } from '@vscode/debugadapter-testsupport';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AdapterFolder, PATIENT } from './adapter';
import { order } from './client';

const place = new AdapterFolder();
const { project, file, program: adapter } = place;
const node = process.execPath;
beforeAll(() => place.build(), PATIENT);
afterAll(() => place.remove());

describe('the debug adapter over stdio', { timeout: 2 * PATIENT }, () => {
  let client: DebugClient;
  beforeEach(async () => {
    client = new DebugClient(node, adapter, 'logicAppsWorkbench', { env: place.environment });
    client.defaultTimeout = PATIENT;
    await client.start();
  });
  afterEach(() => client.stop());

  const waiting = { project, workflow: 'process-order', port: 0 };
  const launch = { ...waiting, trigger: { body: order } };

  it('launches, stops at a breakpoint, and shows frames and variables', async () => {
    await client.hitBreakpoint(launch, { path: file, line: place.line('"Line_amount"') });
    const { threads } = (await client.threadsRequest()).body;
    const { stackFrames } = (await client.stackTraceRequest({ threadId: threads[0]?.id ?? 0 })).body;
    expect(stackFrames.map((each) => each.name)).toEqual(['Line_amount', 'Price_each_line [1 of 2]', 'process-order']);
    const { scopes } = (await client.scopesRequest({ frameId: stackFrames[0]?.id ?? 0 })).body;
    expect(scopes.map((each) => each.name)).toContain('Loop');
  });

  it('answers requests from outside at the address that it shows', async () => {
    let shown = '';
    client.on('output', ({ body }: DebugProtocol.OutputEvent) => (shown += body.output));
    await Promise.all([client.configurationSequence(), client.launch(waiting), client.waitForEvent('initialized')]);
    const address = /http:\/\/localhost:\d+\/api\S+/;
    await expect.poll(() => shown, { timeout: PATIENT }).toMatch(address);
    const url = address.exec(shown)?.[0] ?? '';
    const response = await fetch(url, {
      method: 'POST',
      body: JSON.stringify(order),
      headers: { 'content-type': 'application/json' },
    });
    expect(response.status).toBe(200);
  });
});
