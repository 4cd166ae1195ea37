/**
 * The debugger as the extension has it: the adapter in this thread, which stands for the extension host, and the runtime in a worker.
 * From launch to the first stop, single steps, runs past breakpoints that lie elsewhere, and a long loop with a conditional breakpoint.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { hostOverrides } from '../../client/debug/launchArguments';
import { LogicAppsDebugSession } from '../../client/debug/session';
import { DesignerRuns } from '../../client/features/designer/runs';
import { linkToWorker } from '../../runtime/host/workerLink';

const root = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'bench-debug-'));
// Beside this file, so that packages outside of the bundle are found.
const worker = fileURLToPath(new URL('./debug.worker.mjs', import.meta.url));
const project = join(folder, 'order-processing');

const SESSIONS = 12;
const ROUNDS = 25;
const ITEMS = 10_000;
/** A history each: a second host on the same one would keep its runs in memory. */
let stores = 0;
const order = {
  orderId: 'A-1',
  customer: { name: 'Example Ltd', country: 'AT' },
  lines: Array.from({ length: 20 }, (_, n) => ({ sku: `S${n}`, quantity: n, unitPrice: 2.5 })),
};

function prepare() {
  cpSync(join(root, 'examples/order-processing'), project, { recursive: true });
  const write = (name, actions) => {
    mkdirSync(join(project, name));
    const definition = { triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } }, actions };
    writeFileSync(join(project, name, 'workflow.json'), JSON.stringify({ definition, kind: 'Stateful' }, null, 2));
  };
  const compose = (inputs, after) => ({
    type: 'Compose',
    inputs,
    runAfter: after === undefined ? {} : { [after]: ['Succeeded'] },
  });
  const loop = {
    type: 'Foreach',
    foreach: '@triggerBody()',
    actions: { Price: compose("@mul(item()?['n'], 3)"), Text: compose("@concat('item ', outputs('Price'))", 'Price') },
    runAfter: {},
  };
  write('long-loop', { Each: loop });
  // What is never met: a branch not taken of the same workflow, and another workflow.
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`Other_${n}`, compose(n)]));
  const branch = { type: 'If', expression: { equals: [1, 2] }, actions: many, else: { actions: {} }, runAfter: {} };
  write('elsewhere', { Each: loop, Never: { ...branch, runAfter: { Each: ['Succeeded'] } } });
  write('another', many);
}

/** A client of one session; times are those that a user of the editor waits. */
class Client {
  #answers = new Map();
  #waiters = [];
  #events = [];
  #sequence = 0;
  #designer = new DesignerRuns(() => undefined);

  constructor() {
    this.session = new LogicAppsDebugSession({
      open: async (launch) => {
        const options = {
          ...hostOverrides(launch),
          projectFolder: launch.project,
          port: 0,
          storeFile: join(folder, `runs-${(stores += 1)}.sqlite`),
        };
        const link = await linkToWorker(options, { file: worker });
        let url;
        // As the extension: what is told is told to the designer too.
        link.onNotice((notice) => {
          if (notice.type === 'listening') ({ url } = notice);
          this.#designer.notice(notice, (name) => name);
        });
        return { link, url, release: () => link.dispose() };
      },
      readText: (file) => readFile(file, 'utf8').catch(() => undefined),
      logError: (message) => console.error(message),
    });
    this.session.onDidSendMessage((message) => {
      if (message.type === 'response') this.#answers.get(message.request_seq)?.(message);
      else this.#receive(message);
    });
  }

