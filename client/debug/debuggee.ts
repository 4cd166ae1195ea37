/**
 * A project under the debugger: follows what the runtime tells and turns it into the protocol's events, and carries out what the
 * session asks of runs. Lines are zero-based here; the session translates.
 */
import { basename } from 'node:path';
import type { Step } from '../../runtime/events';
import { HostError } from '../../runtime/host/commands';
import type { Hold, HostNotice, Resume, StepInTarget, Travel, WorkflowSummary } from '../../runtime/host/commands';
import { SessionBreakpoints } from './breakpoints';
import type { ShownBreakpoint } from './breakpoints';
import type { ExceptionSettings } from './exceptions';
import type { DebuggedProject } from './host';
import { notStarted, outputsOf, requestOf } from './firing';
import type { LaunchArguments, LaunchTrigger } from './launchArguments';
import { Refusal } from './refusal';
import { RunOutput } from './runOutput';
import type { OutputLine } from './runOutput';
import { SessionThreads } from './threads';
import { SessionVariables } from './variables';
import type { WorkflowSources } from './workflowSources';

/** What the session passes on to the client. */
export interface DebuggeeEvents {
  stopped(threadId: number, hold: Hold): void;
  continued(threadId: number): void;
  thread(reason: 'started' | 'exited', threadId: number): void;
  breakpoint(changed: ShownBreakpoint): void;
  output(line: OutputLine): void;
  /** The runtime is gone. */
  ended(): void;
}

export class Debuggee {
  readonly launch: LaunchArguments;
  readonly sources: WorkflowSources;
  readonly breakpoints: SessionBreakpoints;
  readonly threads = new SessionThreads();
  readonly variables: SessionVariables;
  readonly #project: DebuggedProject;
  readonly #events: DebuggeeEvents;
  readonly #output = new RunOutput();
  readonly #subscriptions: (() => void)[] = [];
  /** Holds that this session itself lets go, with what it wants next. */
  readonly #resuming = new Map<number, Resume>();
  #exceptions: ExceptionSettings = { exceptions: [] };
  #ending: Promise<void> | undefined;

  constructor(launch: LaunchArguments, project: DebuggedProject, sources: WorkflowSources, events: DebuggeeEvents) {
    this.launch = launch;
    this.#project = project;
    this.#events = events;
    this.sources = sources;
    this.breakpoints = new SessionBreakpoints(sources);
    this.variables = new SessionVariables(project.link);
    const port = project.url === undefined ? '' : ` at port ${new URL(project.url).port}`;
    this.threads.hostName = `${basename(launch.project)} waits${port}`;
  }

  get link(): DebuggedProject['link'] {
    return this.#project.link;
  }

  async begin(): Promise<void> {
    this.#subscriptions.push(this.link.onNotice((notice) => this.#notice(notice)));
    const { noDebug, stopOnEntry } = this.launch;
    await this.link.send('setDebugging', { enabled: !noDebug, stopOnEntry: stopOnEntry && !noDebug });
  }

  /** The client has told all its breakpoints: runs may start. */
  async configured(): Promise<void> {
    const { workflows } = await this.link.send('listWorkflows', {});
    this.#introduce(workflows);
    const { workflow, trigger } = this.launch;
    if (workflow !== undefined && trigger !== undefined) this.fire(workflow, trigger);
  }

  async workflowNames(): Promise<readonly string[]> {
    return (await this.link.send('listWorkflows', {})).workflows.map((each) => each.name);
  }

  async sendBreakpoints(exceptions: ExceptionSettings = this.#exceptions): Promise<void> {
    this.#exceptions = exceptions;
    const { all: breakpoints, data } = this.breakpoints;
    await this.link.send('setBreakpoints', { breakpoints, data, ...exceptions });
  }

