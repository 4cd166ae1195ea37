/** The adapter's process and its client: when one is gone without a word, the other side is left clean and the history is kept. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasSqlite } from '../../runtime/host/projects';
import { AdapterFolder, PATIENT } from './adapter';
import { AdapterProcess } from './adapterProcess';
import { order } from './client';

const place = new AdapterFolder();
const { project, program } = place;
let logicapps = '';
beforeAll(async () => {
  await place.build();
  logicapps = await place.buildProgram();
  place.write('waits', {
    definition: {
      triggers: { Go: { type: 'Request', kind: 'Http' } },
      actions: { Hour: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } }, runAfter: {} } },
    },
    kind: 'Stateful',
  });
}, 2 * PATIENT);
afterAll(() => place.remove());

const adapters: AdapterProcess[] = [];
const start = (arguments_: readonly string[]): AdapterProcess => {
  const adapter = new AdapterProcess(arguments_, place);
  adapters.push(adapter);
  return adapter;
};
afterEach(() => {
  for (const each of adapters.splice(0)) each.kill();
});

const launch = { project, workflow: 'process-order', port: 0, trigger: { body: order } };
const lastRun = async (): Promise<object | undefined> => (await place.history()).runs[0];
const programs = { 'the adapter': () => [program], 'logicapps dap': () => [logicapps, 'dap'] };

describe.each(Object.entries(programs))('%s', { timeout: 2 * PATIENT }, (_name, arguments_) => {
  it('ends with its port and its held run when the client is gone, as after a reload of the window', async () => {
    const adapter = start(arguments_());
    await adapter.launch(launch, /"event":"stopped"/, ['Order_summary']);
    expect((await fetch(adapter.address)).status).toBeGreaterThan(0);
    adapter.leave();
    expect(await adapter.ended).toBe(0);
    await adapter.isGone();
    if (hasSqlite) expect(await lastRun()).toMatchObject({ workflow: 'process-order', status: 'Cancelled' });
  });

  it('leaves no process and no port behind when it is killed', async () => {
    const adapter = start(arguments_());
    await adapter.launch(launch, /"event":"stopped"/, ['Order_summary']);
    expect((await fetch(adapter.address)).status).toBeGreaterThan(0);
    adapter.kill();
    await adapter.ended;
    await adapter.isGone();
  });
});

describe('a run that waits for an hour', { timeout: 4 * PATIENT }, () => {
  const waits = { ...launch, workflow: 'waits', trigger: {} };

  it('does not keep the process when the client is gone', async () => {
    const adapter = start([program]);
    await adapter.launch(waits, /waits: run \w+ started/);
    adapter.leave();
    expect(await adapter.ended).toBe(0);
    if (hasSqlite) expect(await lastRun()).toMatchObject({ workflow: 'waits', status: 'Cancelled' });
  });

  it.skipIf(!hasSqlite)('is taken up again by the next session when the adapter was killed', async () => {
    const first = start([program]);
    await first.launch(waits, /waits: run \w+ started/);
    first.kill();
    await first.ended;
    expect(await lastRun()).toMatchObject({ workflow: 'waits', status: 'Running' });
    const second = start([program]);
    await second.launch({ ...launch, trigger: undefined }, /Listening at/);
    second.leave();
    expect(await second.ended).toBe(0);
    expect(await lastRun()).toMatchObject({ workflow: 'waits', status: 'Cancelled' });
  });
});
