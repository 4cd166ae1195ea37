/**
 * A host: one project folder, open and running. It puts the engine, the store, the debugger's gate and the HTTP listener together,
 * and answers the commands of `commands.ts`.
 */
import type { Ports } from '../ports';
import type { RunEvent, Step } from '../events';
import { EngineError } from '../engine/failure';
import { defaultLimits } from '../engine/limits';
import { Turns } from '../engine/turns';
import type { EngineOptions } from '../engine/contract';
import { MemoryStore } from '../store/memory';
import { openStore } from '../store/open';
import { SplitStore } from '../store/split';
import type { RunStore } from '../store/store';
import { publicUrl } from '../triggers/connectionWebhook';
import { BatchMessages } from '../triggers/batchMessages';
import { ArmedTriggers } from './armedTriggers';
import type { HostNotice, HostOptions, RunSummary } from './commands';
import { HostError } from './commands';
import { DebugGate } from './debug/debugGate';
import { changeAction } from './debug/changeAction';
import { evaluateTyped, evaluationWith, payloadOf, valueOfJson } from './debug/evaluation';
import type { Held } from './debug/holds';
import { inspect } from './debug/inspect';
import { nestingOf } from './debug/nesting';
import type { Nesting } from './debug/nesting';
import { restart } from './debug/restart';
import { Travels } from './debug/travels';
import { HostAddresses } from './http/addresses';
import { httpHandler } from './http/handler';
import { listen } from './http/listener';
import type { Listener } from './http/listener';
import { Management } from './http/management';
import { callbackKey, Signatures } from './http/signature';
import { Invocations } from './invocations';
import type { CommandHandlers, NoticeBoard, RunningHost } from './link';
import { LoadedProject } from './loadedProject';
import { nodePorts } from './ports/ports';
import type { NodePorts } from './ports/ports';
import { Resumption } from './resume';
import { Housekeeping } from './retention';
import { scenarioHost } from './scenarioHost';
import type { ScenarioHost } from './scenarioHost';

const DEFAULT_HOST = '127.0.0.1';
const DEFAULT_TOP = 100;
/** Few enough that a busy host's garbage collector finds them dead while they are young. */
const STATELESS_RUNS = 100;

/** Opens a project and starts what the options ask for. Rejects with a `HostError` when the folder is no project. */
export async function openHost(
  options: HostOptions,
  board: NoticeBoard,
  ports: Partial<Ports> = {},
): Promise<RunningHost> {
  // Asked when a run is under way: the host is open then.
  const scenario = await scenarioHost(options, () => host.workflows);
  const host: Host = new Host(scenario === undefined ? options : withSettings(options, scenario), board, {
    ports: { ...ports, ...scenario?.ports },
    scenario,
  });
  try {
    await host.open();
  } catch (error) {
    await host.close();
    throw error;
  }
  return host;
}

class Host implements RunningHost {
  readonly #options: HostOptions;
  readonly #board: NoticeBoard;
  readonly #ports: NodePorts;
  readonly #turns = new Turns();
  readonly #store: RunStore;
  readonly #gate: DebugGate;
  readonly #travels: Travels;
  readonly #addresses: HostAddresses;
  readonly #invocations: Invocations;
  readonly #triggers: ArmedTriggers;
  readonly #batches: BatchMessages;
  readonly #housekeeping: Housekeeping;
  #loaded: LoadedProject | undefined;
  #resumption: Resumption | undefined;
  /** Earlier readings of the project whose runs have not ended. */
  readonly #earlier = new Set<LoadedProject>();
  #listener: Listener | undefined;
  /** True once what happens in runs is not written down any more: they are left for the next host. */
  #isSuspended = false;

  readonly #scenario: ScenarioHost | undefined;

