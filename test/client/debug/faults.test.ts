/** What goes wrong around a debug session: each with a clear message, nothing left behind, and the history kept. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { start } from '../../../cli/start';
import { AdapterClient, AdapterFolder, PATIENT } from './adapter';
import { hasSqlite } from '../../runtime/host/projects';
import { order } from './client';

const place = new AdapterFolder();
const before = process.env['XDG_DATA_HOME'];
beforeAll(async () => {
  await place.build();
  // For the host that is started in this process.
  process.env['XDG_DATA_HOME'] = place.folder;
}, PATIENT);
afterAll(() => {
  if (before === undefined) delete process.env['XDG_DATA_HOME'];
  else process.env['XDG_DATA_HOME'] = before;
  place.remove();
});

const launch = { project: place.project, workflow: 'process-order', port: 0, trigger: { body: order } };
const atSummary = (client: AdapterClient) => () =>
  client.debug.setFunctionBreakpointsRequest({ breakpoints: [{ name: 'Order_summary' }] });

describe('a debug session', { timeout: 2 * PATIENT }, () => {
  it('takes another port when its own is in use, and says so', async () => {
    const busy = createServer();
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    const address = busy.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const client = new AdapterClient(place);
    await client.begin('launch', { ...launch, trigger: undefined, port });
    await expect.poll(() => client.console, { timeout: PATIENT }).toMatch(`(port ${port} is in use)`);
    expect(client.console).not.toMatch(`Listening at http://localhost:${port}\n`);
    await client.leave();
    busy.close();
  });

  it('that waits for an hour ends at once when it is stopped', async () => {
    place.write('waits', {
      definition: {
        triggers: { Go: { type: 'Request', kind: 'Http' } },
        actions: { Hour: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } }, runAfter: {} } },
      },
      kind: 'Stateful',
    });
    const client = new AdapterClient(place);
    await client.begin('launch', { ...launch, workflow: 'waits', trigger: {} });
    await expect.poll(() => client.console, { timeout: PATIENT }).toMatch(/waits: run \w+ started/);
    const ended = performance.now();
    await client.leave();
    expect(performance.now() - ended).toBeLessThan(PATIENT);
    expect((await place.history()).runs[0]).toMatchObject({ workflow: 'waits', status: 'Cancelled' });
  });

  it.skipIf(!hasSqlite)('beside another one on the same project says whose the history is', async () => {
    const [first, second] = [new AdapterClient(place), new AdapterClient(place)];
    await first.begin('launch', launch, atSummary(first));
    const held = await first.stopped();
    await second.begin('launch', launch, atSummary(second));
    const other = await second.stopped();
    expect(other.top.name).toBe('Order_summary');
    expect(second.console).toMatch(/another/i);
    // The run of the first one is its own still.
    expect(second.console.match(/started by/g)).toHaveLength(1);
    await second.leave();
    expect(await first.evaluate("@{variables('total')}", held.top.id)).toBe('82.6');
    await first.leave();
  });

  it.skipIf(!hasSqlite)('whose process is killed leaves no port behind, and the history of its runs', async () => {
    const client = new AdapterClient(place);
    await client.begin('launch', launch, atSummary(client));
    await client.stopped();
    const address = /Listening at (\S+)/.exec(client.console)?.[1] ?? '';
    expect((await fetch(address)).status).toBeGreaterThan(0);
    client.kill();
    await expect
      .poll(
        () =>
          fetch(address).then(
            () => 'answers',
            () => 'gone',
          ),
        { timeout: PATIENT },
      )
      .toBe('gone');
    const { runs } = await place.history();
    expect(runs[0]).toMatchObject({ workflow: 'process-order', trigger: 'When_an_order_arrives' });
  });

  it('goes on when the workflow is edited into nonsense, and says what new runs would meet', async () => {
    const client = new AdapterClient(place);
    await client.begin('launch', launch, atSummary(client));
    const { threadId } = await client.stopped();
    const text = readFileSync(place.file, 'utf8');
    try {
      writeFileSync(place.file, text.slice(0, text.length / 2));
      await expect
        .poll(() => client.console, { timeout: PATIENT })
        .toContain('process-order cannot start until this is put right');
      await client.debug.continueRequest({ threadId });
      await expect.poll(() => client.console, { timeout: PATIENT }).toContain('process-order: succeeded');
      await client.debug.send('fireTrigger', { workflow: 'process-order', trigger: { body: order } });
      await expect
        .poll(() => client.console, { timeout: PATIENT })
        .toMatch(/succeeded after[^]*process-order: no run was started: \d+, \w/);
    } finally {
      writeFileSync(place.file, text);
    }
    await expect.poll(() => client.console.match(/The project was saved/g)?.length, { timeout: PATIENT }).toBe(2);
    await client.debug.send('fireTrigger', { workflow: 'process-order', trigger: { body: order } });
    expect((await client.stopped()).top.name).toBe('Order_summary');
    await client.leave();
  });

  it('attaches to a host that runs, and leaves it and its runs alone', async () => {
    const stop = new AbortController();
    let text = '';
    const io = {
      out: (more: string) => (text += more),
      err: (more: string) => (text += more),
      cwd: place.project,
      env: {},
    };
    const ended = start(['.', '--port', '0'], io, stop.signal);
    await expect.poll(() => text, { timeout: PATIENT }).toContain('Press Ctrl-C');
    const client = new AdapterClient(place);
    await client.begin('attach', { project: place.project }, atSummary(client));
    const url = /http:\S+\/process-order\/triggers\/\S+/.exec(text)?.[0] ?? '';
    const headers = { 'content-type': 'application/json' };
    const answer = fetch(url, { method: 'POST', headers, body: JSON.stringify(order) });
    expect((await client.stopped()).top.name).toBe('Order_summary');
    await client.leave();
    expect((await answer).status).toBe(200);
    stop.abort();
    expect(await ended).toBe(0);
  });

  it('says how to start a host when there is none to attach to', async () => {
    const client = new AdapterClient(place);
    await client.debug.start();
    await client.debug.initializeRequest();
    await expect(client.debug.send('attach', { project: place.project })).rejects.toThrow("'logicapps start'");
    await client.leave();
  });
});
