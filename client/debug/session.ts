/** The debug adapter: translates requests of the Debug Adapter Protocol into what the debuggee does, and its answers back. No VS Code here. */
import { basename } from 'node:path';
import { InitializedEvent, TerminatedEvent } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { capabilities } from './capabilities';
import { Debuggee } from './debuggee';
import { readExceptionFilters } from './exceptions';
import { FlowSession } from './flow';
import { readLaunchArguments } from './launchArguments';
import type { LaunchArguments } from './launchArguments';
import { OutputQueue } from './outputQueue';
import { placementsIn } from './placement';
import { Refusal } from './refusal';
import { withScenario } from './scenario';
import { WorkflowSources } from './workflowSources';

export class LogicAppsDebugSession extends FlowSession {
  readonly #outputs = new OutputQueue(
    () => this.debuggee,
    (event) => this.sendEvent(event),
    (line) => this.places.toLine(line),
  );

  protected override initializeRequest(
    response: DebugProtocol.InitializeResponse,
    args: DebugProtocol.InitializeRequestArguments,
  ): void {
    this.client = args;
    this.places.initialize(args);
    response.body = capabilities;
    this.sendResponse(response);
  }

  protected override launchRequest(
    response: DebugProtocol.LaunchResponse,
    args: DebugProtocol.LaunchRequestArguments,
  ): void {
    this.answer(response, async () => {
      const read = readLaunchArguments(args);
      if ('problem' in read) throw new Refusal(read.problem);
      await this.#begin(await withScenario(read.launch, this.host.readText));
    });
  }

  /** To a host that runs already: it goes on when the debugger leaves. */
  protected override attachRequest(
    response: DebugProtocol.AttachResponse,
    args: DebugProtocol.AttachRequestArguments,
  ): void {
    this.answer(response, async () => {
      const read = readLaunchArguments(args);
      if ('problem' in read) throw new Refusal(read.problem);
      await this.#begin({ ...read.launch, attach: true });
    });
  }

  protected override configurationDoneRequest(response: DebugProtocol.ConfigurationDoneResponse): void {
    this.answer(response, async () => {
      await this.configurationsSet();
      await this.running.configured();
    });
  }

  protected override setBreakPointsRequest(
    response: DebugProtocol.SetBreakpointsResponse,
    { source, breakpoints = [] }: DebugProtocol.SetBreakpointsArguments,
  ): void {
    this.configure(response, async () => {
      const debuggee = this.running;
      const asked = breakpoints.map((each) => ({ ...each, line: this.places.fromLine(each.line) }));
      const shown = await debuggee.breakpoints.setInFile(source.path ?? '', asked);
      await debuggee.sendBreakpoints();
      response.body = { breakpoints: shown.map((each) => this.places.breakpoint(each)) };
    });
  }

  protected override setFunctionBreakPointsRequest(
    response: DebugProtocol.SetFunctionBreakpointsResponse,
    { breakpoints }: DebugProtocol.SetFunctionBreakpointsArguments,
  ): void {
    this.configure(response, async () => {
      const debuggee = this.running;
      const shown = await debuggee.breakpoints.setByName(breakpoints, await debuggee.workflowNames());
      await debuggee.sendBreakpoints();
      response.body = { breakpoints: shown.map((each) => this.places.breakpoint(each)) };
    });
  }

  protected override setDataBreakpointsRequest(
    response: DebugProtocol.SetDataBreakpointsResponse,
    { breakpoints }: DebugProtocol.SetDataBreakpointsArguments,
  ): void {
    this.configure(response, async () => {
      const debuggee = this.running;
      const shown = debuggee.breakpoints.setOnData(breakpoints);
      await debuggee.sendBreakpoints();
      response.body = { breakpoints: shown.map((each) => this.places.breakpoint(each)) };
    });
  }

  protected override setExceptionBreakPointsRequest(
    response: DebugProtocol.SetExceptionBreakpointsResponse,
    args: DebugProtocol.SetExceptionBreakpointsArguments,
  ): void {
    this.configure(response, async () => {
      const { breakpoints, ...settings } = readExceptionFilters(args);
      await this.running.sendBreakpoints(settings);
      response.body = { breakpoints };
    });
  }

  protected override breakpointLocationsRequest(
    response: DebugProtocol.BreakpointLocationsResponse,
    { source, line, endLine = line }: DebugProtocol.BreakpointLocationsArguments,
  ): void {
    this.answer(response, async () => {
      const document = await this.running.sources.document(source.path ?? '');
      const [first, last] = [this.places.fromLine(line), this.places.fromLine(endLine)];
      const found = document === undefined ? [] : placementsIn(document, first, last);
      response.body = { breakpoints: found.map((each) => ({ line: this.places.toLine(each.line) })) };
    });
  }

  protected override terminateRequest(response: DebugProtocol.TerminateResponse): void {
    this.answer(response, async () => {
      await this.debuggee?.end(true);
      this.sendEvent(new TerminatedEvent());
    });
  }

  /** A thread is a run, or a part of one: the run is cancelled, and the others go on. */
  protected override terminateThreadsRequest(
    response: DebugProtocol.TerminateThreadsResponse,
    { threadIds = [] }: DebugProtocol.TerminateThreadsArguments,
  ): void {
    this.answer(response, () => this.running.cancelRunsOf(threadIds));
  }

  protected override disconnectRequest(
    response: DebugProtocol.DisconnectResponse,
    { terminateDebuggee = false }: DebugProtocol.DisconnectArguments = {},
  ): void {
    this.answer(response, async () => {
      await this.debuggee?.end(terminateDebuggee);
      this.host.disconnected?.();
    });
  }

  /** Ends what was launched, for a client that is gone without saying so. */
  async close(): Promise<void> {
    await this.debuggee?.end();
  }

  override dispose(): void {
    this.close().catch((error: unknown) => this.host.logError(`dispose: ${String(error)}`));
  }

  async #begin(launch: LaunchArguments): Promise<void> {
    const project = await this.host.open(launch);
    const sources = new WorkflowSources(launch.project, this.host.readText);
    const debuggee = new Debuggee(launch, project, sources, {
      stopped: (threadId, hold) => this.stopped(threadId, hold),
      continued: (threadId) => this.send('continued', { threadId, allThreadsContinued: false }),
      thread: (reason, threadId) => this.send('thread', { reason, threadId }),
      breakpoint: (changed) =>
        this.send('breakpoint', { reason: 'changed', breakpoint: this.places.breakpoint(changed) }),
      output: (line) => this.#outputs.add(line),
      ended: () => this.sendEvent(new TerminatedEvent()),
    });
    this.debuggee = debuggee;
    try {
      await debuggee.begin();
    } catch (error) {
      await debuggee.end();
      throw error;
    }
    const { processId } = this.host;
    this.send('process', {
      name: basename(launch.project),
      isLocalProcess: true,
      startMethod: launch.attach === true ? 'attach' : 'launch',
      ...(processId === undefined || launch.attach === true ? {} : { systemProcessId: processId }),
    });
    this.sendEvent(new InitializedEvent());
  }
}
