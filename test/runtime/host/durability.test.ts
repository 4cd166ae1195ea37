/**
 * A host is killed at random moments, again and again, while it runs mixed workflows. What it did is proved from outside: a server keeps
 * a ledger of every request that the workflows sent.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { after, hasSqlite, makeProject } from './projects';
import type { WorkflowText } from './projects';

/** LOGICAPPS_KILLS=200 makes it thorough; the default keeps a test run short. */
const kills = Number(process.env['LOGICAPPS_KILLS'] ?? 30);

/** Every request, in order: the id of the trigger event and the step that sent it. */
const ledger: { readonly id: string; readonly step: string }[] = [];
let server: Server;
let base = '';
let script = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    const [, id = '', step = ''] = (request.url ?? '').split('/');
    ledger.push({ id, step });
    setTimeout(() => response.end('{}'), Math.random() * 10);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  script = join(mkdtempSync(join(tmpdir(), 'host-')), 'host.mjs');
  const open = join(import.meta.dirname, '../../../runtime/host/open.ts');
  await build({
    stdin: {
      contents: `import { openInThread } from ${JSON.stringify(open)};
        const [projectFolder, storeFile] = process.argv.slice(2);
        const link = await openInThread({ projectFolder, storeFile, port: 0, armTriggers: true, suspendOnStop: true });
        link.onNotice((notice) => { if (notice.type === 'log') console.error(notice.level, notice.message); });
        const { workflows } = await link.send('listWorkflows', {});
        console.log('ready ' + JSON.stringify(Object.fromEntries(workflows.map((w) => [w.name, w.triggers[0].callbackUrl]))));`,
      resolveDir: join(import.meta.dirname, '../../..'),
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    outfile: script,
    logLevel: 'silent',
  });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const call = (step: string, ...names: string[]) => ({
  type: 'Http',
  inputs: { method: 'GET', uri: `${base}/@{triggerBody()['id']}/${step}` },
  runAfter: after(...names),
});

function flows(): Record<string, WorkflowText> {
  return {
    chain: {
      actions: {
        A: call('A'),
        Note: { type: 'Compose', inputs: "@outputs('A')['statusCode']", runAfter: after('A') },
        B: call('B', 'Note'),
        Reply: { type: 'Response', inputs: { statusCode: 200, body: "@outputs('Note')" }, runAfter: after('B') },
      },
    },
    loop: {
      actions: {
        Each: {
          type: 'Foreach',
          foreach: '@range(0, 3)',
          runAfter: {},
          actions: { One: call('one-@{item()}'), Two: call('two-@{item()}', 'One') },
        },
        Done: call('Done', 'Each'),
      },
    },
    count: {
      actions: {
        Init: {
          type: 'InitializeVariable',
          inputs: { variables: [{ name: 'n', type: 'integer', value: 0 }] },
          runAfter: {},
        },
        Until: {
          type: 'Until',
          expression: "@equals(variables('n'), 3)",
          limit: { count: 10, timeout: 'PT1H' },
          runAfter: after('Init'),
          actions: {
            Turn: call("turn-@{variables('n')}"),
            Next: { type: 'IncrementVariable', inputs: { name: 'n', value: 1 }, runAfter: after('Turn') },
          },
        },
        Done: call('Done', 'Until'),
      },
    },
    pause: {
      actions: {
        A: call('A'),
        Wait: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Second' } }, runAfter: after('A') },
        B: call('B', 'Wait'),
      },
    },
    nested: {
      actions: {
        A: call('A'),
        Call: {
          type: 'Workflow',
          inputs: { host: { workflow: { id: 'inner' } }, body: '@triggerBody()' },
          runAfter: after('A'),
        },
        B: call('B', 'Call'),
      },
    },
    inner: {
      actions: {
        C: call('C'),
        D: call('D', 'C'),
        Reply: { type: 'Response', inputs: { statusCode: 200, body: 1 }, runAfter: after('D') },
      },
    },
  };
}

/** What comes after what: once the later step has called, the earlier one must not call again. */
const orders: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  chain: [['A', 'B']],
  loop: [0, 1, 2].flatMap((n) => [[`one-${n}`, `two-${n}`] as const, [`two-${n}`, 'Done'] as const]),
  count: [
    ['turn-0', 'turn-1'],
    ['turn-1', 'turn-2'],
    ['turn-2', 'Done'],
  ],
  pause: [['A', 'B']],
  nested: [
    ['A', 'C'],
    ['C', 'D'],
    ['D', 'B'],
  ],
};
const names = Object.keys(orders);

