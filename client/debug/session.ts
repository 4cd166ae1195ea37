/** The debug adapter: translates requests of the Debug Adapter Protocol into what the debuggee does, and its answers back. No VS Code here. */
import { DebugSession, Event, InitializedEvent, TerminatedEvent } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { HostError } from '../../runtime/host/commands';
import type { Hold, Resume } from '../../runtime/host/commands';
import { capabilities } from './capabilities';
import { ClientPlaces } from './clientPlaces';
import { completionsAt } from './completions';
import { Debuggee } from './debuggee';
import { evaluate } from './evaluate';
import { exceptionInfo, isExceptionFilter } from './exceptions';
import { framesOf } from './frames';
import type { ShownFrame } from './frames';
import type { DebugHost } from './host';
import { readLaunchArguments } from './launchArguments';
import { OutputQueue } from './outputQueue';
import { placementsIn } from './placement';
import { Refusal } from './refusal';
import { HOST_THREAD } from './threads';
import { WorkflowSources } from './workflowSources';

/** Ids of error responses; clients show the text. */
const REFUSED = 1;
const BUG = 2;

interface KnownFrame {
  readonly hold: Hold;
  readonly frame: ShownFrame;
}

export class LogicAppsDebugSession extends DebugSession {
  readonly #host: DebugHost;
  readonly #places = new ClientPlaces();
  readonly #frames = new Map<number, KnownFrame>();
  #lastFrame = 0;
  #debuggee: Debuggee | undefined;
  #client: DebugProtocol.InitializeRequestArguments = { adapterID: '' };
  readonly #outputs = new OutputQueue(
    () => this.#debuggee,
    (event) => this.sendEvent(event),
    (line) => this.#places.toLine(line),
  );

  constructor(host: DebugHost) {
    super();
    this.#host = host;
  }

  protected override initializeRequest(
    response: DebugProtocol.InitializeResponse,
    args: DebugProtocol.InitializeRequestArguments,
  ): void {
    this.#client = args;
    this.#places.initialize(args);
    response.body = capabilities;
    this.sendResponse(response);
  }

  protected override launchRequest(
    response: DebugProtocol.LaunchResponse,
    args: DebugProtocol.LaunchRequestArguments,
  ): void {
    this.#answer(response, async () => {
      const read = readLaunchArguments(args);
      if ('problem' in read) throw new Refusal(read.problem);
      const { launch } = read;
      const project = await this.#host.open(launch);
      const sources = new WorkflowSources(launch.project, this.#host.readText);
      const debuggee = new Debuggee(launch, project, sources, {
        stopped: (threadId, hold) => this.#stopped(threadId, hold),
        continued: (threadId) => this.#send('continued', { threadId, allThreadsContinued: false }),
        thread: (reason, threadId) => this.#send('thread', { reason, threadId }),
        breakpoint: (changed) =>
          this.#send('breakpoint', { reason: 'changed', breakpoint: this.#places.breakpoint(changed) }),
        output: (line) => this.#outputs.add(line),
        ended: () => this.sendEvent(new TerminatedEvent()),
      });
      this.#debuggee = debuggee;
      try {
        await debuggee.begin();
      } catch (error) {
        await debuggee.end();
        throw error;
      }
      this.sendEvent(new InitializedEvent());
    });
  }

  protected override configurationDoneRequest(response: DebugProtocol.ConfigurationDoneResponse): void {
    this.#answer(response, () => this.#running.configured());
  }

  protected override setBreakPointsRequest(
    response: DebugProtocol.SetBreakpointsResponse,
    { source, breakpoints = [] }: DebugProtocol.SetBreakpointsArguments,
  ): void {
    this.#answer(response, async () => {
      const debuggee = this.#running;
      const asked = breakpoints.map((each) => ({ ...each, line: this.#places.fromLine(each.line) }));
      const shown = await debuggee.breakpoints.setInFile(source.path ?? '', asked);
      await debuggee.sendBreakpoints();
      response.body = { breakpoints: shown.map((each) => this.#places.breakpoint(each)) };
    });
  }

  protected override setFunctionBreakPointsRequest(
    response: DebugProtocol.SetFunctionBreakpointsResponse,
    { breakpoints }: DebugProtocol.SetFunctionBreakpointsArguments,
  ): void {
    this.#answer(response, async () => {
      const debuggee = this.#running;
      const shown = await debuggee.breakpoints.setByName(breakpoints, await debuggee.workflowNames());
      await debuggee.sendBreakpoints();
      response.body = { breakpoints: shown.map((each) => this.#places.breakpoint(each)) };
    });
  }

  protected override setExceptionBreakPointsRequest(
    response: DebugProtocol.SetExceptionBreakpointsResponse,
    { filters }: DebugProtocol.SetExceptionBreakpointsArguments,
  ): void {
    this.#answer(response, () => this.#running.sendBreakpoints(filters.filter(isExceptionFilter)));
  }

  protected override breakpointLocationsRequest(
    response: DebugProtocol.BreakpointLocationsResponse,
    { source, line, endLine = line }: DebugProtocol.BreakpointLocationsArguments,
  ): void {
    this.#answer(response, async () => {
      const document = await this.#running.sources.document(source.path ?? '');
      const [first, last] = [this.#places.fromLine(line), this.#places.fromLine(endLine)];
      const found = document === undefined ? [] : placementsIn(document, first, last);
      response.body = { breakpoints: found.map((each) => ({ line: this.#places.toLine(each.line) })) };
    });
  }

  protected override threadsRequest(response: DebugProtocol.ThreadsResponse): void {
    this.#answer(response, async () => {
      response.body = { threads: [...(this.#debuggee?.threads.all ?? [])] };
    });
  }

  protected override stackTraceRequest(
    response: DebugProtocol.StackTraceResponse,
    { threadId, startFrame = 0, levels = 0 }: DebugProtocol.StackTraceArguments,
  ): void {
    this.#answer(response, async () => {
      const { threads, sources } = this.#running;
      const hold = threads.holdOf(threadId);
      const frames = hold === undefined ? [] : await framesOf(hold, sources, threads);
      const end = levels > 0 ? startFrame + levels : frames.length;
      response.body = {
        totalFrames: frames.length,
        stackFrames: frames.slice(startFrame, end).map((frame) => this.#stackFrame(hold, frame)),
      };
    });
  }

  protected override scopesRequest(
    response: DebugProtocol.ScopesResponse,
    { frameId }: DebugProtocol.ScopesArguments,
  ): void {
    this.#answer(response, async () => {
      const known = this.#frames.get(frameId);
      response.body = { scopes: known ? await this.#running.variables.scopes(known.hold, known.frame.level) : [] };
    });
  }

  protected override variablesRequest(
    response: DebugProtocol.VariablesResponse,
    args: DebugProtocol.VariablesArguments,
  ): void {
    this.#answer(response, async () => {
      response.body = { variables: await this.#running.variables.list(args) };
    });
  }

  protected override setVariableRequest(
    response: DebugProtocol.SetVariableResponse,
    { variablesReference, name, value }: DebugProtocol.SetVariableArguments,
  ): void {
    this.#answer(response, async () => {
      const result = await this.#running.variables.change(variablesReference, name, value);
      if ('problem' in result) throw new Refusal(result.problem);
      const { variable } = result;
      response.body = { ...variable };
      this.#invalidate();
    });
  }

  protected override setExpressionRequest(
    response: DebugProtocol.SetExpressionResponse,
    { expression, value, frameId }: DebugProtocol.SetExpressionArguments,
  ): void {
    this.#answer(response, async () => {
      const name = /^\s*@?\{?\s*variables\('((?:[^']|'')+)'\)\s*\}?\s*$/i.exec(expression)?.[1]?.replaceAll("''", "'");
      const hold = this.#holdOfFrame(frameId);
      const scopes = hold === undefined ? [] : await this.#running.variables.scopes(hold, 'trigger');
      const scope = scopes.find((each) => each.name === 'Variables');
      if (name === undefined || scope === undefined) {
        throw new Refusal("Only a workflow variable can be set, written as variables('name').");
      }
      const result = await this.#running.variables.change(scope.variablesReference, name, value);
      if ('problem' in result) throw new Refusal(result.problem);
      response.body = { ...result.variable };
      this.#invalidate();
    });
  }

  protected override evaluateRequest(
    response: DebugProtocol.EvaluateResponse,
    { expression, frameId, context }: DebugProtocol.EvaluateArguments,
  ): void {
    this.#answer(response, async () => {
      const { link, variables } = this.#running;
      response.body = await evaluate(link, variables, expression, this.#holdOfFrame(frameId), context);
    });
  }

  protected override completionsRequest(
    response: DebugProtocol.CompletionsResponse,
    { text, column, line = this.#places.toLine(0), frameId }: DebugProtocol.CompletionsArguments,
  ): void {
    this.#answer(response, async () => {
      const { link, sources } = this.#running;
      const hold = this.#holdOfFrame(frameId);
      const names = async (scope: 'parameters' | 'appSettings'): Promise<string[]> =>
        hold === undefined
          ? []
          : (await link.send('inspect', { holdId: hold.holdId, scope })).items.map((each) => each.name);
      const document = hold && (await sources.document(sources.fileOf(hold.workflow)));
      const row = text.split('\n')[this.#places.fromLine(line)] ?? text;
      const targets = completionsAt(row, this.#places.fromColumn(column), {
        workflow: document?.workflow,
        action: hold?.step?.action,
        parameters: await names('parameters'),
        appSettings: await names('appSettings'),
      });
      response.body = { targets };
    });
  }

  protected override exceptionInfoRequest(
    response: DebugProtocol.ExceptionInfoResponse,
    { threadId }: DebugProtocol.ExceptionInfoArguments,
  ): void {
    this.#answer(response, async () => {
      const hold = this.#running.threads.holdOf(threadId);
      const info = hold && exceptionInfo(hold);
      if (info === undefined) throw new Refusal('This step has not failed.');
      response.body = info;
    });
  }

  protected override continueRequest(
    response: DebugProtocol.ContinueResponse,
    { threadId }: DebugProtocol.ContinueArguments,
  ): void {
    response.body = { allThreadsContinued: false };
    this.#resume(response, threadId, 'continue');
  }

  protected override nextRequest(response: DebugProtocol.NextResponse, args: DebugProtocol.NextArguments): void {
    this.#resume(response, args.threadId, 'next');
  }

  protected override stepInRequest(response: DebugProtocol.StepInResponse, args: DebugProtocol.StepInArguments): void {
    this.#resume(response, args.threadId, 'stepIn');
  }

  protected override stepOutRequest(
    response: DebugProtocol.StepOutResponse,
    args: DebugProtocol.StepOutArguments,
  ): void {
    this.#resume(response, args.threadId, 'stepOut');
  }

  protected override pauseRequest(
    response: DebugProtocol.PauseResponse,
    { threadId }: DebugProtocol.PauseArguments,
  ): void {
    this.#answer(response, async () => {
      const { threads, link } = this.#running;
      const runId = threadId === HOST_THREAD ? undefined : threads.runOf(threadId);
      await link.send('pause', runId === undefined ? {} : { runId });
    });
  }

  protected override terminateRequest(response: DebugProtocol.TerminateResponse): void {
    this.#answer(response, async () => {
      await this.#debuggee?.end();
      this.sendEvent(new TerminatedEvent());
    });
  }

  protected override disconnectRequest(response: DebugProtocol.DisconnectResponse): void {
    this.#answer(response, async () => {
      await this.#debuggee?.end();
      this.#host.disconnected?.();
    });
  }

  /** Ends what was launched, for a client that is gone without saying so. */
  async close(): Promise<void> {
    await this.#debuggee?.end();
  }

  override dispose(): void {
    this.close().catch((error: unknown) => this.#host.logError(`dispose: ${String(error)}`));
  }

  /** `fireTrigger` starts another run of this session: what code lenses and views do while it is under way. */
  protected override customRequest(command: string, response: DebugProtocol.Response, args: unknown): void {
    this.#answer(response, async () => {
      if (command !== 'fireTrigger') throw new Refusal(`The debugger does not know the request '${command}'.`);
      const { launch } = this.#running;
      const given: DebugProtocol.LaunchRequestArguments = typeof args === 'object' && args !== null ? args : {};
      const read = readLaunchArguments(Object.assign({}, given, { project: launch.project }));
      if ('problem' in read) throw new Refusal(read.problem);
      const { workflow, trigger = {} } = read.launch;
      if (workflow === undefined) throw new Refusal("'fireTrigger' needs the name of a workflow.");
      this.#running.fire(workflow, trigger);
    });
  }

  get #running(): Debuggee {
    if (this.#debuggee === undefined) throw new Refusal('The debug session has not been launched.');
    return this.#debuggee;
  }

  /** The boundary of a request: a refusal is told to the user, a bug is logged and told shortly. */
  #answer(response: DebugProtocol.Response, work: () => Promise<unknown>): void {
    work().then(
      () => this.sendResponse(response),
      (error: unknown) => {
        const isRefusal = error instanceof Refusal || error instanceof HostError;
        if (!isRefusal) {
          this.#host.logError(
            `${response.command}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
          );
        }
        const format = isRefusal ? error.message : 'The debugger could not do that; the log says why.';
        // A watch that cannot be evaluated, or a failed completion, must not open a dialogue.
        const showUser = !['evaluate', 'completions', 'exceptionInfo', 'setVariable'].includes(response.command);
        response.success = false;
        response.message = format;
        response.body = {
          error: { id: isRefusal ? REFUSED : BUG, format: '{reason}', variables: { reason: format }, showUser },
        };
        this.sendResponse(response);
      },
    );
  }

  #resume(response: DebugProtocol.Response, threadId: number, mode: Resume): void {
    this.#answer(response, async () => {
      const hold = this.#running.threads.holdOf(threadId);
      if (hold === undefined) throw new Refusal('This run is not stopped.');
      await this.#running.resume(hold, mode);
    });
  }

  #stopped(threadId: number, hold: Hold): void {
    const { reason, error, breakpointIds } = hold;
    for (const [id, { hold: old }] of this.#frames) {
      if (this.#running.threads.threadOf(old.holdId) === undefined) this.#frames.delete(id);
    }
    this.#send('stopped', {
      reason,
      threadId,
      allThreadsStopped: false,
      ...(error === undefined || reason !== 'exception' ? {} : { text: `${error.code}: ${error.message}` }),
      ...(breakpointIds.length === 0 ? {} : { hitBreakpointIds: breakpointIds }),
    });
  }

  #holdOfFrame(frameId: number | undefined): Hold | undefined {
    const known = frameId === undefined ? undefined : this.#frames.get(frameId);
    return known?.frame.level === 'caller' ? undefined : known?.hold;
  }

  #stackFrame(hold: Hold | undefined, frame: ShownFrame): DebugProtocol.StackFrame {
    const id = (this.#lastFrame += 1);
    if (hold !== undefined) this.#frames.set(id, { hold, frame });
    return this.#places.stackFrame(id, frame);
  }

  #invalidate(): void {
    if (this.#client.supportsInvalidatedEvent === true) this.#send('invalidated', { areas: ['variables'] });
  }

  #send(event: string, body: object): void {
    this.sendEvent(new Event(event, body));
  }
}
