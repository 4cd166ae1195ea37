import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../../cli/main';
import { start } from '../../cli/start';
import type { Io } from '../../cli/io';
import { after, hasSqlite, makeProject, workflowText } from '../runtime/host/projects';
import type { WorkflowText } from '../runtime/host/projects';

const echo: WorkflowText = {
  actions: {
    Twice: { type: 'Compose', inputs: "@mul(triggerBody()['n'], 2)", runAfter: {} },
    Reply: { type: 'Response', inputs: { statusCode: 200, body: "@outputs('Twice')" }, runAfter: after('Twice') },
  },
};

/** A terminal that keeps what was written, and tells when a text has come. */
class Terminal {
  text = '';
  errors = '';
  #waiting: (() => void)[] = [];
  readonly io: Io;

  constructor(cwd: string) {
    this.io = {
      out: (text) => {
        this.text += text;
        for (const each of this.#waiting) each();
      },
      err: (text) => (this.errors += text),
      cwd,
      env: {},
    };
  }

  has(pattern: RegExp): Promise<string> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = pattern.exec(this.text);
        if (found !== null) resolve(found[1] ?? found[0]);
      };
      this.#waiting.push(check);
      check();
    });
  }
}

describe('logicapps start', () => {
  it('shows the callback URL, which answers, and ends with 0 when it is told to stop', async () => {
    const terminal = new Terminal(makeProject({ echo }).folder);
    const stop = new AbortController();
    const ended = start(['.', '--port', '0', '--memory'], terminal.io, stop.signal);
    const url = await terminal.has(/manual: (http:\/\/localhost:\d+\/api\/echo\/triggers\/manual\/invoke\?\S+)/);
    const post = () => fetch(url, { method: 'POST', body: '{"n":4}', headers: { 'Content-Type': 'application/json' } });
    expect(await (await post()).json()).toBe(8);
    stop.abort();
    expect(await ended).toBe(0);
    await expect(post()).rejects.toThrow();
  });

  it('uses an edited workflow for new runs', async () => {
    const { folder, write } = makeProject({ echo });
    const terminal = new Terminal(folder);
    const stop = new AbortController();
    const ended = start(['.', '--port', '0', '--memory'], terminal.io, stop.signal);
    const url = await terminal.has(/manual: (http\S+)/);
    await terminal.has(/Press Ctrl-C/);
    const reply = { Reply: { type: 'Response', inputs: { statusCode: 200, body: 'edited' }, runAfter: {} } };
    write('echo/workflow.json', workflowText({ actions: reply }));
    await terminal.has(/The project has changed/);
    const answer = await fetch(url, {
      method: 'POST',
      body: '{"n":4}',
      headers: { 'Content-Type': 'application/json' },
    });
    expect(await answer.text()).toBe('edited');
    stop.abort();
    await ended;
  });

  it('says which port it took instead of one that is in use', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const terminal = new Terminal(makeProject({ echo }).folder);
    const stop = new AbortController();
    const ended = start(['.', `--port=${port}`, '--memory'], terminal.io, stop.signal);
    expect(await terminal.has(/Listening on .*/)).toMatch(new RegExp(`port ${port} is in use`));
    stop.abort();
    await ended;
    taken.close();
  });

  it('says why a workflow cannot run', async () => {
    const broken: WorkflowText = { actions: { A: { type: 'Compose', inputs: 1, runAfter: after('Nobody') } } };
    const terminal = new Terminal(makeProject({ broken }).folder);
    const stop = new AbortController();
    const ended = start(['.', '--port=0', '--memory'], terminal.io, stop.signal);
    expect(await terminal.has(/cannot run: .*/)).toContain('Nobody');
    stop.abort();
    await ended;
  });

  it.each([
    [['start'], /One project folder/],
    [['start', '.', '--port', 'many'], /no port/],
    [['start', '/nowhere/at/all'], /There is no folder/],
    [['runs', '.', 'forget'], /There is no 'forget'/],
  ])('refuses %j', async (args, message) => {
    const terminal = new Terminal(makeProject({ echo }).folder);
    expect(await main(args, terminal.io)).toBe(2);
    expect(terminal.errors).toMatch(message);
  });
});

describe.skipIf(!hasSqlite)('logicapps runs', () => {
  it('lists, shows and replays what start has run, also while it runs', async () => {
    const { folder } = makeProject({ echo });
    const store = join(folder, '.history', 'runs.sqlite');
    const running = new Terminal(folder);
    const stop = new AbortController();
    const ended = start(['.', '--port=0', '--store', store], running.io, stop.signal);
    const url = await running.has(/manual: (http\S+)/);
    await fetch(url, { method: 'POST', body: '{"n":4}', headers: { 'Content-Type': 'application/json' } });
    const runs = async (...args: string[]) => {
      const terminal = new Terminal(folder);
      expect(await main(['runs', '.', ...args, '--store', store], terminal.io)).toBe(0);
      return terminal.text;
    };
    const [run] = JSON.parse(await runs('list', '--format', 'json')) as { runId: string; status: string }[];
    expect(run?.status).toBe('Succeeded');
    expect(await runs()).toMatch(new RegExp(`${run?.runId} +echo +manual +Succeeded`));
    expect(await runs('show', run?.runId ?? '')).toMatch(/Twice Succeeded[^]*outputs: 8/);
    expect(await runs('replay', run?.runId ?? '')).toMatch(
      /manual fired[^]*Twice started[^]*response 200 sent[^]*run Succeeded/,
    );
    stop.abort();
    await ended;
    expect(await runs()).toContain('Succeeded');
    const terminal = new Terminal(folder);
    expect(await main(['runs', '.', 'show', 'nobody', '--store', store], terminal.io)).toBe(2);
    expect(terminal.errors).toContain("There is no run 'nobody'");
  });
});