interface RunningChild {
  readonly child: ChildProcess;
  readonly urls: Readonly<Record<string, string>>;
}

function startHost(project: string, store: string): Promise<RunningChild> {
  const child = spawn(process.execPath, [script, project, store], { stdio: ['ignore', 'pipe', 'pipe'] });
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr.on('data', (data: Buffer) => (text += data.toString()));
    child.stdout.on('data', (data: Buffer) => {
      text += data.toString();
      const found = /ready (\{.*\})\n/.exec(text)?.[1];
      if (found !== undefined) resolve({ child, urls: JSON.parse(found) as Record<string, string> });
    });
    child.once('exit', () => reject(new Error(`The host ended by itself: ${text}`)));
  });
}

async function killed(child: ChildProcess): Promise<void> {
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exit;
}

interface RunList {
  readonly value: readonly {
    readonly name: string;
    readonly properties: { readonly status: string; readonly error?: unknown };
  }[];
}

describe.skipIf(!hasSqlite)('a host that is killed', () => {
  it(
    `at ${kills} random moments loses no accepted event and repeats no finished action`,
    async () => {
      const { folder } = makeProject(flows());
      const store = join(folder, '.history', 'runs.sqlite');
      const accepted: { readonly id: string; readonly flow: string }[] = [];
      let count = 0;
      for (let round = 0; round < kills; round += 1) {
        const { child, urls } = await startHost(folder, store);
        let isAlive = true;
        const post = async (flow: string): Promise<void> => {
          const id = `${flow}-${(count += 1)}`;
          try {
            const answer = await fetch(urls[flow] ?? '', {
              method: 'POST',
              headers: { 'Content-Type': 'application/json' },
              body: JSON.stringify({ id }),
            });
            if (answer.status < 300) accepted.push({ id, flow });
            await answer.arrayBuffer();
          } catch (error) {
            // The host died with the request: nothing was promised.
            if (isAlive) throw error;
          }
        };
        const posts = names.map((flow) => post(flow));
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 300));
        isAlive = false;
        await killed(child);
        await Promise.all(posts);
      }
      const { child, urls } = await startHost(folder, store);
      const management = new URL('/runtime/webhooks/workflow/api/management/workflows', urls['chain'] ?? '').href;
      const runsOf = async (flow: string, filter: string): Promise<RunList['value']> => {
        const answer = await fetch(`${management}/${flow}/runs?$top=250&$filter=${encodeURIComponent(filter)}`);
        return ((await answer.json()) as RunList).value;
      };
      const all = [...names, 'inner'];
      for (;;) {
        const running = await Promise.all(all.map((flow) => runsOf(flow, "status eq 'Running'")));
        if (running.flat().length === 0) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const unsuccessful = await Promise.all(
        all.map((flow) => runsOf(flow, "status eq 'Failed' or status eq 'Cancelled' or status eq 'Aborted'")),
      );
      await killed(child);
      expect(unsuccessful.flat()).toEqual([]);
      expect(accepted.length).toBeGreaterThan(kills);
      for (const { id, flow } of accepted) {
        const steps = ledger.filter((entry) => entry.id === id).map(({ step }) => step);
        for (const [earlier, later] of orders[flow] ?? []) {
          expect(steps, `${id}: ${earlier} and ${later} must both have run`).toEqual(
            expect.arrayContaining([earlier, later]),
          );
          expect(steps.lastIndexOf(earlier), `${id}: ${earlier} again after ${later}: ${steps.join()}`).toBeLessThan(
            steps.indexOf(later),
          );
        }
      }
    },
    kills * 5000 + 60_000,
  );
});
