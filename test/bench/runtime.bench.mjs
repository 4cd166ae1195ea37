/**
 * The runtime against Node-RED on like work, in one run: requests per second of Request → ten Compose → Response, a loop over 10,000
 * items, and a thousand runs that wait on HTTP. Where Node-RED cannot be installed, bare Node HTTP is the only reference.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from './load.mjs';
import { installNodeRed, said, startBareHttp, startNodeRed } from './peers.mjs';

const ITEMS = 10_000;
const WAITING = 1000;

if (process.argv[2] === 'host') await host(process.argv[3], process.argv[4]);
else await bench();

/** The child: a host on a project, told by lines on standard input what to report. */
async function host(projectFolder, storeFile) {
  const { monitorEventLoopDelay } = await import('node:perf_hooks');
  const begin = performance.now();
  const { openInThread } = await import('../../runtime/host/open');
  const loaded = performance.now();
  const link = await openInThread({ projectFolder, port: 0, armTriggers: false, storeFile });
  const opened = performance.now() - loaded;
  const { workflows } = await link.send('listWorkflows', {});
  const urls = Object.fromEntries(workflows.map(({ name, triggers }) => [name, triggers[0].callbackUrl]));
  console.log(`ready ${JSON.stringify({ urls, opened, imported: loaded - begin })}`);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  // What the host itself does in a turn of the event loop: a stall is also that, when the machine gave the time to others.
  const turns = { isWatched: false, longest: 0, before: 0 };
  const spent = () => {
    const { user, system } = process.threadCpuUsage?.() ?? process.cpuUsage();
    return (user + system) / 1000;
  };
  const turn = () => {
    const now = spent();
    turns.longest = Math.max(turns.longest, now - turns.before);
    turns.before = now;
    if (turns.isWatched) setTimeout(turn, 0);
  };
  // The benchmark has gone, however that came about.
  process.stdin.on('end', () => process.exit());
  process.stdin.setEncoding('utf8').on('data', (text) => {
    if (text.includes('watch')) {
      delay.reset();
      delay.enable();
      Object.assign(turns, { isWatched: true, longest: 0, before: spent() });
      turn();
    }
    if (text.includes('stalls')) {
      delay.disable();
      turns.isWatched = false;
      const found = { max: delay.max / 1e6, p99: delay.percentile(99) / 1e6, own: turns.longest };
      console.log(`stalls ${JSON.stringify(found)}`);
    }
    if (text.includes('stop')) void link.dispose().then(() => process.exit());
  });
}

async function startHost(project, store) {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'host', project, store], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [, text] = await said(child, /ready (.*)\n/);
  return { child, ...JSON.parse(text) };
}

async function ask(child, word) {
  const answer = said(child, new RegExp(`${word} (.*)\\n`));
  child.stdin.write(`${word}\n`);
  return JSON.parse((await answer)[1]);
}

/** Megabytes; undefined where the system does not tell. */
function memory({ pid }) {
  try {
    const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

/** Milliseconds of processor time that a process has had; undefined where the system does not tell. */
function processorTime({ pid }) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return undefined;
  }
}

/** Load on a process, with what a request costs it: on a busy machine that says more than the rate. */
async function loadOn(child, url) {
  const before = processorTime(child);
  const result = await load(url);
  const spent = (processorTime(child) ?? NaN) - (before ?? NaN);
  return { ...result, cost: (spent * 1000) / result.total };
}

function makeProject(slowUrl) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const triggers = { manual: { type: 'Request', kind: 'Http', inputs: {} } };
  const write = (name, kind, actions) => {
    mkdirSync(join(folder, name), { recursive: true });
    const $schema =
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#';
    writeFileSync(
      join(folder, name, 'workflow.json'),
      JSON.stringify({ definition: { $schema, triggers, actions }, kind }),
    );
  };
  const after = (name) => ({ [name]: ['Succeeded'] });
  const ten = {};
  for (let step = 0; step < 10; step += 1) {
    ten[`Step_${step}`] = {
      type: 'Compose',
      inputs: { n: step === 0 ? "@triggerBody()?['n']" : `@outputs('Step_${step - 1}')?['n']`, step },
      runAfter: step === 0 ? {} : after(`Step_${step - 1}`),
    };
  }
  ten.Reply = { type: 'Response', inputs: { statusCode: 200, body: "@outputs('Step_9')" }, runAfter: after('Step_9') };
  write('stateless', 'Stateless', ten);
  write('stateful', 'Stateful', ten);
  const items = {
    Each: {
      type: 'Foreach',
      foreach: '@triggerBody()',
      actions: { Item: { type: 'Compose', inputs: "@item()?['n']", runAfter: {} } },
      runAfter: {},
    },
    Reply: {
      type: 'Response',
      inputs: { statusCode: 200, body: { count: '@length(triggerBody())' } },
      runAfter: after('Each'),
    },
  };
  write('loop', 'Stateful', items);
  write('loop-stateless', 'Stateless', items);
  write('waiting', 'Stateful', {
    Call: { type: 'Http', inputs: { method: 'GET', uri: slowUrl }, runAfter: {} },
    Reply: { type: 'Response', inputs: { statusCode: 200, body: 1 }, runAfter: after('Call') },
  });
  return folder;
}

