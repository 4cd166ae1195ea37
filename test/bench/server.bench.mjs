/**
 * The language server over stdio beside VS Code's own JSON language server, on workflows of 10, 100 and 1,000 actions, and GitHub's
 * Actions language server on workflows of as many steps, in one run: from a change to its diagnostics, from a change to a completion, as
 * typing goes, and the first open. The JSON server has what VS Code's users have for such a file: a schema that knows no types of actions.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROUNDS = 25;
/** Milliseconds after which a slow server has shown enough. */
const PATIENCE = 20_000;
const cache = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'logicapps-workbench-bench');

/** A chain of actions of several kinds, each using the one before. */
function workflow(count) {
  const actions = {
    Init: {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: 'total', type: 'integer', value: 0 }] },
      runAfter: {},
    },
  };
  let before = 'Init';
  for (let index = 1; index < count; index++) {
    const name = `Action_${index}`;
    const runAfter = { [before]: ['Succeeded'] };
    const kinds = [
      {
        type: 'Compose',
        inputs: { a: `@outputs('${before}')`, b: "@{concat('x', triggerBody()?['id'])} @{variables('total')}" },
        runAfter,
      },
      {
        type: 'Http',
        inputs: { method: 'POST', uri: "https://example.com/@{triggerBody()?['id']}", body: `@body('${before}')` },
        runAfter,
      },
      { type: 'SetVariable', inputs: { name: 'total', value: `@length(string(outputs('${before}')))` }, runAfter },
      {
        type: 'If',
        expression: { and: [{ equals: ["@variables('total')", index] }] },
        actions: {},
        else: { actions: {} },
        runAfter,
      },
    ];
    actions[name] = kinds[index % kinds.length];
    before = name;
  }
  const $schema =
    'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#';
  const triggers = {
    manual: { type: 'Request', kind: 'Http', inputs: { schema: { properties: { id: { type: 'string' } } } } },
  };
  actions.Last = { type: 'Compose', inputs: "@body('')", runAfter: { [before]: ['Succeeded'] } };
  return JSON.stringify(
    { definition: { $schema, contentVersion: '1.0.0.0', triggers, actions, outputs: {} }, kind: 'Stateful' },
    null,
    2,
  );
}

/** The same for GitHub: a chain of steps, each using the one before. */
function githubWorkflow(count) {
  const steps = [];
  for (let index = 0; index < count; index++) {
    steps.push(
      index % 2 === 0
        ? `      - id: step_${index}\n        name: Step ${index}\n        run: echo "\${{ github.event.number }} \${{ github.sha }}"`
        : `      - id: step_${index}\n        if: \${{ steps.step_${index - 1}.outcome == 'success' }}\n        run: echo "\${{ steps.step_${index - 1}.outputs.total }}"`,
    );
  }
  steps.push('      - id: last\n        run: echo "${{ steps. }}"');
  return `name: bench\non: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n${steps.join('\n')}\n`;
}

/** What a plain JSON editor knows of the file: its outline, without types. */
const plainSchema = {
  type: 'object',
  properties: {
    kind: { enum: ['Stateful', 'Stateless'] },
    definition: {
      type: 'object',
      properties: {
        triggers: { additionalProperties: { $ref: '#/definitions/operation' } },
        actions: { additionalProperties: { $ref: '#/definitions/operation' } },
      },
    },
  },
  definitions: {
    operation: {
      required: ['type'],
      properties: {
        type: { type: 'string' },
        inputs: {},
        runAfter: {
          additionalProperties: { type: 'array', items: { enum: ['Succeeded', 'Failed', 'Skipped', 'TimedOut'] } },
        },
        actions: { additionalProperties: { $ref: '#/definitions/operation' } },
      },
    },
  },
};

class Server {
  #next = 1;
  #answers = new Map();
  #buffer = Buffer.alloc(0);
  #published = () => undefined;

  constructor(command) {
    this.process = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.process.stdout.on('data', (data) => this.#read(data));
  }

  #read(data) {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const head = this.#buffer.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.toString('latin1', 0, head))?.[1]);
      if (this.#buffer.length < head + 4 + length) return;
      const message = JSON.parse(this.#buffer.toString('utf8', head + 4, head + 4 + length));
      this.#buffer = this.#buffer.subarray(head + 4 + length);
      if (message.method === 'textDocument/publishDiagnostics') this.#published(message.params);
      else if (message.method !== undefined && message.id !== undefined) this.#write({ id: message.id, result: null });
      else this.#answers.get(message.id)?.(message.result);
    }
  }

  #write(message) {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.process.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  request(method, params) {
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#answers.set(id, resolve);
      this.#write({ id, method, params });
    });
  }

  notify(method, params) {
    this.#write({ method, params });
  }

  diagnosticsOf(version) {
    return new Promise((resolve) => {
      // GitHub's server does not say for which version: each change is published once.
      this.#published = (params) => (params.version ?? version) === version && resolve(params);
    });
  }
}

