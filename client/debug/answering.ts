/**
 * What the requests of a debug session share: the boundary at which a refusal is told to the user and a bug is logged, the debuggee,
 * and the frames that the client has been told.
 */
import { DebugSession, Event } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { HostError } from '../../runtime/host/commands';
import type { Hold } from '../../runtime/host/commands';
import { ClientPlaces } from './clientPlaces';
import type { Debuggee } from './debuggee';
import type { ShownFrame } from './frames';
import type { DebugHost } from './host';
import { Refusal } from './refusal';

/** Ids of error responses; clients show the text. */
const REFUSED = 1;
const BUG = 2;

/** A watch that cannot be evaluated, or a failed completion, must not open a dialogue. */
const silent: ReadonlySet<string> = new Set(['evaluate', 'completions', 'exceptionInfo', 'setVariable']);

interface KnownFrame {
  readonly hold: Hold;
  readonly frame: ShownFrame;
}

export abstract class AnsweringSession extends DebugSession {
  protected readonly host: DebugHost;
  protected readonly places = new ClientPlaces();
  protected client: DebugProtocol.InitializeRequestArguments = { adapterID: '' };
  protected debuggee: Debuggee | undefined;
  readonly #frames = new Map<number, KnownFrame>();
  #lastFrame = 0;
  #configuring: Promise<unknown> = Promise.resolve();

  constructor(host: DebugHost) {
    super();
    this.host = host;
  }

  protected get running(): Debuggee {
    if (this.debuggee === undefined) throw new Refusal('The debug session has not been launched.');
    return this.debuggee;
  }

  /** As `answer`, for what a client sets before runs may start: it need not wait for one answer before its next request. */
  protected configure(response: DebugProtocol.Response, work: () => Promise<unknown>): void {
    const done = work();
    const before = this.#configuring;
    this.#configuring = Promise.allSettled([before, done]);
    this.answer(response, () => done);
  }

  /** What has been set until now is in force. */
  protected async configurationsSet(): Promise<void> {
    await this.#configuring;
  }

  /** The boundary of a request: a refusal is told to the user, a bug is logged and told shortly. */
  protected answer(response: DebugProtocol.Response, work: () => Promise<unknown>): void {
    work().then(
      () => this.sendResponse(response),
      (error: unknown) => this.#refuse(response, error),
    );
  }

  protected send(event: string, body: object): void {
    this.sendEvent(new Event(event, body));
  }

  /** Values have changed that no request of the client was about. */
  protected invalidate(): void {
    if (this.client.supportsInvalidatedEvent === true) this.send('invalidated', { areas: ['variables', 'stacks'] });
  }

  protected knownFrame(frameId: number | undefined): KnownFrame | undefined {
    return frameId === undefined ? undefined : this.#frames.get(frameId);
  }

  /** Where expressions of a frame are evaluated; a run that waits for a call has no such place. */
  protected holdOfFrame(frameId: number | undefined): Hold | undefined {
    const known = this.knownFrame(frameId);
    return known?.frame.level === 'caller' ? undefined : known?.hold;
  }

  protected stackFrame(hold: Hold | undefined, frame: ShownFrame): DebugProtocol.StackFrame {
    const id = (this.#lastFrame += 1);
    if (hold !== undefined) this.#frames.set(id, { hold, frame });
    return this.places.stackFrame(id, frame);
  }

  /** Frames of steps that have gone on are not asked for again. */
  protected forgetFrames(): void {
    for (const [id, { hold }] of this.#frames) {
      if (this.running.threads.threadOf(hold.holdId) === undefined) this.#frames.delete(id);
    }
  }

  #refuse(response: DebugProtocol.Response, error: unknown): void {
    const isRefusal = error instanceof Refusal || error instanceof HostError;
    if (!isRefusal) {
      const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.host.logError(`${response.command}: ${trace}`);
    }
    const format = isRefusal ? error.message : 'The debugger could not do that; the log says why.';
    const showUser = !silent.has(response.command);
    response.success = false;
    response.message = format;
    response.body = {
      error: { id: isRefusal ? REFUSED : BUG, format: '{reason}', variables: { reason: format }, showUser },
    };
    this.sendResponse(response);
  }
}
