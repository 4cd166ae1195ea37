/** A client of the debug adapter in the same thread, on a copy of the example project: what an editor's debugger does, without an editor. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { DebugHost } from '../../../client/debug/host';
import { hostOverrides } from '../../../client/debug/launchArguments';
import type { LaunchArguments } from '../../../client/debug/launchArguments';
import { LogicAppsDebugSession } from '../../../client/debug/session';
import type { RuntimeLink } from '../../../runtime/host/commands';
import { openInThread } from '../../../runtime/host/open';

const example = join(import.meta.dirname, '..', '..', '..', 'examples', 'order-processing');

export const order = {
  orderId: 'A-1',
  customer: { name: 'Example Ltd', country: 'AT' },
  lines: [
    { sku: 'LAMP', quantity: 2, unitPrice: 30.5 },
    { sku: 'BULB', quantity: 12, unitPrice: 2 },
  ],
};

/** A breakpoint given by a text in its line. */
export interface AtText extends Omit<DebugProtocol.SourceBreakpoint, 'line'> {
  readonly at: string;
  /** Lines below the one with the text. */
  readonly below?: number;
}

export class Client {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'logicapps-debug-')));
  readonly project = join(this.folder, 'order-processing');
  readonly events: DebugProtocol.Event[] = [];
  readonly #session: LogicAppsDebugSession;
  readonly #answers = new Map<number, (response: DebugProtocol.Response) => void>();
  readonly #waiters: {
    readonly fits: (event: DebugProtocol.Event) => boolean;
    readonly take: (event: DebugProtocol.Event) => void;
  }[] = [];
  #taken = 0;
  #sequence = 0;
  link: RuntimeLink | undefined;
  errors: string[] = [];

  constructor() {
    cpSync(example, this.project, { recursive: true });
    const host: DebugHost = {
      open: async (launch: LaunchArguments) => {
        const link = await openInThread({
          ...hostOverrides(launch),
          projectFolder: launch.project,
        });
        this.link = link;
        return {
          link,
          url: undefined,
          release: () => link.dispose(),
        };
      },
      readText: (file) => readFile(file, 'utf8').catch(() => undefined),
      logError: (message) => void this.errors.push(message),
    };
    this.#session = new LogicAppsDebugSession(host);
    this.#session.onDidSendMessage((message) => {
      if (isResponse(message)) this.#answers.get(message.request_seq)?.(message);
      else if (isEvent(message)) this.#receive(message);
    });
  }

  file(workflow = 'process-order'): string {
    return join(this.project, workflow, 'workflow.json');
  }

  text(workflow?: string): string {
    return readFileSync(this.file(workflow), 'utf8');
  }

  /** The one-based line of the first occurrence of a text. */
  line(text: string, workflow?: string): number {
    const lines = this.text(workflow).split('\n');
    const found = lines.findIndex((line) => line.includes(text));
    if (found < 0) throw new Error(`There is no '${text}' in the workflow.`);
    return found + 1;
  }

  /** Puts another workflow into the project. */
  write(workflow: string, content: unknown): void {
    mkdirSync(join(this.project, workflow));
    writeFileSync(this.file(workflow), JSON.stringify(content, null, 2));
  }

  writeFile(path: string, content: unknown): void {
    writeFileSync(join(this.project, path), JSON.stringify(content, null, 2));
  }

  /** Saves a changed workflow, as a user does while a session runs. */
  async save(change: (text: string) => string, workflow?: string): Promise<void> {
    writeFileSync(this.file(workflow), change(this.text(workflow)));
    await this.link?.send('reload', {});
  }

  /** Rejects with the adapter's message when it refuses. */
  async request(command: string, args: object = {}): Promise<unknown> {
    const seq = (this.#sequence += 1);
    const answered = new Promise<DebugProtocol.Response>((resolve) => this.#answers.set(seq, resolve));
    const request: DebugProtocol.Request = { seq, type: 'request', command, arguments: args };
    this.#session.handleMessage(request);
    const response = await answered;
    if (!response.success) throw new Error(response.message);
    return response.body;
  }

  /** Launches on the example's order workflow, sets breakpoints and lets it start. */
  async start(
    options: {
      readonly launch?: Readonly<Record<string, unknown>>;
      readonly breakpoints?: readonly AtText[];
      readonly exceptions?: readonly string[];
    } = {},
  ): Promise<readonly DebugProtocol.Breakpoint[]> {
    await this.request('initialize', {
      adapterID: 'logicAppsWorkbench',
      pathFormat: 'path',
      supportsInvalidatedEvent: true,
    });
    const trigger = { body: order };
    await this.request('launch', { project: this.project, workflow: 'process-order', trigger, ...options.launch });
    await this.event('initialized');
    const set = await this.setBreakpoints(options.breakpoints ?? []);
    await this.request('setExceptionBreakpoints', { filters: options.exceptions ?? [] });
    await this.request('configurationDone');
    return set;
  }

  async setBreakpoints(breakpoints: readonly AtText[]): Promise<readonly DebugProtocol.Breakpoint[]> {
    const body = await this.request('setBreakpoints', {
      source: { path: this.file() },
      breakpoints: breakpoints.map(({ at, below = 0, ...rest }) => ({ ...rest, line: this.line(at) + below })),
    });
    return listIn(body, 'breakpoints', isBreakpoint);
  }

  /** The next event of this name after those already taken. */
  event(name: string): Promise<DebugProtocol.Event> {
    const fits = (event: DebugProtocol.Event): boolean => event.event === name;
    const place = this.events.findIndex((event, index) => index >= this.#taken && fits(event));
    const known = this.events[place];
    if (known !== undefined) {
      this.#taken = place + 1;
      return Promise.resolve(known);
    }
    return new Promise((resolve) => this.#waiters.push({ fits, take: resolve }));
  }

  async stopped(): Promise<Stop> {
    const stopped = await this.event('stopped');
    const body = memberOf(stopped, 'body');
    const [threadId, reason, text] = [numberIn(body, 'threadId'), textIn(body, 'reason'), memberOf(body, 'text')];
    const stack = await this.request('stackTrace', { threadId });
    const frames = listIn(stack, 'stackFrames', isFrame);
    const [top] = frames;
    if (top === undefined) throw new Error('A stopped thread has a frame.');
    return { threadId, reason, text: typeof text === 'string' ? text : undefined, frames, top };
  }

  /** Lets a thread go and waits for where it stops next. */
  async step(command: 'next' | 'stepIn' | 'stepOut' | 'continue' | 'stepBack', threadId: number): Promise<Stop> {
    await this.request(command, { threadId });
    return this.stopped();
  }

  async scopes(frameId: number): Promise<readonly DebugProtocol.Scope[]> {
    return listIn(await this.request('scopes', { frameId }), 'scopes', isScope);
  }

  async variables(variablesReference: number, page: object = {}): Promise<readonly DebugProtocol.Variable[]> {
    return listIn(await this.request('variables', { variablesReference, ...page }), 'variables', isVariable);
  }

  /** The variables of a scope of a frame, by name. */
  async scope(frameId: number, name: string): Promise<ReadonlyMap<string, DebugProtocol.Variable>> {
    const scope = (await this.scopes(frameId)).find((each) => each.name === name);
    if (scope === undefined) throw new Error(`The frame has no scope '${name}'.`);
    const variables = await this.variables(scope.variablesReference);
    return new Map(variables.map((each) => [each.name, each]));
  }

  async evaluate(expression: string, frameId?: number, context = 'repl'): Promise<string> {
    return textIn(
      await this.request('evaluate', { expression, context, ...(frameId === undefined ? {} : { frameId }) }),
      'result',
    );
  }

  /** Everything the debug console has shown. */
  get console(): string {
    return this.events.flatMap(({ event, body }) => (event === 'output' ? [textIn(body, 'output')] : [])).join('');
  }

  async dispose(): Promise<void> {
    await this.request('disconnect');
    rmSync(this.folder, { recursive: true, force: true });
  }

  #receive(event: DebugProtocol.Event): void {
    this.events.push(event);
    const place = this.#waiters.findIndex((each) => each.fits(event));
    if (place < 0) return;
    const [waiter] = this.#waiters.splice(place, 1);
    this.#taken = this.events.length;
    waiter?.take(event);
  }
}

export interface Stop {
  readonly threadId: number;
  readonly reason: string;
  readonly text: string | undefined;
  readonly frames: readonly DebugProtocol.StackFrame[];
  readonly top: DebugProtocol.StackFrame;
}

export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? new Map<string, unknown>(Object.entries(value)).get(name)
    : undefined;
}

export function listIn<T>(value: unknown, name: string, check: (item: unknown) => item is T): readonly T[] {
  const list = memberOf(value, name);
  if (!Array.isArray(list) || !list.every(check)) throw new Error(`'${name}' is not as the protocol has it.`);
  return list;
}

function textIn(value: unknown, name: string): string {
  const text = memberOf(value, name);
  if (typeof text !== 'string') throw new Error(`'${name}' is no text.`);
  return text;
}

function numberIn(value: unknown, name: string): number {
  const number = memberOf(value, name);
  if (typeof number !== 'number') throw new Error(`'${name}' is no number.`);
  return number;
}

const isResponse = (value: unknown): value is DebugProtocol.Response => memberOf(value, 'type') === 'response';
const isEvent = (value: unknown): value is DebugProtocol.Event => memberOf(value, 'type') === 'event';
const isBreakpoint = (value: unknown): value is DebugProtocol.Breakpoint =>
  typeof memberOf(value, 'verified') === 'boolean';
const isFrame = (value: unknown): value is DebugProtocol.StackFrame => typeof memberOf(value, 'id') === 'number';
const isScope = (value: unknown): value is DebugProtocol.Scope =>
  typeof memberOf(value, 'variablesReference') === 'number';
const isVariable = (value: unknown): value is DebugProtocol.Variable => typeof memberOf(value, 'value') === 'string';
