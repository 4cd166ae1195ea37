/** The debug adapter as a process of its own on a copy of the example project, driven by the protocol's own test client. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DebugClient } from '@vscode/debugadapter-testsupport';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { build } from 'esbuild';
import type { RunSummary } from '../../../runtime/host/commands';
import { openInThread } from '../../../runtime/host/open';
import { storeFileOf } from '../../../runtime/store/location';

const root = join(import.meta.dirname, '..', '..', '..');

/** A busy machine starts a process in seconds; what is waited for is not how long that takes. */
export const PATIENT = 30_000;

/** The built adapter and a project to debug with it. */
export class AdapterFolder {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'logicapps-dap-')));
  readonly project = join(this.folder, 'order-processing');
  readonly file = join(this.project, 'process-order', 'workflow.json');
  readonly program = join(this.folder, 'dap.js');
  /** History and what a host says of itself go here, and not to the user's own data. */
  readonly environment = { ...process.env, XDG_DATA_HOME: this.folder };

  async build(): Promise<void> {
    cpSync(join(root, 'examples', 'order-processing'), this.project, { recursive: true });
    await bundle('client/debug/stdio.ts', this.program);
  }

  /** `logicapps`, with the adapter beside it. */
  async buildProgram(): Promise<string> {
    const file = join(this.folder, 'cli.js');
    await bundle('cli/bin.ts', file);
    return file;
  }

  /** The one-based line of the first occurrence of a text in the order workflow. */
  line(text: string): number {
    const lines = readFileSync(this.file, 'utf8').split('\n');
    return lines.findIndex((line) => line.includes(text)) + 1;
  }

  /** Puts another workflow into the project. */
  write(workflow: string, content: unknown): void {
    mkdirSync(join(this.project, workflow), { recursive: true });
    writeFileSync(join(this.project, workflow, 'workflow.json'), JSON.stringify(content, null, 2));
  }

  /** The runs that the adapter's host has kept, newest first. */
  async history(): Promise<{ readonly runs: readonly RunSummary[] }> {
    const surroundings = { platform: process.platform, home: this.folder, environment: this.environment };
    const link = await openInThread({
      projectFolder: this.project,
      storeFile: storeFileOf(this.project, surroundings),
      armTriggers: false,
    });
    try {
      return await link.send('listRuns', {});
    } finally {
      await link.dispose();
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function bundle(source: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [join(root, source)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    // Only some workflows need these, and they are large.
    external: ['gpt-tokenizer/*', '@azure/storage-blob'],
  });
}

export interface StoppedThread {
  readonly threadId: number;
  readonly reason: string;
  readonly hitBreakpointIds: readonly number[];
  readonly frames: readonly DebugProtocol.StackFrame[];
  readonly top: DebugProtocol.StackFrame;
}

/** A client that forgets no stop: they may come before anyone waits for them. */
export class AdapterClient {
  /** The Node that runs this test may be newer than the one on the PATH. */
  readonly debug: DebugClient;
  console = '';
  readonly #stops: DebugProtocol.StoppedEvent[] = [];
  #hasLeft = false;
  #processId: number | undefined;
  #wake: () => void = () => undefined;

  constructor({ program, environment }: AdapterFolder) {
    this.debug = new DebugClient(process.execPath, program, 'logicAppsWorkbench', { env: environment });
    this.debug.defaultTimeout = PATIENT;
    this.debug.on('output', ({ body }: DebugProtocol.OutputEvent) => (this.console += body.output));
    this.debug.on('process', ({ body }: DebugProtocol.ProcessEvent) => (this.#processId = body.systemProcessId));
    this.debug.on('stopped', (event: DebugProtocol.StoppedEvent) => {
      this.#stops.push(event);
      this.#wake();
    });
  }

  /** Says hello, launches or attaches, lets `configure` set what it wants, and lets it begin. */
  async begin(
    request: 'launch' | 'attach',
    args: object,
    configure: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<DebugProtocol.InitializeResponse> {
    await this.debug.start();
    const hello = await this.debug.initializeRequest();
    const initialized = this.debug.waitForEvent('initialized');
    await this.debug.send(request, args);
    await initialized;
    await configure();
    await this.debug.configurationDoneRequest();
    return hello;
  }

  /** Ends the session, and with it the process. */
  async leave(args: DebugProtocol.DisconnectArguments = {}): Promise<void> {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    await this.debug.disconnectRequest(args);
  }

  /** Ends the process without a word. */
  kill(): void {
    this.#hasLeft = true;
    if (this.#processId === undefined) throw new Error('The adapter has not told its process.');
    process.kill(this.#processId, 'SIGKILL');
  }

  async stopped(): Promise<StoppedThread> {
    while (this.#stops.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    const { threadId = 0, reason, hitBreakpointIds = [] } = this.#stops.shift()?.body ?? { reason: '' };
    const { stackFrames: frames } = (await this.debug.stackTraceRequest({ threadId })).body;
    const [top] = frames;
    if (top === undefined) throw new Error('A stopped thread has a frame.');
    return { threadId, reason, hitBreakpointIds, frames, top };
  }

  /** The rows of a scope of a frame. */
  async scope(frameId: number, name: string): Promise<readonly DebugProtocol.Variable[]> {
    return (await this.debug.variablesRequest({ variablesReference: await this.scopeReference(frameId, name) })).body
      .variables;
  }

  async scopeReference(frameId: number, name: string): Promise<number> {
    const { scopes } = (await this.debug.scopesRequest({ frameId })).body;
    return scopes.find((each) => each.name === name)?.variablesReference ?? 0;
  }

  async evaluate(expression: string, frameId: number): Promise<string> {
    return (await this.debug.evaluateRequest({ expression, frameId, context: 'repl' })).body.result;
  }
}