async function once(url, body) {
  const begin = performance.now();
  const answer = await fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
    signal: AbortSignal.timeout(30_000),
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`${answer.status}: ${text.slice(0, 300)}`);
  return performance.now() - begin;
}

/** The middle time of `rounds`, after two to warm up when there are several, and what memory they took beyond what there was before. */
async function loop(child, url, body, rounds = 7) {
  const before = memory(child);
  const times = [];
  for (let round = rounds === 1 ? 0 : -2; round < rounds; round += 1) {
    const time = await once(url, body);
    if (round >= 0) times.push(time);
  }
  const peak = memory(child);
  return { time: times.sort((a, b) => a - b)[times.length >> 1], more: (peak ?? NaN) - (before ?? NaN), peak };
}

async function bench() {
  const slow = createServer((_request, response) => setTimeout(() => response.end('{}'), 3000)).listen(0, '127.0.0.1');
  await new Promise((resolve) => slow.once('listening', resolve));
  const project = makeProject(`http://127.0.0.1:${slow.address().port}/`);
  const list = JSON.stringify(Array.from({ length: ITEMS }, (_, n) => ({ n, name: `item ${n}` })));
  const rate = ({ perSecond, p50, p99, cost }) =>
    `${perSecond.toFixed(0).padStart(6)} requests/s   p50 ${p50.toFixed(2)} ms   p99 ${p99.toFixed(2)} ms   ${cost.toFixed(0)} µs of processor`;
  const size = ({ time, more, peak }) =>
    `${time.toFixed(0)} ms for ${ITEMS} items, ${more.toFixed(0)} MB more, ${(peak ?? NaN).toFixed(0)} MB at most`;

  let peer;
  const entry = installNodeRed();
  if (entry !== undefined) {
    const child = await startNodeRed(entry, 18_801);
    const ten = await loadOn(child, 'http://127.0.0.1:18801/ten');
    const split = await loop(child, 'http://127.0.0.1:18801/split', list);
    peer = { ten, split };
    child.kill();
    console.log(`Node-RED, ten functions        ${rate(ten)}`);
    console.log(`Node-RED, split and join       ${size(split)}`);
  }
  const bare = await startBareHttp(18_802);
  console.log(`bare Node HTTP                 ${rate(await loadOn(bare, 'http://127.0.0.1:18802/'))}`);
  bare.kill();

  const ratio = (ours, theirs) =>
    theirs === undefined
      ? ''
      : `   ${(ours.perSecond / theirs.perSecond).toFixed(2)} × Node-RED (by processor time ${(theirs.cost / ours.cost).toFixed(2)} ×)`;
  const { child, opened, imported } = await startHost(project, join(project, '.history/runs.sqlite'));
  console.log(`opening the project            ${opened.toFixed(0)} ms, code loaded in ${imported.toFixed(0)} ms`);
  child.kill();
  // Like Node-RED, each host has had its load before it gets the loop.
  for (const [name, loopName] of [
    ['stateless', 'loop-stateless'],
    ['stateful', 'loop'],
  ]) {
    const host = await startHost(project, join(project, `.history/${name}.sqlite`));
    const result = await loadOn(host.child, host.urls[name]);
    console.log(`${name.padEnd(30)} ${rate(result)}${ratio(result, peer?.ten)}`);
    const items = await loop(host.child, host.urls[loopName], list);
    const times = peer === undefined ? '' : `   ${(items.time / peer.split.time).toFixed(2)} × the time of Node-RED`;
    console.log(`${`${name}, Foreach`.padEnd(30)} ${size(items)}${times}`);
    host.child.kill();
  }

  const cold = await startHost(project, join(project, '.history/cold.sqlite'));
  const first = await loop(cold.child, cold.urls.loop, list, 1);
  console.log(`${'stateful, Foreach, first ever'.padEnd(30)} ${size(first)}`);
  cold.child.kill();

  const third = await startHost(project, join(project, '.history/waiting.sqlite'));
  await once(third.urls.waiting, '{}');
  third.child.stdin.write('watch\n');
  await Promise.all(Array.from({ length: WAITING }, () => once(third.urls.waiting, '{}')));
  const stalls = await ask(third.child, 'stalls');
  console.log(
    `${WAITING} runs waiting on HTTP     longest stall ${stalls.max.toFixed(0)} ms (${stalls.own.toFixed(0)} ms of it its own work), p99 ${stalls.p99.toFixed(1)} ms`,
  );
  third.child.kill();
  slow.close();
  slow.closeAllConnections();
}
