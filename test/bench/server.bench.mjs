/**
 * The language server over stdio beside VS Code's own JSON language server, on workflows of 10, 100 and 1,000 actions, and GitHub's
 * Actions language server on workflows of as many steps, in one run: the first open, from a change to its diagnostics, and from a change
 * to a completion. Then how long the server is deaf at a stretch, and what memory all files of the corpus take.
 *
 * Like with like: the servers take turns, so that what else the machine does burdens all. The JSON server's diagnostics are asked for
 * as soon as the change is sent, which leaves out the half second that it waits before it publishes them; ours are published, with no
 * wait to leave out. A line of the output says that its checks and its schema are at work.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { LanguageServer, OpenFile } from './languageServer.mjs';
import { githubWorkflow, plainSchema, workflow } from './serverFiles.mjs';

const ROUNDS = 40;
const OPENS = 5;
/** Milliseconds after which a slow server has shown enough. */
const PATIENCE = 20_000;
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'logicapps-workbench-bench');

function share(times, part) {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? NaN;
}

/** The place behind the last appearance of a text, or behind the last one in the first half. */
function behind(text, mark, half = 1) {
  const before = text.slice(0, text.lastIndexOf(mark, text.length * half) + mark.length).split('\n');
  return { line: before.length - 1, character: before.at(-1).length };
}

/** Figures of several servers, taken in turns. `settings`: of the server, given before the file. */
async function measure(contenders) {
  const perPlace = () => ({ name: [], middle: [], status: [] });
  const figures = contenders.map(() => ({ open: [], changes: perPlace(), completions: perPlace(), offered: {} }));
  const files = [];
  for (let turn = 0; turn < OPENS; turn++) {
    for (const [index, { command, file, settings }] of contenders.entries()) {
      if (turn > 0 && figures[index].open[0] > PATIENCE / OPENS) continue;
      const each = await OpenFile.start(command, file, settings);
      const started = performance.now();
      await each.open();
      figures[index].open.push(performance.now() - started);
      if (turn === 0) files.push(each);
      else each.server.process.kill();
    }
  }
  const spent = contenders.map(() => 0);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, { places }] of contenders.entries()) {
      if (spent[index] > PATIENCE) continue;
      const started = performance.now();
      const each = figures[index];
      for (const [place, position] of Object.entries(places)) {
        // A letter more, and back again: the list of proposals is that of the file as it was.
        const took = await files[index].change(position);
        each.changes[place].push(took);
        const { milliseconds, items } = await files[index].complete(position);
        each.completions[place].push(milliseconds);
        each.offered[place] = items;
      }
      spent[index] += performance.now() - started;
    }
  }
  for (const each of files) each.server.process.kill();
  return figures.map(({ open, changes, completions, offered }) => ({
    open: share(open, 0.5),
    change: share(changes.name, 0.5),
    change95: share(changes.name, 0.95),
    middle: share(changes.middle, 0.5),
    order: share(changes.status, 0.5),
    name: share(completions.name, 0.5),
    status: share(completions.status, 0.5),
    offered,
  }));
}

/** The entry of a peer, installed once; undefined when it cannot be. */
function installed(name, version, file) {
  const entry = join(cache, 'node_modules', name, file);
  if (!existsSync(entry)) {
    if (!existsSync(join(cache, 'package.json'))) writeFileSync(join(cache, 'package.json'), '{"private":true}');
    console.log(`Installing ${name} once, outside the project …`);
    spawnSync('npm', ['install', '--no-audit', '--no-fund', `${name}@${version}`], {
      cwd: cache,
      shell: process.platform === 'win32',
    });
  }
  if (existsSync(entry)) return entry;
  console.log(`${name} could not be installed: its figures are left out.`);
  return undefined;
}

const ms = (value) => value.toFixed(1).padStart(9);
const uri = 'file:///bench/workflow.json';
const jsonSettings = {
  json: { validate: { enable: true }, schemas: [{ fileMatch: ['*'], url: 'bench://schema', schema: plainSchema }] },
};

/** Whether the JSON server says what the schema forbids. */
async function checksSchema(command) {
  const file = { uri, languageId: 'json', text: workflow(3).replace('"Stateful"', '"Neither"'), pull: true };
  const each = await OpenFile.start(command, file, jsonSettings);
  const { items } = await each.open();
  each.server.process.kill();
  return items.some(({ message }) => message.includes('Stateless'));
}

