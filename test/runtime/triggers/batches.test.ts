/** Batches: messages collect until a criterion of release is met, also over a restart. */
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../../../runtime/scenario/virtualClock';
import type { Observation } from '../../../runtime/scenario/observation';
import { play, workflowOf } from '../engine/play';
import { hasSqlite, makeProject, TestHost } from '../host/projects';
import type { WorkflowText } from '../host/projects';

const batchTrigger = (releaseCriteria: Record<string, unknown>) => ({
  type: 'Batch',
  inputs: { mode: 'Inline', configurations: { orders: { releaseCriteria } } },
});
const collector = (releaseCriteria: Record<string, unknown>): WorkflowText => ({
  triggers: { Batch_messages: batchTrigger(releaseCriteria) },
  actions: { All: { type: 'Compose', inputs: '@triggerBody()', runAfter: {} } },
});
const sending = (content: unknown, more: Record<string, unknown> = {}) => ({
  type: 'SendToBatch',
  inputs: {
    batchName: 'orders',
    content,
    host: { triggerName: 'Batch_messages', workflow: { id: 'collect' } },
    ...more,
  },
  runAfter: {},
});

/** The trigger bodies of the runs that batches have started. */
function released({ called }: Observation): unknown[] {
  return called.map((run) => {
    const json = run.actions().find(({ name }) => name === 'All')?.repetitions[0]?.outputs?.json;
    return JSON.parse(json ?? 'null') as unknown;
  });
}

const collect = (criteria: Record<string, unknown>) => ({
  'collect/workflow.json': workflowOf(
    { All: { type: 'Compose', inputs: '@triggerBody()' } },
    { definition: { triggers: { Batch_messages: batchTrigger(criteria) } } },
  ),
});
const each = (items: unknown[], action: unknown) => ({
  Each: {
    type: 'Foreach',
    foreach: items,
    actions: { Send: action },
    runtimeConfiguration: { concurrency: { repetitions: 1 } },
  },
});

describe('Send to batch', () => {
  it('starts a run with as many messages as the batch asks for', async () => {
    const send = sending("@items('Each')", { messageId: "@concat('m', items('Each'))" });
    const played = await play(each([1, 2, 3, 4, 5], send), { files: collect({ messageCount: 2 }) });
    expect(played.step('Send', 0)).toMatchObject({ status: 'Succeeded', code: 'Accepted' });
    const batch = { batchName: 'orders', partitionName: 'DEFAULT' };
    expect(released(played.seen)).toEqual([
      {
        ...batch,
        items: [
          { messageId: 'm1', content: 1 },
          { messageId: 'm2', content: 2 },
        ],
      },
      {
        ...batch,
        items: [
          { messageId: 'm3', content: 3 },
          { messageId: 'm4', content: 4 },
        ],
      },
    ]);
  });

  it('keeps partitions apart', async () => {
    const send = sending("@items('Each')", { partitionName: "@if(equals(mod(items('Each'), 2), 0), 'even', 'odd')" });
    const played = await play(each([1, 2, 3, 5], send), { files: collect({ messageCount: 3 }) });
    expect(released(played.seen)).toMatchObject([
      { partitionName: 'odd', items: [{ content: 1 }, { content: 3 }, { content: 5 }] },
    ]);
  });

  it('releases by size', async () => {
    const send = sending("@concat(items('Each'), '0123456789012345678901234567890123456789')");
    const played = await play(each([1, 2], send), { files: collect({ messageCount: 100, batchSize: 200 }) });
    expect(released(played.seen)).toHaveLength(1);
  });

  it('fails for a batch or a trigger that is not there', async () => {
    const files = collect({ messageCount: 2 });
    const noBatch = await play({ Send: sending(1, { batchName: 'others' }) }, { files });
    expect(noBatch.step('Send')?.error).toMatchObject({
      code: 'BatchNotFound',
      message: expect.stringContaining("has no batch 'others'; it has 'orders'") as string,
    });
    const noTrigger = await play({ Send: sending(1, { host: { workflow: { id: 'wf' } } }) }, { files });
    expect(noTrigger.step('Send')?.error?.message).toContain("'manual' of workflow 'wf' is no Batch trigger");
    const noWorkflow = await play({ Send: sending(1, { host: { workflow: { id: 'gone' } } }) }, { files });
    expect(noWorkflow.step('Send')?.error?.code).toBe('WorkflowNotFound');
  });
});

describe('a Batch trigger of a host', () => {
  const open: TestHost[] = [];
  afterEach(async () => {
    for (const host of open.splice(0)) await host.link.dispose();
  });

  const start = async (folder: string, clock?: VirtualClock): Promise<TestHost> => {
    const storeFile = join(folder, '.history/runs.sqlite');
    const host = await TestHost.open(folder, { storeFile, armTriggers: true }, clock === undefined ? {} : { clock });
    open.push(host);
    return host;
  };
  const send = async (host: TestHost, body: unknown): Promise<void> => {
    const { runIds } = await host.link.send('fireTrigger', {
      workflow: 'send',
      request: {
        method: 'POST',
        bodyBase64: Buffer.from(JSON.stringify(body)).toString('base64'),
        headers: { 'Content-Type': 'application/json' },
      },
    });
    expect(await host.ended(runIds[0] ?? '')).toBe('Succeeded');
  };
  const batch = (host: TestHost) =>
    host.notice((notice) =>
      notice.type === 'event' && notice.event.type === 'triggerFired' && notice.event.trigger === 'Batch_messages'
        ? (JSON.parse(notice.event.outputs.json ?? 'null') as unknown)
        : undefined,
    );
  const project = (criteria: Record<string, unknown>) =>
    makeProject({ collect: collector(criteria), send: { actions: { Send: sending('@triggerBody()') } } }).folder;

  it.skipIf(!hasSqlite)('keeps what it has collected over a restart', async () => {
    const folder = project({ messageCount: 3 });
    const first = await start(folder);
    await send(first, { n: 1 });
    await send(first, { n: 2 });
    await first.link.dispose();
    const second = await start(folder);
    await send(second, { n: 3 });
    expect(await batch(second)).toMatchObject({
      body: { items: [{ content: { n: 1 } }, { content: { n: 2 } }, { content: { n: 3 } }] },
    });
  });

  it('releases by its schedule what is there, and nothing when nothing is', async () => {
    const clock = new VirtualClock(Date.UTC(2024, 4, 1, 10));
    const host = await start(project({ messageCount: 100, recurrence: { frequency: 'Minute', interval: 10 } }), clock);
    await send(host, 'only');
    const fired = batch(host);
    for (let turn = 0; turn < 50; turn++) {
      await new Promise((resolve) => setImmediate(resolve));
      if (turn % 10 === 9) clock.advance();
    }
    expect(await fired).toMatchObject({ body: { partitionName: 'DEFAULT', items: [{ content: 'only' }] } });
    const count = host.notices.filter(
      (notice) =>
        notice.type === 'event' && notice.event.type === 'triggerFired' && notice.event.trigger === 'Batch_messages',
    );
    expect(count).toHaveLength(1);
  });
});
