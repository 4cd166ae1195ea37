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

const functions = Array.from({ length: 10 }, (_, index) => ({
  id: `f${index}`,
  type: 'function',
  z: 'tab',
  func: 'msg.payload = { n: msg.payload.n, step: ' + index + ' };\nreturn msg;',
  outputs: 1,
  wires: [[index === 9 ? 'out' : `f${index + 1}`]],
}));

const flows = [
  { id: 'tab', type: 'tab', label: 'bench' },
  { id: 'in', type: 'http in', z: 'tab', url: '/ten', method: 'post', wires: [['f0']] },
  ...functions,
  { id: 'out', type: 'http response', z: 'tab', wires: [] },
  { id: 'in2', type: 'http in', z: 'tab', url: '/split', method: 'post', wires: [['split']] },
  { id: 'split', type: 'split', z: 'tab', arraySplt: 1, arraySpltType: 'len', property: 'payload', wires: [['each']] },
  {
    id: 'each',
    type: 'function',
    z: 'tab',
    func: 'msg.payload = msg.payload.n;\nreturn msg;',
    outputs: 1,
    wires: [['join']],
  },
  { id: 'join', type: 'join', z: 'tab', mode: 'auto', wires: [['count']] },
  {
    id: 'count',
    type: 'function',
    z: 'tab',
    func: 'msg.payload = { count: msg.payload.length };\nreturn msg;',
    outputs: 1,
    wires: [['out']],
  },
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
    child.stderr.on('data', read);
    child.once('exit', () => reject(new Error(`It ended: ${text}`)));
  });
}