  async resume(hold: Hold, mode: Resume, target?: StepInTarget): Promise<void> {
    this.#resuming.set(hold.holdId, mode);
    this.variables.forget(hold.holdId);
    const thread = this.threads.threadOf(hold.holdId);
    const shown = thread === undefined ? undefined : this.threads.holdOf(thread);
    if (shown !== undefined) this.variables.forget(shown.holdId);
    try {
      await this.link.send('resume', { holdId: hold.holdId, mode, ...(target === undefined ? {} : { target }) });
    } finally {
      this.#resuming.delete(hold.holdId);
    }
  }

  /** Looks at another moment of a held run. */
  async travel(threadId: number, mode: Travel): Promise<void> {
    const live = this.threads.liveHoldOf(threadId);
    if (live === undefined) throw new Refusal('This run is not stopped.');
    const before = this.threads.holdOf(threadId);
    const { hold } = await this.link.send('travel', { holdId: live.holdId, mode });
    if (before !== undefined) this.variables.forget(before.holdId);
    this.threads.look(threadId, hold);
    this.#events.stopped(threadId, hold);
  }

  /** Begins a run again from one of its steps, or from the trigger; the new one is held there. */
  async restartFrom(runId: string, step?: Step, inputs?: string): Promise<void> {
    await this.link.send('restartFrom', {
      runId,
      ...(step === undefined ? {} : { step }),
      ...(inputs === undefined ? {} : { inputs }),
    });
  }

  /** Cancels what this session has started, reads the project again and fires the trigger once more. */
  async restart(launch: LaunchArguments): Promise<void> {
    await this.#cancelRuns();
    await this.link.send('reload', {});
    for (const each of await this.breakpoints.refresh()) this.#events.breakpoint(each);
    await this.sendBreakpoints();
    const { noDebug, stopOnEntry, workflow, trigger } = launch;
    await this.link.send('setDebugging', { enabled: !noDebug, stopOnEntry: stopOnEntry && !noDebug });
    if (workflow !== undefined && trigger !== undefined) this.fire(workflow, trigger);
  }

  /** Starts a run and does not wait for it: it may be held for as long as the user likes. */
  fire(workflow: string, trigger: LaunchTrigger): void {
    const name = trigger.name === undefined ? {} : { trigger: trigger.name };
    this.link
      .send('listWorkflows', {})
      .then(({ workflows }) => {
        const found = workflows.find((each) => each.name.toLowerCase() === workflow.toLowerCase());
        const target = found?.triggers.find(
          (each) => trigger.name === undefined || each.name.toLowerCase() === trigger.name.toLowerCase(),
        );
        const given = target?.callbackUrl === undefined ? outputsOf(trigger) : { request: requestOf(trigger) };
        return this.link.send('fireTrigger', { workflow, ...name, ...given });
      })
      .then(({ runIds, response }) => {
        if (runIds.length === 0) this.#events.output({ category: 'stderr', text: notStarted(workflow, response) });
      })
      .catch((error: unknown) => this.#told(error));
  }

  /** Cancels what runs, unless the host was there before or `cancels` says otherwise, and gives the runtime back. */
  end(cancels = false): Promise<void> {
    return (this.#ending ??= this.#end(cancels));
  }

  async #end(cancels: boolean): Promise<void> {
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    try {
      // Runs of a host that was there before go on after the debugger has left.
      if (this.launch.attach !== true || cancels) await this.#cancelRuns();
      await this.link.send('setBreakpoints', { breakpoints: [], exceptions: [] });
      await this.link.send('setDebugging', { enabled: false });
    } catch (error) {
      // A runtime that is gone holds nothing any more.
      if (!(error instanceof HostError)) throw error;
    } finally {
      await this.#project.release();
    }
  }

  /** Cancels the runs that these threads belong to. */
  async cancelRunsOf(threadIds: readonly number[]): Promise<void> {
    const runs = new Set(threadIds.flatMap((each) => this.threads.runOf(each) ?? []));
    if (runs.size === 0)
      throw new Refusal('This is no run, but the host that waits for requests: stop the session to end it.');
    await this.#cancelRuns(runs);
  }

  async #cancelRuns(runs: Iterable<string> = this.threads.runs): Promise<void> {
    for (const runId of runs) {
      // It may have ended by itself meanwhile.
      await this.link.send('cancelRun', { runId }).catch(() => undefined);
    }
  }