/** `at`: the text that stands before the cursor. */
async function measure(start, { uri, languageId, text, at, pull }) {
  const server = start();
  const capabilities = { textDocument: pull ? { diagnostic: {} } : { publishDiagnostics: { versionSupport: true } } };
  await server.request('initialize', {
    processId: null,
    rootUri: null,
    capabilities,
    initializationOptions: { handledSchemaProtocols: [] },
  });
  server.notify('initialized', {});
  if (pull) {
    const settings = {
      json: { validate: { enable: true }, schemas: [{ fileMatch: ['*'], url: 'bench://schema', schema: plainSchema }] },
    };
    server.notify('workspace/didChangeConfiguration', { settings });
  }
  const offset = text.indexOf(at) + at.length;
  const before = text.slice(0, offset).split('\n');
  const position = { line: before.length - 1, character: before.at(-1).length };
  let version = 1;
  const checked = () =>
    pull ? server.request('textDocument/diagnostic', { textDocument: { uri } }) : server.diagnosticsOf(version);
  /** Types a letter, or takes it back. */
  const type = () => {
    version += 1;
    const change =
      version % 2 === 0
        ? { range: { start: position, end: position }, text: 'x' }
        : { range: { start: position, end: { ...position, character: position.character + 1 } }, text: '' };
    server.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [change] });
  };
  let started = performance.now();
  const opened = pull ? undefined : checked();
  server.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
  await (opened ?? checked());
  const open = performance.now() - started;
  const changes = [];
  const completions = [];
  const end = performance.now() + PATIENCE;
  for (let round = 0; round < ROUNDS && performance.now() < end; round++) {
    started = performance.now();
    type();
    await checked();
    changes.push(performance.now() - started);
    started = performance.now();
    type();
    const rest = pull ? undefined : checked();
    await server.request('textDocument/completion', { textDocument: { uri }, position });
    completions.push(performance.now() - started);
    await (rest ?? checked());
  }
  server.process.kill();
  return { open, change: share(changes, 0.5), change95: share(changes, 0.95), completion: share(completions, 0.5) };
}

function share(times, part) {
  return times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * part))] ?? NaN;
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
const json = installed('vscode-langservers-extracted', 4, 'bin/vscode-json-language-server');
const github = installed('@actions/languageserver', '0.3', 'bin/actions-languageserver');
const ms = (value) => value.toFixed(1).padStart(9);
for (const count of [10, 100, 1000]) {
  const text = workflow(count);
  const file = { uri: 'file:///bench/workflow.json', languageId: 'json', text, at: "@body('", pull: false };
  const isLast = text.lastIndexOf(file.at);
  file.at = text.slice(isLast - 40, isLast + file.at.length);
  const yaml = {
    uri: 'file:///bench/.github/workflows/bench.yml',
    languageId: 'github-actions-workflow',
    text: githubWorkflow(count),
    at: 'echo "${{ steps.',
    pull: false,
  };
  const ours = await measure(() => new Server([bundle, '--stdio']), file);
  const theirs = json && (await measure(() => new Server([json, '--stdio']), { ...file, pull: true }));
  const githubs = github && (await measure(() => new Server([github, '--stdio']), yaml));
  console.log(`${count} actions, ${Math.round(text.length / 1024)} kB: milliseconds`);
  for (const [name, key] of [
    ['first open', 'open'],
    ['change to diagnostics, p50', 'change'],
    ['change to diagnostics, p95', 'change95'],
    ['change to completion, p50', 'completion'],
  ]) {
    const compared = (title, other) =>
      other === undefined ? '' : `   ${title} ${ms(other[key])} (ratio ${(ours[key] / other[key]).toFixed(2)})`;
    console.log(
      `  ${name.padEnd(27)} ${ms(ours[key])}${compared('JSON server', theirs)}${compared("GitHub's", githubs)}`,
    );
  }
}
process.exit(0);
