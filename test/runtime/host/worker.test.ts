import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HostError } from '../../../runtime/host/commands';
import type { HostNotice, RuntimeLink } from '../../../runtime/host/commands';
import { linkToWorker } from '../../../runtime/host/workerLink';
import { makeProject } from './projects';
import type { WorkflowText } from './projects';

let file = '';
beforeAll(async () => {
  file = join(mkdtempSync(join(tmpdir(), 'worker-')), 'worker.js');
  await build({
    entryPoints: [join(import.meta.dirname, '../../../runtime/host/worker.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    outfile: file,
    logLevel: 'silent',
  });
});

const links: RuntimeLink[] = [];
afterEach(async () => {
  for (const link of links.splice(0)) await link.dispose();
});
const start = async (projectFolder: string, memory?: number) => {
  const link = await linkToWorker(
    { projectFolder, armTriggers: false },
    memory === undefined ? { file } : { file, memory },
  );
  links.push(link);
  const notices: HostNotice[] = [];
  const waiting: (() => void)[] = [];
  link.onNotice((notice) => {
    notices.push(notice);
    for (const each of waiting) each();
  });
  const notice = (type: string): Promise<HostNotice> =>
    new Promise((resolve) => {
      const check = (): void => {
        const found = notices.find((each) => each.type === type || (each.type === 'event' && each.event.type === type));
        if (found !== undefined) resolve(found);
      };
      waiting.push(check);
      check();
    });
  return { link, notices, notice };
};

const one: WorkflowText = { actions: { One: { type: 'Compose', inputs: 1, runAfter: {} } } };
/** Grows until the worker has no memory left. */
const hungry: WorkflowText = {
  actions: {
    Init: {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: 'text', type: 'string', value: 'x' }] },
      runAfter: {},
    },
    Grow: {
      type: 'Until',
      expression: '@equals(1, 2)',
      limit: { count: 4000, timeout: 'PT1H' },
      runAfter: { Init: ['Succeeded'] },
      actions: { More: { type: 'Compose', inputs: '@range(0, 50000)', runAfter: {} } },
    },
  },
};

describe('a host in a worker thread', () => {
  it('answers commands and tells events like one in the same thread', async () => {
    const { link, notices, notice } = await start(makeProject({ one }).folder);
    const { workflows } = await link.send('listWorkflows', {});
    expect(workflows).toMatchObject([{ name: 'one', problems: [] }]);
    const { runIds } = await link.send('fireTrigger', { workflow: 'one' });
    await notice('runFinished');
    const told = notices.flatMap((each) => (each.type === 'event' ? [each.event] : []));
    expect((await link.send('runEvents', { runId: runIds[0] ?? '' })).events).toEqual(told);
  });

  it('refuses with errors that a user can understand', async () => {
    const { link } = await start(makeProject({ one }).folder);
    await expect(link.send('cancelRun', { runId: 'nobody' })).rejects.toThrow(HostError);
    await expect(link.send('fireTrigger', { workflow: 'nobody' })).rejects.toMatchObject({ code: 'WorkflowNotFound' });
    await expect(linkToWorker({ projectFolder: '/nowhere/at/all', armTriggers: false }, { file })).rejects.toThrow(
      HostError,
    );
  });

  it('that dies is told as crashed, and refuses everything after', async () => {
    const { link, notice } = await start(makeProject({ hungry }).folder, 40);
    await link.send('fireTrigger', { workflow: 'hungry' }).catch(() => undefined);
    const crashed = await notice('crashed');
    expect(crashed).toMatchObject({ message: expect.stringMatching(/crashed.*out of memory/) as string });
    await expect(link.send('listRuns', {})).rejects.toMatchObject({ name: 'HostError', code: 'HostCrashed' });
    await link.dispose();
  });

  it('can be closed twice, and takes no command then', async () => {
    const { link, notices } = await start(makeProject({ one }).folder);
    await link.dispose();
    await link.dispose();
    await expect(link.send('listRuns', {})).rejects.toMatchObject({ code: 'HostClosed' });
    expect(notices.some(({ type }) => type === 'crashed')).toBe(false);
  });
});