  #introduce(workflows: readonly WorkflowSummary[]): void {
    const { url } = this.#project;
    const { workflow: wanted } = this.launch;
    if (url !== undefined) this.#say(`Listening at ${url}${portInUse(this.launch.port, url)}`);
    for (const text of this.#project.warnings ?? []) this.#events.output({ category: 'stderr', text });
    for (const { name, triggers, problems } of workflows) {
      if (wanted !== undefined && name.toLowerCase() !== wanted.toLowerCase()) continue;
      for (const problem of problems) this.#events.output({ category: 'stderr', text: `${name}: ${problem}` });
      for (const trigger of triggers) {
        if (trigger.callbackUrl !== undefined && url !== undefined) {
          this.#say(`${name} › ${trigger.name}: waiting for a request at\n  ${trigger.callbackUrl}`);
        } else if (wanted !== undefined && this.launch.trigger === undefined) {
          this.#say(
            `${name} › ${trigger.name}: waiting to be fired; debug it from above the trigger, or name it in launch.json`,
          );
        }
      }
    }
    if (wanted !== undefined && !workflows.some((each) => each.name.toLowerCase() === wanted.toLowerCase())) {
      this.#events.output({ category: 'stderr', text: `The project has no workflow '${wanted}'.` });
    }
  }

  #say(text: string): void {
    this.#events.output({ category: 'stdout', text });
  }

  #notice(notice: HostNotice): void {
    switch (notice.type) {
      case 'event': {
        const { started, exited } = this.threads.observe(notice.event);
        for (const id of started) this.#events.thread('started', id);
        const line = this.#output.line(notice.event);
        if (line !== undefined) this.#events.output(line);
        for (const id of exited) this.#events.thread('exited', id);
        return;
      }
      case 'held':
        this.#events.stopped(this.threads.hold(notice.hold), notice.hold);
        return;
      case 'released':
        this.#released(notice.holdId);
        return;
      case 'log':
        this.#events.output({ category: notice.level === 'info' ? 'stdout' : 'stderr', text: notice.message });
        return;
      case 'crashed':
        this.#events.output({ category: 'stderr', text: notice.message });
        this.#events.ended();
        return;
      case 'reloaded':
        this.#reloaded(notice.problems).catch((error: unknown) => this.#told(error));
        return;
      case 'listening':
        return;
    }
  }

  #released(holdId: number): void {
    const mode = this.#resuming.get(holdId);
    this.variables.forget(holdId);
    const thread = this.threads.release(holdId, mode !== undefined && mode !== 'continue');
    if (thread === undefined) return;
    // The answer to the client's own request says it already.
    if (mode === undefined) this.#events.continued(thread.threadId);
    if (thread.exited) this.#events.thread('exited', thread.threadId);
  }

  async #reloaded(problems: (HostNotice & { readonly type: 'reloaded' })['problems']): Promise<void> {
    const changed = await this.breakpoints.refresh();
    for (const each of changed) this.#events.breakpoint(each);
    await this.sendBreakpoints();
    this.#say('The project was saved: new runs use it, runs under way go on as they began.');
    for (const { workflow, reason } of problems) {
      this.#events.output({ category: 'stderr', text: `${workflow} cannot start until this is put right: ${reason}` });
    }
  }

  #told(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#events.output({ category: 'stderr', text: message });
  }
}

/** Why the host listens elsewhere than it was asked to. */
function portInUse(wanted: number | undefined, url: string): string {
  return wanted === undefined || wanted === 0 || new URL(url).port === String(wanted)
    ? ''
    : ` (port ${wanted} is in use)`;
}
