/** The peers that the runtime is measured against: Node-RED from npm, installed once in a cache folder, and bare Node HTTP. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'logicapps-workbench-bench');

/** The entry of Node-RED, or undefined with the reason printed when it cannot be installed. */
export function installNodeRed() {
  const entry = join(cache, 'node_modules/node-red/red.js');
  if (existsSync(entry)) return entry;
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'package.json'), '{"private":true}');
  console.log('Installing node-red once, outside the project …');
  const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--omit=optional', 'node-red@4'], {
    cwd: cache,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (existsSync(entry)) return entry;
  console.log(`node-red could not be installed: ${npm.stderr?.trim().split('\n').at(-1) ?? 'npm failed'}`);
  return undefined;
}

// A node's id must differ from every value in the flow: Node-RED takes equal texts for references.
const step = (id, func, next) => ({
  id,
  type: 'function',
  z: 'n-tab',
  func: `${func}\nreturn msg;`,
  outputs: 1,
  wires: [[next]],
});
const functions = Array.from({ length: 10 }, (_, index) =>
  step(`n-f${index}`, `msg.payload = { n: msg.payload.n, step: ${index} };`, index === 9 ? 'n-out' : `n-f${index + 1}`),
);

const flows = [
  { id: 'n-tab', type: 'tab', label: 'bench' },
  { id: 'n-in', type: 'http in', z: 'n-tab', url: '/ten', method: 'post', wires: [['n-f0']] },
  ...functions,
  { id: 'n-out', type: 'http response', z: 'n-tab', wires: [] },
  { id: 'n-in2', type: 'http in', z: 'n-tab', url: '/split', method: 'post', wires: [['n-split']] },
  {
    id: 'n-split',
    type: 'split',
    z: 'n-tab',
    arraySplt: 1,
    arraySpltType: 'len',
    property: 'payload',
    wires: [['n-each']],
  },
  step('n-each', 'msg.payload = msg.payload.n;', 'n-join'),
  { id: 'n-join', type: 'join', z: 'n-tab', mode: 'auto', wires: [['n-count']] },
  step('n-count', 'msg.payload = { count: msg.payload.length };', 'n-out'),
];

/** Starts Node-RED on a port with the two flows; resolves when they have been started. */
export async function startNodeRed(entry, port) {
  const folder = join(cache, 'user');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'flows.json'), JSON.stringify(flows));
  writeFileSync(
    join(folder, 'settings.js'),
    `module.exports = { uiPort: ${port}, uiHost: '127.0.0.1', flowFile: 'flows.json', apiMaxLength: '50mb',
      httpAdminRoot: false, credentialSecret: false, logging: { console: { level: 'info' } } };`,
  );
  const child = spawn(process.execPath, [entry, '--userDir', folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  await said(child, /Started flows/);
  return child;
}

/** Starts a server that answers each request with a small JSON text: the ceiling of what any host on Node can do. */
export async function startBareHttp(port) {
  const program = `require('http').createServer((q, s) => { let t = ''; q.on('data', (d) => (t += d)); q.on('end', () => {
    const b = JSON.stringify({ n: JSON.parse(t).n }); s.writeHead(200, { 'content-type': 'application/json', 'content-length': b.length }); s.end(b); }); })
    .listen(${port}, '127.0.0.1', () => console.log('ready'));`;
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'pipe'] });
  await said(child, /ready/);
  return child;
}

/** Resolves with the text when the child has written it; rejects when the child ends before. */
export function said(child, pattern) {
  return new Promise((resolve, reject) => {
    let text = '';
    const read = (data) => {
      text += data;
      const found = pattern.exec(text);
      if (found !== null) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => reject(new Error(`It ended: ${text}`)));
  });
}