async function compare(count, ours, json, github) {
  const text = workflow(count);
  const file = { uri, languageId: 'json', text };
  const places = {
    name: behind(text, "@body('"),
    middle: behind(text, "@body('", 0.5),
    status: behind(text, '"Succeeded'),
  };
  const contenders = [{ title: 'ours', command: ours, file: { ...file, pull: false }, places }];
  if (json !== undefined) {
    contenders.push({
      title: 'JSON server',
      command: json,
      file: { ...file, pull: true },
      places,
      settings: jsonSettings,
    });
  }
  if (github !== undefined) {
    const steps = githubWorkflow(count);
    contenders.push({
      title: "GitHub's",
      command: github,
      file: {
        uri: 'file:///bench/.github/workflows/bench.yml',
        languageId: 'github-actions-workflow',
        text: steps,
        pull: false,
      },
      places: { name: behind(steps, 'echo "${{ steps.') },
    });
  }
  const [own, ...others] = await measure(contenders);
  console.log(`${count} actions, ${Math.round(text.length / 1024)} kB: milliseconds`);
  for (const [name, key] of [
    ['first open', 'open'],
    ['change to diagnostics, p50', 'change'],
    ['change to diagnostics, p95', 'change95'],
    ['change to diagnostics, p50: half-way down the file', 'middle'],
    ['change to diagnostics, p50: a status in runAfter', 'order'],
    ['change to completion, p50: a name in an expression', 'name'],
    ['change to completion, p50: a status in runAfter', 'status'],
  ]) {
    const compared = others.map((other, index) =>
      Number.isNaN(other[key])
        ? ''
        : `   ${contenders[index + 1].title} ${ms(other[key])} (ratio ${(own[key] / other[key]).toFixed(2)})`,
    );
    console.log(`  ${name.padEnd(51)} ${ms(own[key])}${compared.join('')}`);
  }
  const offered = [own, ...others].map(
    (each, index) => `${contenders[index].title} ${each.offered.name ?? '-'} and ${each.offered.status ?? '-'}`,
  );
  console.log(`  proposals for the name and for the status: ${offered.join(', ')}`);
}

/** The longest time in milliseconds for which the server looks at no message, while a workflow is opened and typed in. */
async function deafness(bundle, count) {
  const report = join(cache, 'delay.txt');
  const probe = join(cache, 'probe.cjs');
  writeFileSync(
    probe,
    `const delay = require('node:perf_hooks').monitorEventLoopDelay({ resolution: 1 });
     let longest = [0, 0];
     setTimeout(() => delay.enable(), 50).unref();
     process.on('exit', () => require('node:fs').writeFileSync(${JSON.stringify(report)}, [delay.max / 1e6, delay.percentile(99) / 1e6].join(' ')));`,
  );
  const text = workflow(count);
  const place = behind(text, "@body('");
  const each = await OpenFile.start(['--require', probe, ...bundle], { uri, languageId: 'json', text, pull: false });
  await new Promise((resolve) => setTimeout(resolve, 200));
  await each.open();
  for (let round = 0; round < ROUNDS; round++) await each.change(place);
  await each.server.stop();
  const [most, usual] = readFileSync(report, 'utf8').split(' ').map(Number);
  console.log(
    `${count} actions opened and typed in: deaf for at most ${most.toFixed(1)} ms at a stretch, 99 of 100 stretches below ${usual.toFixed(1)} ms`,
  );
}

/** Memory of the server with every workflow and project file of the corpus open. */
async function memory(bundle) {
  const corpus = join(process.env.LOGICAPPS_SHARED ?? resolve('../shared'), 'corpus');
  if (!existsSync(corpus)) {
    console.log('There is no corpus beside the project: its memory is left out.');
    return;
  }
  const names = new Set(['workflow.json', 'connections.json', 'parameters.json', 'host.json', 'local.settings.json']);
  const files = readdirSync(corpus, { recursive: true, withFileTypes: true })
    .filter(
      (each) =>
        each.isFile() &&
        (names.has(each.name) || (each.parentPath.endsWith('workflows') && each.name.endsWith('.json'))),
    )
    .map((each) => join(each.parentPath, each.name));
  const server = new LanguageServer(bundle);
  const folder = pathToFileURL(corpus).href;
  await server.request('initialize', {
    processId: null,
    rootUri: folder,
    workspaceFolders: [{ uri: folder, name: 'corpus' }],
    capabilities: {
      workspace: { workspaceFolders: true },
      textDocument: { publishDiagnostics: { versionSupport: true } },
    },
  });
  server.notify('initialized', {});
  const waiting = new Set();
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  server.onDiagnostics((params) => {
    if (params.version !== undefined) waiting.delete(params.uri);
    if (waiting.size === 0) finish();
  });
  for (const file of files) waiting.add(pathToFileURL(file).href);
  for (const file of files) {
    server.notify('textDocument/didOpen', {
      textDocument: { uri: pathToFileURL(file).href, languageId: 'json', version: 1, text: readFileSync(file, 'utf8') },
    });
  }
  await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, 120_000))]);
  // The rest of the workspace is checked in the background.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const bytes = server.memory();
  const shown = bytes === undefined ? 'unknown on this system' : `${Math.round(bytes / 1024 / 1024)} MB`;
  const left = waiting.size === 0 ? '' : ` (${waiting.size} not checked in time)`;
  console.log(`memory with all ${files.length} files of the corpus open: ${shown}${left}`);
  await server.stop();
}

mkdirSync(cache, { recursive: true });
const bundle = join(cache, 'server.cjs');
await build({
  entryPoints: ['server/main.ts'],
  outfile: bundle,
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  mainFields: ['module', 'main'],
  logLevel: 'warning',
});
const ours = [bundle, '--stdio'];
const of = (entry) => entry && [entry, '--stdio'];
const json = of(installed('vscode-langservers-extracted', 4, 'bin/vscode-json-language-server'));
const github = of(installed('@actions/languageserver', '0.3', 'bin/actions-languageserver'));
if (json !== undefined) {
  const works = await checksSchema(json);
  console.log(
    `The JSON server ${works ? 'checks' : 'DOES NOT check'} the file against an outline of a workflow that knows no types of actions; its diagnostics are asked for at once, without its wait of 500 ms.`,
  );
}
for (const count of [10, 100, 1000]) await compare(count, ours, json, github);
await deafness(ours, 1000);
await memory(ours);
process.exit(0);
