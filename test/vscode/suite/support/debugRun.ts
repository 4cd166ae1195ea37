/** A debug session as VS Code runs it: what the adapter says, and requests to it. */
import { strict as assert } from 'node:assert';
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import { eventually, folder } from './workspace';

interface Stop {
  readonly reason: string;
  readonly threadId: number;
}

/** As much of the adapter's events as is looked at. */
interface AdapterMessage {
  readonly type: string;
  readonly event?: string;
  readonly body?: { readonly output?: string; readonly reason?: string; readonly threadId?: number };
}

export class DebugRun {
  readonly output: string[] = [];
  /** When VS Code made the adapter: what came before is VS Code's own time. */
  adapterMade = 0;
  readonly #stops: Stop[] = [];
  readonly #waiting: ((stop: Stop) => void)[] = [];
  #session: vscode.DebugSession | undefined;
  #thread = 0;
  readonly ended: Promise<void>;

  private constructor() {
    this.ended = new Promise((resolve) => vscode.debug.onDidTerminateDebugSession(() => resolve()));
  }

  /** Starts debugging; the configuration says what differs from a run of process-order. */
  static async start(configuration: Readonly<Record<string, unknown>>): Promise<DebugRun> {
    const run = new DebugRun();
    const tracker = vscode.debug.registerDebugAdapterTrackerFactory('logicAppsWorkbench', {
      createDebugAdapterTracker: (session) => {
        run.#session = session;
        run.adapterMade = Date.now();
        return { onDidSendMessage: (message: AdapterMessage) => run.#receive(message) };
      },
    });
    const started = await vscode.debug.startDebugging(folder(), {
      type: 'logicAppsWorkbench',
      request: 'launch',
      name: 'process-order',
      project: folder().uri.fsPath,
      workflow: 'process-order',
      ...configuration,
    });
    assert.ok(started, 'VS Code did not start debugging.');
    void run.ended.then(() => {
      tracker.dispose();
    });
    return run;
  }

  /** The next stop, which may have happened already. */
  async stop(): Promise<Stop> {
    const stop = this.#stops.shift() ?? (await new Promise<Stop>((resolve) => this.#waiting.push(resolve)));
    this.#thread = stop.threadId;
    return stop;
  }

  async go(command: 'continue' | 'next' | 'stepIn' | 'stepOut'): Promise<void> {
    await this.#request(command, { threadId: this.#thread });
  }

  /** Names of the frames, innermost first. */
  async frames(): Promise<string[]> {
    return (await this.#frames()).map(({ name }) => name);
  }

  async top(): Promise<DebugProtocol.StackFrame> {
    const [frame] = await this.#frames();
    assert.ok(frame, 'There is no stack frame.');
    return frame;
  }

  /** What a scope of the top frame shows: name to value. */
  async scope(name: string): Promise<Record<string, string>> {
    const { id } = await this.top();
    const { scopes } = (await this.#request('scopes', { frameId: id })) as DebugProtocol.ScopesResponse['body'];
    const scope = scopes.find((each) => each.name === name);
    assert.ok(scope, `There is no scope ${name}, only ${scopes.map((each) => each.name).join(', ')}.`);
    const { variables } = (await this.#request('variables', {
      variablesReference: scope.variablesReference,
    })) as DebugProtocol.VariablesResponse['body'];
    return Object.fromEntries(variables.map((each) => [each.name, each.value]));
  }

  /** The answer of the debug console. */
  async evaluate(expression: string): Promise<string> {
    const { id } = await this.top();
    const body = (await this.#request('evaluate', {
      expression,
      frameId: id,
      context: 'repl',
    })) as DebugProtocol.EvaluateResponse['body'];
    return body.result;
  }

  /** Waits until the debug console shows a text. */
  outputMatching(expected: RegExp): Promise<string> {
    return eventually(`output like ${expected.source}`, () => this.output.find((text) => expected.test(text)));
  }

  /** Ends the session, if it has not ended by itself. */
  async end(): Promise<void> {
    await vscode.debug.stopDebugging(this.#session);
    await this.ended;
  }

  async #frames(): Promise<DebugProtocol.StackFrame[]> {
    const body = (await this.#request('stackTrace', {
      threadId: this.#thread,
    })) as DebugProtocol.StackTraceResponse['body'];
    return body.stackFrames;
  }

  async #request(command: string, args: unknown): Promise<unknown> {
    assert.ok(this.#session, 'No debug adapter has been made.');
    return this.#session.customRequest(command, args);
  }

  #receive({ type, event, body }: AdapterMessage): void {
    if (type !== 'event') return;
    if (event === 'output') this.output.push(body?.output ?? '');
    if (event !== 'stopped') return;
    const stop = { reason: body?.reason ?? '', threadId: body?.threadId ?? 0 };
    const waiting = this.#waiting.shift();
    if (waiting === undefined) this.#stops.push(stop);
    else waiting(stop);
  }
}
