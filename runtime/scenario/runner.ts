/**
 * Runs a case: its trigger fires, its mocks answer, time is virtual. The clock moves on only when nothing else is left to do, so that
 * an hour's wait passes at once and always ends in the same order.
 */
import { randomUUID } from 'node:crypto';
import { connectionActions } from '../actions/connection';
import { isObject } from '../../language/json/value';
import type { Value } from '../../language/json/value';
import { Engine } from '../engine/engine';
import { EngineError } from '../engine/failure';
import { RunHistory } from '../engine/history';
import type { OutgoingResponse, RunHandle } from '../engine/contract';
import { errorResponse } from '../engine/responseSlot';
import type { Gate } from '../engine/gate';
import type { Limits } from '../engine/limits';
import type { RunEvent } from '../events';
import type { Ids, Processes } from '../ports';
import { BatchMessages } from '../triggers/batchMessages';
import { BatchCollector } from '../triggers/batches';
import { TriggerDispatcher } from '../triggers/dispatcher';
import { headerOf } from '../transforms/headers';
import { bytesOf } from './body';
import type { Callback, RequestTrigger, ScenarioCase } from './case';
import { ScenarioError } from './fields';
import { CaseMocks } from './mocks';
import type { Observation } from './observation';
import { projectOfCase } from './projectOfCase';
import { VirtualClock } from './virtualClock';

export interface RunOptions {
  /** Where the case's file lies. */
  readonly folder: string;
  /** Told every event as it happens. */
  readonly observe?: (event: RunEvent) => void;
  readonly gate?: Gate;
  /** Workflow time at which the case begins; now when missing. */
  readonly start?: number;
  readonly processes?: Processes;
  readonly limits?: Partial<Limits>;
}

/** Real seconds that a case may take: what waits for nothing that can happen must not wait for ever. */
const REAL_TIME = 60_000;

const connectorTypes = new Set(connectionActions.map(({ type }) => type.toLowerCase()));
/** Types that need something this machine may not have; without a mock they are told so. */
const foreignTypes = new Set(['invokefunction', 'csharpscriptcode', 'powershellcode']);

/** Runs one case. Rejects with a `ScenarioError` when the case itself is wrong. */
export async function runCase(scenario: ScenarioCase, options: RunOptions): Promise<Observation> {
  const { project, files } = await projectOfCase(scenario, options.folder);
  const start = options.start ?? Date.now();
  const clock = new VirtualClock(start);
  const workflows = new Set([...project.workflows.keys()].map((name) => name.toLowerCase()));
  const mocks = new CaseMocks(scenario, options.folder, clock, start, (type, inputs) =>
    runsForReal(type, inputs, workflows, scenario.unmatched !== undefined),
  );
  const histories = new Map<string, RunHistory>();
  const batches = new BatchCollector(
    new BatchMessages(),
    () => engine,
    () => dispatcher,
  );
  const engine: Engine = new Engine({
    project,
    batches,
    ports: { clock, ids: new CaseIds(), http: mocks, files, processes: options.processes ?? noProcesses, mocks },
    connectors: mocks,
    ...(options.gate === undefined ? {} : { gate: options.gate }),
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    options: {
      disableRetries: scenario.disableRetries,
      disableChunking: scenario.disableChunking,
      // Without an endpoint to ask there is no identity on this machine; a mocked service does not miss it.
      ignoreManagedIdentity: scenario.ignoreManagedIdentity || !project.appSettings.has('IDENTITY_ENDPOINT'),
    },
    emit(event) {
      const history = histories.get(event.runId) ?? new RunHistory();
      histories.set(event.runId, history);
      history.add(event);
      options.observe?.(event);
    },
  });
  const dispatcher = new TriggerDispatcher(engine);
  const play = new Play(scenario, options.folder, engine, dispatcher, clock);
  try {
    const { response, asyncResponse } = await play.run();
    const own = new Set(play.runs.map(({ runId }) => runId));
    const seen = [...histories.values()];
    return {
      start,
      runs: seen.filter(({ runId }) => own.has(runId)),
      called: seen.filter(({ runId }) => !own.has(runId)),
      response,
      asyncResponse,
      requests: mocks.requests,
      concurrent: mocks.concurrent,
      errors: mocks.errors,
    };
  } finally {
    await engine.close();
  }
}

/** True for an action that is carried out when no mock fits it. `workflows`: lower case; `answersAll`: what fits no mock has an answer too. */
export function runsForReal(type: string, inputs: Value, workflows: ReadonlySet<string>, answersAll: boolean): boolean {
  const lower = type.toLowerCase();
  if (connectorTypes.has(lower)) return false;
  if (lower === 'workflow') {
    const host = isObject(inputs) ? inputs.get('host') : undefined;
    const called = isObject(host) ? host.get('workflow') : undefined;
    const id = isObject(called) ? called.get('id') : undefined;
    return workflows.has(typeof id === 'string' ? (id.split('/').at(-1) ?? id).toLowerCase() : '');
  }
  return foreignTypes.has(lower) ? !answersAll : true;
}

class CaseIds implements Ids {
  #count = 0;

  guid(): string {
    return randomUUID();
  }

  runId(): string {
    return `0858${String(10n ** 24n - BigInt(++this.#count))}CU00`;
  }

  random(): number {
    return Math.random();
  }
}

const noProcesses: Processes = { run: async () => ({ missing: true }) };

/** What the caller will get: in an object, so that waiting for the object is not waiting for the answer. */
interface Answer {
  readonly response: Promise<OutgoingResponse>;
}

class Play {
  readonly runs: RunHandle[] = [];
  readonly #callbacks: Callback[];
  readonly #start: number;