  constructor(
    options: HostOptions,
    board: NoticeBoard,
    { ports, scenario }: { readonly ports: Partial<Ports>; readonly scenario: ScenarioHost | undefined },
  ) {
    this.#scenario = scenario;
    this.#options = options;
    this.#board = board;
    this.#ports = nodePorts(options.projectFolder, defaultLimits.messageSize, this.#turns, ports);
    const warn = (message: string): void => this.#log('warning', message);
    const { store, warning } = openStore({ file: options.storeFile, trouble: warn });
    if (warning !== undefined) warn(warning);
    this.#store = new SplitStore(store, new MemoryStore(STATELESS_RUNS));
    this.#addresses = new HostAddresses(
      new Signatures(callbackKey(this.#store, options.projectFolder)),
      `http://localhost:${options.port ?? 7071}`,
    );
    const nesting = (runId: string): Nesting => nestingOf((workflow) => this.#readingOf(runId)?.workflow(workflow));
    this.#gate = new DebugGate({
      nesting,
      evaluation: evaluationWith((payload) => this.#project.withoutSecrets(payload)),
      notify: (notice) => this.#notify(notice),
    });
    this.#travels = new Travels({
      gate: this.#gate,
      nesting,
      events: (runId) => this.#store.events(runId),
      engine: (runId) => this.#readingOf(runId)?.engine,
    });
    this.#invocations = new Invocations({
      store: this.#store,
      addresses: this.#addresses,
      current: () => this.#project,
      readings: () => this.#readings(),
      emit: (event) => this.#emit(event),
    });
    this.#triggers = new ArmedTriggers({
      store: this.#store,
      ports: this.#ports.ports,
      log: (level, message) => this.#log(level, message),
    });
    this.#batches = new BatchMessages(this.#store);
    this.#housekeeping = new Housekeeping(this.#store);
  }

  get workflows(): readonly string[] {
    return [...(this.#loaded?.project.workflows.keys() ?? [])];
  }

  async open(): Promise<void> {
    const { port, armTriggers } = this.#options;
    this.#loaded = await LoadedProject.read(this.#options, this.#engineOptions(), this.#batches);
    this.#addresses.publicBase = publicUrl(this.#loaded.project);
    if (port !== undefined) await this.#listen(port);
    this.#resumption = new Resumption({
      store: this.#store,
      engine: this.#loaded.engine,
      observe: (event) => this.#gate.observe(event),
      log: (level, message) => this.#log(level, message),
    });
    this.#resumption.start();
    if (armTriggers) this.#triggers.arm(this.#loaded);
    this.#housekeeping.start();
  }

  async close(): Promise<void> {
    this.#housekeeping.stop();
    await this.#triggers.disarm();
    await this.#listener?.close();
    if (this.#options.suspendOnStop === true && this.#store.durable) {
      await this.#store.commit();
      this.#isSuspended = true;
    }
    this.#gate.setEnabled(false);
    for (const { engine } of this.#readings()) await engine.close();
    await this.#ports.close();
    this.#store.close();
  }

  readonly handlers: CommandHandlers = {
    listWorkflows: () => ({ workflows: this.#project.summaries(this.#addresses) }),
    fireTrigger: (request) => this.#refusing(() => this.#invocations.fire(request)),
    cancelRun: ({ runId }) => {
      if (!this.#invocations.cancel(runId)) throw new HostError('RunNotFound', `No run '${runId}' is under way.`);
      return {};
    },
    listRuns: ({ workflow, top }) => ({
      runs: this.#store.runs({ workflow, top: top ?? DEFAULT_TOP }).map(summaryOf),
    }),
    runEvents: ({ runId }) => ({ events: this.#store.events(runId) }),
    reload: () => this.#reload(),
    setBreakpoints: (request) => {
      this.#gate.setBreakpoints(request);
      return {};
    },
    setDebugging: ({ enabled, stopOnEntry }) => {
      this.#gate.setEnabled(enabled, stopOnEntry);
      return {};
    },
    resume: ({ holdId, mode, target }) => {
      this.#travels.forget(holdId);
      if (!this.#gate.resume(holdId, mode, target)) throw notHeld();
      return {};
    },
    travel: async ({ holdId, mode }) => ({ hold: await this.#travels.travel(this.#live(holdId), mode) }),
    restartFrom: ({ runId, step, inputs }) => this.#refusing(async () => this.#restart(runId, step, inputs)),
    stepInTargets: ({ holdId }) => ({ targets: this.#gate.stepInTargets(holdId) }),
    pause: ({ runId }) => {
      this.#gate.pause(runId);
      return {};
    },
    inspect: ({ holdId, scope }) => {
      const { frame, parts = [] } = this.#held(holdId);
      if (scope === 'expression') {
        return { items: parts.map((each) => ({ ...each, value: this.#project.withoutSecrets(each.value) })) };
      }
      return { items: inspect(frame, scope, this.#project.names(frame.workflow)) };
    },
    evaluate: ({ holdId, expression }) => {
      const frame = holdId === undefined ? undefined : this.#held(holdId).frame;
      const result = evaluateTyped(expression, frame?.context ?? this.#project.context());
      if ('error' in result) return result;
      return { value: this.#project.withoutSecrets(frame?.shown(result.value, expression) ?? payloadOf(result.value)) };
    },
    setVariable: ({ holdId, name, json }) => {
      const { frame } = this.#held(holdId);
      const value = valueOfJson(json);
      if ('error' in value) return value;
      const error = this.#gate.unwatched(() => frame.setVariable(name, value.value));
      return error === undefined ? { value: payloadOf(frame.context.variable(name)) } : { error };
    },
    setAction: ({ holdId, member, json }) => {
      const value = valueOfJson(json);
      return 'error' in value ? value : changeAction(this.#held(holdId).frame, member, value.value);
    },
    close: () => ({}),
  };

  get #project(): LoadedProject {
    if (this.#loaded === undefined) throw new HostError('HostClosed', 'The project is not open.');
    return this.#loaded;
  }

  *#readings(): Iterable<LoadedProject> {
    if (this.#loaded !== undefined) yield this.#loaded;
    yield* this.#earlier;
  }

  #engineOptions(): Omit<EngineOptions, 'project'> {
    return {
      ports: this.#ports.ports,
      emit: (event) => this.#emit(event),
      commit: () => this.#store.commit(),
      nested: (request) => this.#resumption?.called(request),
      gate: this.#gate,
      addresses: this.#addresses,
      ...(this.#scenario === undefined ? {} : { options: this.#scenario.behaviour }),
      ...(this.#scenario?.connectors === undefined ? {} : { connectors: this.#scenario.connectors }),
      quiet: (workflow, isStateless) =>
        isStateless && !this.#board.wantsEvents && this.#gate.idle && !this.#project.keepsStatelessRuns(workflow),
    };
  }

  #emit(event: RunEvent): void {
    if (this.#isSuspended) return;
    this.#store.append(event);
    this.#gate.observe(event);
    if (this.#board.wantsEvents) this.#board.post({ type: 'event', event });
    if (event.type === 'runFinished') this.#runEnded(event.runId);
  }

  /** Runs that are under way end in the reading of the project that they began with. */
  async #reload(): Promise<{ readonly workflows: ReturnType<LoadedProject['summaries']> }> {
    const next = await LoadedProject.read(this.#options, this.#engineOptions(), this.#batches);
    const before = this.#loaded;
    this.#addresses.publicBase = publicUrl(next.project);
    this.#loaded = next;
    if (before !== undefined && before.engine.runs().length > 0) this.#earlier.add(before);
    if (this.#options.armTriggers) this.#triggers.arm(next);
    const workflows = next.summaries(this.#addresses);
    const problems = workflows.flatMap(({ name, problems: reasons }) =>
      reasons.map((reason) => ({ workflow: name, reason })),
    );
    this.#notify({ type: 'reloaded', problems });
    return { workflows };
  }

  /** The run that has just told its end is still counted by its engine. */
  #runEnded(endedRun: string): void {
    this.#housekeeping.runEnded();
    for (const reading of this.#earlier) {
      if (reading.engine.runs().every(({ runId }) => runId === endedRun)) this.#earlier.delete(reading);
    }
  }

  async #listen(port: number): Promise<void> {
    const hostName = this.#options.hostName ?? DEFAULT_HOST;
    const management = new Management({
      store: this.#store,
      addresses: this.#addresses,
      nesting: nestingOf((workflow) => this.#loaded?.workflow(workflow)),
      actions: this.#invocations,
      loaded: () => this.#project,
    });
    const handle = httpHandler({
      store: this.#store,
      addresses: this.#addresses,
      management,
      invocations: this.#invocations,
      hostNames: new Set([hostName.toLowerCase()]),
      loaded: () => this.#project,
    });
    const onError = (error: unknown): void => {
      const reason = error instanceof Error ? error.message : String(error);
      this.#log('error', `A request could not be answered because of a fault of the host itself: ${reason}`);
    };
    try {
      this.#listener = await listen({
        port,
        hostName,
        bodyLimit: defaultLimits.messageSize,
        turns: this.#turns,
        handle,
        onError,
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new HostError('CannotListen', `The host cannot listen on ${hostName}: ${reason}`);
    }
    const shown = hostName === DEFAULT_HOST || hostName === '0.0.0.0' ? 'localhost' : hostName;
    this.#addresses.base = `http://${shown.includes(':') ? `[${shown}]` : shown}:${this.#listener.port}`;
    this.#notify({ type: 'listening', url: this.#addresses.base, port: this.#listener.port });
  }

  #held(holdId: number): Held {
    return this.#travels.held(holdId) ?? this.#live(holdId);
  }

  #live(holdId: number): Held {
    const held = this.#gate.held(holdId);
    if (held === undefined) throw notHeld();
    return held;
  }

  /** The reading of the project that a run goes on in; of one that is not under way, the newest. */
  #readingOf(runId: string): LoadedProject | undefined {
    for (const reading of this.#readings()) if (reading.engine.run(runId) !== undefined) return reading;
    return this.#loaded;
  }

  /** A new run of the project as it is now, which takes over what the old one had done before the step. */
  #restart(runId: string, step: Step | undefined, json: string | undefined): { readonly runId: string } {
    const next = this.#ports.ports.ids.runId();
    const request = { recorded: this.#store.events(runId), next, step, json };
    restart(request, { engine: this.#project.engine, gate: this.#gate, emit: (event) => this.#emit(event) });
    this.#invocations.cancel(runId);
    return { runId: next };
  }

  /** The engine's refusals are the user's to read. */
  async #refusing<Result>(action: () => Promise<Result>): Promise<Result> {
    try {
      return await action();
    } catch (error) {
      if (error instanceof EngineError) throw new HostError(error.code, error.message);
      throw error;
    }
  }

  #notify(notice: HostNotice): void {
    this.#board.post(notice);
  }

  #log(level: 'info' | 'warning' | 'error', message: string): void {
    this.#notify({ type: 'log', level, message });
  }
}

/** What the launch gives itself stands above the scenario. */
function withSettings(options: HostOptions, { appSettings }: ScenarioHost): HostOptions {
  return { ...options, appSettings: { ...appSettings, ...options.appSettings } };
}

function notHeld(): HostError {
  return new HostError('NotHeld', 'This step is not held any more.');
}

function summaryOf(run: RunSummary): RunSummary {
  const { runId, workflow, trigger, status, startTime, endTime, clientTrackingId, error } = run;
  return {
    runId,
    workflow,
    trigger,
    status,
    startTime,
    endTime,
    clientTrackingId,
    ...(error === undefined ? {} : { error }),
  };
}
