import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attachToHost } from '../../../runtime/host/attach';
import { attachFileOf, openAttachPoint, readAttachAddress } from '../../../runtime/host/attachPoint';
import type { RuntimeLink } from '../../../runtime/host/commands';
import { after, makeProject, TestHost } from './projects';
import type { WorkflowText } from './projects';

const flow: WorkflowText = {
  actions: {
    First: { type: 'Compose', inputs: 1, runAfter: {} },
    Last: { type: 'Compose', inputs: 2, runAfter: after('First') },
  },
};

const data = mkdtempSync(join(tmpdir(), 'logicapps-attach-'));
const before = process.env['XDG_DATA_HOME'];
beforeAll(() => {
  process.env['XDG_DATA_HOME'] = data;
});
afterAll(() => {
  if (before === undefined) delete process.env['XDG_DATA_HOME'];
  else process.env['XDG_DATA_HOME'] = before;
  rmSync(data, { recursive: true, force: true });
});

describe('a debugger that attaches to a host', () => {
  let host: TestHost;
  let folder: string;
  let close: () => Promise<void>;
  const links: RuntimeLink[] = [];
  beforeEach(async () => {
    ({ folder } = makeProject({ flow }));
    host = await TestHost.open(folder);
    close = await openAttachPoint(host.link, folder, 'http://localhost:1234');
  });
  afterEach(async () => {
    for (const each of links.splice(0)) await each.dispose();
    await close();
    await host.link.dispose();
  });
  const attach = async (): Promise<RuntimeLink> => {
    const { link } = await attachToHost(folder);
    links.push(link);
    return link;
  };
  const hold = async (link: RuntimeLink): Promise<string> => {
    await link.send('setDebugging', { enabled: true });
    await link.send('setBreakpoints', {
      breakpoints: [{ id: 1, workflow: 'flow', operation: 'Last', role: 'action', moment: 'before' }],
      exceptions: [],
    });
    const held = new Promise<string>((resolve) => {
      link.onNotice((notice) => {
        if (notice.type === 'held') resolve(notice.hold.name);
      });
    });
    await host.link.send('fireTrigger', { workflow: 'flow' });
    return held;
  };

  it('holds its runs and hears of them, and lets them go when it leaves', async () => {
    const link = await attach();
    expect((await attachToHost(folder).catch((error: unknown) => error)) instanceof Error).toBe(true);
    expect(await hold(link)).toBe('Last');
    const finished = host.notice((notice) =>
      notice.type === 'event' && notice.event.type === 'runFinished' ? notice.event.status : undefined,
    );
    await link.dispose();
    expect(await finished).toBe('Succeeded');
    // The next one is let in.
    const next = await attach();
    expect((await next.send('listWorkflows', {})).workflows.map(({ name }) => name)).toEqual(['flow']);
  });

  it('is told where the host listens, and cannot stop it', async () => {
    const { link, url } = await attachToHost(folder);
    links.push(link);
    expect(url).toBe('http://localhost:1234');
    await expect(link.send('close', {})).rejects.toThrow('does not stop the host');
  });

  it('is refused without the token, or while another one is there', async () => {
    await attach();
    await expect(attachToHost(folder)).rejects.toThrow('Another debugger');
    const { port } = (await readAttachAddress(folder)) ?? { port: 0 };
    const answer = await new Promise<string>((resolve) => {
      const socket = createConnection({ port, host: '127.0.0.1' });
      let text = '';
      socket.setEncoding('utf8').on('data', (chunk: string | Buffer) => (text += String(chunk)));
      socket.on('close', () => resolve(text));
      socket.write(`${JSON.stringify({ token: 'guessed' })}\n`);
    });
    expect(JSON.parse(answer)).toMatchObject({ type: 'refusal', code: 'NotAllowed' });
  });

  it('hears of the end of the host', async () => {
    const link = await attach();
    const told = new Promise<string>((resolve) => {
      link.onNotice((notice) => {
        if (notice.type === 'crashed') resolve(notice.message);
      });
    });
    await close();
    expect(await told).toBe('The host has been stopped.');
    await expect(link.send('listWorkflows', {})).rejects.toThrow('has been stopped');
  });

  it('is told how to start a host where none runs', async () => {
    await close();
    await expect(attachToHost(folder)).rejects.toThrow("start it with 'logicapps start'");
    // A host that was killed leaves its file behind.
    const reopened = await openAttachPoint(host.link, folder, undefined);
    const left = JSON.stringify({ ...(await readAttachAddress(folder)), token: 'of a host that is gone', port: 1 });
    writeFileSync(attachFileOf(folder), left);
    await expect(attachToHost(folder)).rejects.toThrow("start it with 'logicapps start'");
    await reopened();
    rmSync(attachFileOf(folder));
  });

  it.skipIf(process.platform === 'win32')('finds the token in a file that only the user can read', () => {
    expect(statSync(attachFileOf(folder)).mode & 0o777).toBe(0o600);
  });
});