  constructor(
    private readonly scenario: ScenarioCase,
    private readonly folder: string,
    private readonly engine: Engine,
    private readonly dispatcher: TriggerDispatcher,
    private readonly clock: VirtualClock,
  ) {
    this.#callbacks = [...scenario.callbacks];
    this.#start = clock.now();
    // A late call needs a moment at which the clock stops for it.
    for (const { delay } of scenario.callbacks) if (delay > 0) void clock.sleep(delay);
  }

  async run(): Promise<{ response: OutgoingResponse | undefined; asyncResponse: OutgoingResponse | undefined }> {
    let response: OutgoingResponse | undefined;
    let asyncResponse: OutgoingResponse | undefined;
    const answered = this.#fire().then(async (first) => {
      response = await first?.response;
      const [run] = this.runs;
      if (response?.statusCode === 202 && headerOf(response.headers, 'location') !== undefined && run !== undefined) {
        asyncResponse = await run.asyncResponse;
      }
    });
    let finished = false;
    const problems: unknown[] = [];
    const ended = answered
      .then(() => Promise.all(this.runs.map(({ done }) => done)))
      .then(() => this.#allEnded())
      .catch((error: unknown) => {
        problems.push(error);
      })
      .finally(() => {
        finished = true;
      });
    await this.#turnTime(() => finished);
    await ended;
    const [problem] = problems;
    if (problem instanceof Error) throw problem;
    if (problems.length > 0) throw new Error(String(problem));
    return { response, asyncResponse };
  }

  /** Runs that were called and not waited for belong to the case too. */
  async #allEnded(): Promise<void> {
    for (let open = this.engine.runs(); open.length > 0; open = this.engine.runs()) {
      await Promise.all(open.map(({ done }) => done));
    }
  }

  async #fire(): Promise<Answer | undefined> {
    const { trigger, workflow } = this.scenario;
    switch (trigger.type) {
      case 'request': {
        let first: Answer | undefined;
        for (let i = 0; i < trigger.repeat; i++) {
          const answer = await this.#request(trigger, workflow);
          first ??= answer;
        }
        return first;
      }
      case 'fire':
        for (let i = 0; i < trigger.repeat; i++) {
          const { runs } = this.dispatcher.fire(workflow, trigger.name, trigger.outputs, {
            debatched: trigger.debatched,
          });
          this.runs.push(...runs);
        }
        return undefined;
      case 'poll': {
        const polled = await this.dispatcher.poll(workflow, trigger.name, new AbortController().signal);
        if (polled === undefined) throw new ScenarioError(`No mock answers the poll of the trigger of '${workflow}'.`);
        const { runs } = polled;
        this.runs.push(...runs);
        return undefined;
      }
    }
  }

  async #request(trigger: RequestTrigger, workflow: string): Promise<Answer> {
    const body = await bytesOf(trigger.body, this.folder);
    const headers: [string, string][] = trigger.headers.map(([name, value]) => [name, value]);
    const contentType = trigger.contentType ?? body?.contentType;
    if (contentType !== undefined && headerOf(headers, 'content-type') === undefined)
      headers.push(['Content-Type', contentType]);
    const { method, relativePath: path, query } = trigger;
    try {
      const { runs, response } = this.dispatcher.request(workflow, trigger.name, {
        method,
        path: path.replace(/^\//, ''),
        query,
        headers,
        body: body?.bytes,
      });
      this.runs.push(...runs);
      return { response };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      if (error.code !== 'InvalidTemplate') throw new ScenarioError(error.message);
      return { response: Promise.resolve(errorResponse(400, error.code, error.message)) };
    }
  }

  /** Lets everything happen that can, then moves the clock to the next moment, until the case is over. */
  async #turnTime(finished: () => boolean): Promise<void> {
    const deadline = performance.now() + REAL_TIME;
    for (let idle = 0; !finished();) {
      await this.#settle();
      if (finished()) return;
      if (this.engine.busy) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      } else if (await this.#callBack()) {
        idle = 0;
      } else if (this.clock.advance()) {
        idle = 0;
      } else if (++idle > 50) {
        throw new ScenarioError(this.#stuck());
      } else {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      if (performance.now() > deadline)
        throw new ScenarioError(`The case did not end within ${REAL_TIME / 1000} seconds.`);
    }
  }

  #stuck(): string {
    const [waiting] = this.engine.runs();
    return waiting === undefined
      ? 'The case does not go on.'
      : `The run of '${waiting.workflow}' waits for something that no mock and no callback brings.`;
  }

  /** Two turns of the event loop: everything that was resolved has had its effect. */
  async #settle(): Promise<void> {
    for (let i = 0; i < 2; i++) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Makes the next call from outside whose action waits for one. */
  async #callBack(): Promise<boolean> {
    for (const [index, callback] of this.#callbacks.entries()) {
      if (this.clock.now() < this.#start + callback.delay) continue;
      for (const { runId } of this.engine.runs()) {
        const step = this.engine.waitingStep(runId, callback.action);
        if (step === undefined) continue;
        this.#callbacks.splice(index, 1);
        const body = await bytesOf(callback.body, this.folder);
        const headers: [string, string][] = callback.headers.map(([name, value]) => [name, value]);
        const contentType = callback.contentType ?? body?.contentType;
        if (contentType !== undefined && headerOf(headers, 'content-type') === undefined) {
          headers.push(['Content-Type', contentType]);
        }
        this.engine.callback(runId, step, { method: callback.method, path: '', query: '', headers, body: body?.bytes });
        return true;
      }
    }
    return false;
  }
}