  async request(command, args = {}) {
    const seq = (this.#sequence += 1);
    const answered = new Promise((resolve) => this.#answers.set(seq, resolve));
    this.session.handleMessage({ seq, type: 'request', command, arguments: args });
    const { success, message, body } = await answered;
    if (!success) throw new Error(`${command}: ${message}`);
    return body;
  }

  event(name, fits = () => true) {
    const known = this.#events.findIndex((each) => each.event === name && fits(each));
    if (known >= 0) return Promise.resolve(this.#events.splice(known, 1)[0]);
    return new Promise((take) => this.#waiters.push({ name, fits, take }));
  }

  async start(launch, configure = async () => undefined) {
    await this.request('initialize', { adapterID: 'logicAppsWorkbench', pathFormat: 'path' });
    await this.request('launch', { project, ...launch });
    await this.event('initialized');
    await configure();
    await this.request('configurationDone');
  }

  async breakAt(workflow, places, more = {}) {
    const path = join(project, workflow, 'workflow.json');
    const lines = readFileSync(path, 'utf8').split('\n');
    const line = (place) => lines.findIndex((each) => each.includes(place)) + 1;
    const { breakpoints } = await this.request('setBreakpoints', {
      source: { path },
      breakpoints: places.map((place) => ({ line: line(place), ...more })),
    });
    if (!breakpoints.every(({ verified }) => verified)) throw new Error('A breakpoint of the benchmark has no place.');
  }

  /** What an editor asks for when a thread has stopped. */
  async shown(threadId) {
    const { stackFrames } = await this.request('stackTrace', { threadId });
    const { scopes } = await this.request('scopes', { frameId: stackFrames[0].id });
    for (const { expensive, variablesReference } of scopes) {
      if (!expensive) await this.request('variables', { variablesReference });
    }
  }

  ended() {
    return this.event('output', ({ body }) => /: succeeded after/.test(body.output));
  }

  leave() {
    return this.request('disconnect', { terminateDebuggee: true });
  }

  #receive(event) {
    const place = this.#waiters.findIndex(({ name, fits }) => name === event.event && fits(event));
    if (place < 0) this.#events.push(event);
    else this.#waiters.splice(place, 1)[0].take(event);
  }
}

async function firstStop() {
  const times = [];
  for (let round = 0; round < SESSIONS; round += 1) {
    const begin = performance.now();
    const client = new Client();
    await client.start({ workflow: 'process-order', trigger: { body: order } }, () =>
      client.breakAt('process-order', ['"When_an_order_arrives"']),
    );
    await client.event('stopped');
    times.push(performance.now() - begin);
    await client.leave();
  }
  const [first, ...warm] = times;
  report('F5 to the first stop, warm', warm, 500);
  console.log(`  the very first                 ${first.toFixed(0)} ms`);
}

async function steps() {
  const [stops, shown] = [[], []];
  for (const command of ['next', 'stepIn', 'stepBack']) {
    const client = new Client();
    await client.start({ workflow: 'process-order', trigger: { body: order } }, () =>
      client.breakAt('process-order', ['"Price_each_line": {']),
    );
    const { body } = await client.event('stopped');
    await client.request('stepIn', { threadId: body.threadId });
    await client.event('stopped');
    const forward = command === 'stepBack' ? 'stepIn' : command;
    const walk = async (step, count, isMeasured) => {
      for (let each = 0; each < count; each += 1) {
        const begin = performance.now();
        await client.request(step, { threadId: body.threadId });
        const { body: stop } = await client.event('stopped');
        if (isMeasured) stops.push(performance.now() - begin);
        await client.shown(stop.threadId);
        if (isMeasured) shown.push(performance.now() - begin);
      }
    };
    await walk(forward, 40, command !== 'stepBack');
    if (command === 'stepBack') await walk('stepBack', 12, true);
    await client.leave();
  }
  report('a step, to its stop', stops, 30);
  report('a step, with stack and values', shown, 30);
}

async function elsewhere() {
  const body = Array.from({ length: 2000 }, (_, n) => ({ n }));
  const others = Array.from({ length: 100 }, (_, n) => `"Other_${n}": {`);
  const kinds = [
    { name: 'without the debugger', noDebug: true },
    { name: 'with the debugger' },
    { name: '100 breakpoints in another workflow', at: 'another' },
    { name: '100 in a branch that is not taken', at: 'elsewhere' },
  ];
  for (const kind of kinds) {
    kind.times = [];
    kind.client = new Client();
    await kind.client.start({ workflow: 'elsewhere', noDebug: kind.noDebug ?? false }, async () => {
      if (kind.at !== undefined) await kind.client.breakAt(kind.at, others);
    });
  }
  // In turns, so that what else the machine does meets all alike.
  for (let round = -6; round < ROUNDS; round += 1) {
    for (const { client, times } of kinds) {
      const begin = performance.now();
      await client.request('fireTrigger', { workflow: 'elsewhere', trigger: { body } });
      await client.ended();
      if (round >= 0) times.push(performance.now() - begin);
    }
  }
  for (const { client } of kinds) await client.leave();
  console.log('a run of 4,000 steps');
  for (const { name, times, at } of kinds) {
    const ratio = quantile(
      times.map((time, round) => time / kinds[0].times[round]),
      0.5,
    );
    const goal = at === undefined ? '' : `   goal 1.10: ${ratio <= 1.1 ? 'met' : 'MISSED'}`;
    console.log(`  ${name.padEnd(36)} ${quantile(times, 0.5).toFixed(0)} ms, ${ratio.toFixed(2)} × the time${goal}`);
  }
}

async function longLoop() {
  const body = Array.from({ length: ITEMS }, (_, n) => ({ n }));
  const launch = { workflow: 'long-loop' };
  const plain = new Client();
  await plain.start(launch);
  const client = new Client();
  await client.start(launch, () =>
    client.breakAt('long-loop', ['"Price": {'], { condition: `equals(item()?['n'], ${ITEMS - 1})` }),
  );
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const [times, ratios, stalls, own] = [[], [], [], []];
  for (let round = -2; round < 5; round += 1) {
    const fire = async (which) => {
      const begin = performance.now();
      await which.request('fireTrigger', { workflow: 'long-loop', trigger: { body } });
      return begin;
    };
    const before = await fire(plain);
    await plain.ended();
    const without = performance.now() - before;
    delay.reset();
    delay.enable();
    const turns = watchTurns();
    const begin = await fire(client);
    const { body: stop } = await client.event('stopped');
    const time = performance.now() - begin;
    delay.disable();
    const longest = turns();
    await client.request('continue', { threadId: stop.threadId });
    await client.ended();
    if (round < 0) continue;
    times.push(time);
    ratios.push(time / without);
    stalls.push(delay.max / 1e6);
    own.push(longest);
  }
  await client.leave();
  await plain.leave();
  console.log(
    `a loop of ${ITEMS}, to the condition ${quantile(times, 0.5).toFixed(0)} ms, ${quantile(ratios, 0.5).toFixed(2)} × the whole run without it`,
  );
  report('  longest turn of this thread', stalls, 50);
  report('  of which its own work', own, 50);
}

/** The longest that this thread has worked in one turn of its loop, which the system's other work does not count in. */
function watchTurns() {
  const spent = () => {
    const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
    return (user + system) / 1000;
  };
  let [longest, before, isOn] = [0, spent(), true];
  const turn = () => {
    const now = spent();
    longest = Math.max(longest, now - before);
    before = now;
    if (isOn) setImmediate(turn);
  };
  turn();
  return () => {
    isOn = false;
    return longest;
  };
}

function report(name, times, goal) {
  const [p50, p95] = [quantile(times, 0.5), quantile(times, 0.95)];
  const verdict = p95 <= goal ? 'met' : p50 <= goal ? 'met by the median only' : 'MISSED';
  console.log(`${name.padEnd(32)} p50 ${p50.toFixed(1)} ms   p95 ${p95.toFixed(1)} ms   goal ${goal} ms: ${verdict}`);
}

function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

await build({
  entryPoints: [join(root, 'runtime/host/worker.ts')],
  outfile: worker,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  packages: 'external',
  logLevel: 'warning',
});
prepare();
try {
  await firstStop();
  await steps();
  await elsewhere();
  await longLoop();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
