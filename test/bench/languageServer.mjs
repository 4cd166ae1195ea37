/** A plain client of the Language Server Protocol over stdio, for benchmarks. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export class LanguageServer {
  #next = 1;
  #answers = new Map();
  #buffer = Buffer.alloc(0);
  #published = () => undefined;

  constructor(command) {
    this.process = spawn(process.execPath, command, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.process.stdout.on('data', (data) => this.#read(data));
  }

  #read(data) {
    this.#buffer = this.#buffer.length === 0 ? data : Buffer.concat([this.#buffer, data]);
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

  /** Calls back with the parameters of every `publishDiagnostics`. */
  onDiagnostics(callback) {
    this.#published = callback;
  }

  /** Resident memory in bytes; undefined where the system does not tell. */
  memory() {
    try {
      const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.process.pid}/status`, 'utf8'))?.[1];
      return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
    } catch {
      return undefined;
    }
  }

  async stop() {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    await this.request('shutdown');
    this.notify('exit');
    const late = setTimeout(() => this.process.kill(), 2000);
    await ended;
    clearTimeout(late);
  }
}

/** One file in one server, as an editor holds it open: typing a letter at a place and taking it back. */
export class OpenFile {
  #server;
  #file;
  #version = 1;

  /** `file`: its `uri`, `languageId`, `text`, and whether diagnostics are asked for (`pull`) or published. */
  constructor(server, file) {
    this.#server = server;
    this.#file = file;
  }

  static async start(command, file, settings) {
    const server = new LanguageServer(command);
    const textDocument = file.pull ? { diagnostic: {} } : { publishDiagnostics: { versionSupport: true } };
    await server.request('initialize', {
      processId: null,
      rootUri: null,
      capabilities: { textDocument },
      initializationOptions: { handledSchemaProtocols: [] },
    });
    server.notify('initialized', {});
    if (settings !== undefined) server.notify('workspace/didChangeConfiguration', { settings });
    return new OpenFile(server, file);
  }

  get server() {
    return this.#server;
  }

  /** Resolves with the diagnostics of the version that is sent next, or of the current one when they are asked for. */
  #checked(version) {
    const { uri, pull } = this.#file;
    if (pull) return this.#server.request('textDocument/diagnostic', { textDocument: { uri } });
    return new Promise((resolve) => {
      // GitHub's server does not say for which version: each change is published once.
      this.#server.onDiagnostics(
        (params) => params.uri === uri && (params.version ?? version) === version && resolve(params),
      );
    });
  }

  /** Opens the file and resolves with its diagnostics. */
  open() {
    const { uri, languageId, text, pull } = this.#file;
    const published = pull ? undefined : this.#checked(this.#version);
    this.#server.notify('textDocument/didOpen', {
      textDocument: { uri, languageId, version: this.#version, text },
    });
    return published ?? this.#checked(this.#version);
  }

  /** Types a letter at a place, or takes it back: every second call does. */
  #type(position) {
    this.#version += 1;
    const change =
      this.#version % 2 === 0
        ? { range: { start: position, end: position }, text: 'x' }
        : { range: { start: position, end: { ...position, character: position.character + 1 } }, text: '' };
    this.#server.notify('textDocument/didChange', {
      textDocument: { uri: this.#file.uri, version: this.#version },
      contentChanges: [change],
    });
  }

  /** Milliseconds from a change to its diagnostics. */
  async change(position) {
    const started = performance.now();
    const published = this.#file.pull ? undefined : this.#checked(this.#version + 1);
    this.#type(position);
    await (published ?? this.#checked(this.#version));
    return performance.now() - started;
  }

  /** Milliseconds from a change to a completion asked for with it, and the number of proposals. */
  async complete(position) {
    const { uri, pull } = this.#file;
    const started = performance.now();
    const published = pull ? undefined : this.#checked(this.#version + 1);
    this.#type(position);
    const answer = await this.#server.request('textDocument/completion', { textDocument: { uri }, position });
    const milliseconds = performance.now() - started;
    await (published ?? this.#checked(this.#version));
    return { milliseconds, items: (answer?.items ?? answer ?? []).length };
  }
}
