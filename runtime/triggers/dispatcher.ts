/**
 * Lets triggers fire: what came in becomes runs, as conditions, splitOn and concurrency have it, and the caller of a Request trigger
 * gets its answer. Hosts, terminals and scenarios all go through here.
 */
import type { Value } from '../../language/json/value';
import { objectOf } from '../../language/json/value';
import type { IncomingRequest, OutgoingResponse, RunHandle } from '../engine/contract';
import type { Engine } from '../engine/engine';
import type { TriggerPlan } from '../engine/plan';
import { errorResponse } from '../engine/responseSlot';
import { headerObject, headerOf, wellKnownSpelling } from '../transforms/headers';
import { decodeBody } from '../transforms/messageBody';
import { Admission } from './admission';
import { lookOnce } from './connectorLook';
import { firingsOf } from './firings';
import type { Firings } from './firings';
import { pollConnection } from './connectionPolling';
import { pollOnce } from './polling';
import type { PollResult } from './polling';
import { readRequest } from './request';

export interface Dispatched {
  readonly runs: readonly RunHandle[];
  /** What the caller gets. */
  readonly response: Promise<OutgoingResponse>;
}

export interface FireOptions {
  /** The outputs are one item of splitOn already. */
  readonly debatched?: boolean;
  /** Milliseconds since 1970: the time the trigger was due. */
  readonly startTime?: number;
}

export interface Fired {
  readonly status: 'fired' | 'skipped' | 'failed';
  readonly runs: readonly RunHandle[];
  /** Why nothing has started. */
  readonly reason?: string;
}

/** What a look has come to. */
export interface Looked {
  readonly problems: readonly string[];
  readonly memory: Value;
  /** There is more already. */
  readonly more: boolean;
}

export class TriggerDispatcher {
  readonly #admission = new Admission();

  constructor(private readonly engine: Engine) {}

  /** A request at a Request trigger's address. Throws an `EngineError` when workflow or trigger are unknown or cannot run. */
  request(workflow: string, trigger: string | undefined, request: IncomingRequest): Dispatched {
    const plan = this.engine.trigger(workflow, trigger);
    const reading = readRequest(plan, request, this.engine.triggerContext(workflow, plan, undefined));
    if (!reading.ok) return { runs: [], response: Promise.resolve(reading.response) };
    const firings = this.#firings(workflow, plan, reading.outputs, {});
    if (firings.status === 'failed') {
      return { runs: [], response: Promise.resolve(errorResponse(400, firings.code, firings.message)) };
    }
    if (firings.status === 'skipped') return { runs: [], response: Promise.resolve(accepted([])) };
    const runs = this.#start(workflow, plan, firings, undefined, true);
    if (runs === undefined) return { runs: [], response: Promise.resolve(tooMany(plan)) };
    const [only, more] = runs;
    const waits = only !== undefined && more === undefined && !firings.split ? only.response : undefined;
    const headers = only === undefined || firings.split ? [] : this.engine.acceptedHeaders(only.runId);
    return { runs, response: waits ?? Promise.resolve(accepted(headers)) };
  }

  /** A trigger that is no request fires with these outputs: a schedule, a poll, a scenario, a user's "run now". */
  fire(workflow: string, trigger: string | undefined, outputs: Value | undefined, options: FireOptions = {}): Fired {
    const plan = this.engine.trigger(workflow, trigger);
    const firings = this.#firings(workflow, plan, outputs, options);
    if (firings.status === 'failed') return { status: 'failed', runs: [], reason: firings.message };
    if (firings.status === 'skipped') return { status: 'skipped', runs: [], reason: firings.reason };
    const runs = this.#start(workflow, plan, firings, options.startTime, false);
    if (runs === undefined) return { status: 'skipped', runs: [], reason: 'Too many runs are waiting already.' };
    return { status: 'fired', runs };
  }

  /**
   * Lets a polling trigger ask once; `location` is where the last answer sent it. Undefined when nothing on this machine can ask for it.
   */
  async poll(
    workflow: string,
    trigger: string | undefined,
    signal: AbortSignal,
    location?: string,
  ): Promise<(PollResult & Fired) | undefined> {
    const plan = this.engine.trigger(workflow, trigger);
    const context = this.engine.triggerContext(workflow, plan, undefined);
    const poll = plan.type.toLowerCase() === 'http' ? pollOnce : pollConnection;
    const result = await poll(this.engine.services, plan, context, signal, location);
    if (result === undefined) return undefined;
    if (!result.fires) return { ...result, status: result.failed ? 'failed' : 'skipped', runs: [] };
    return { ...result, ...this.fire(workflow, trigger, result.outputs) };
  }

  /**
   * Lets a connector's trigger look once; `memory` is what the last look gave, null at the first. Undefined when nothing on this
   * machine can look for it.
   */
  async look(workflow: string, trigger: string, memory: Value, signal: AbortSignal): Promise<Looked | undefined> {
    const plan = this.engine.trigger(workflow, trigger);
    const context = this.engine.triggerContext(workflow, plan, undefined);
    const look = await lookOnce(this.engine.services, plan, context, memory, signal);
    if (look === undefined || signal.aborted) return undefined;
    if ('failure' in look) return { problems: [look.failure.message], memory, more: false };
    const fired = look.bodies.map((body) => this.fire(workflow, trigger, objectOf({ body })));
    const problems = fired.flatMap(({ status, reason }) =>
      status === 'failed' ? [reason ?? 'no reason was given.'] : [],
    );
    return { problems, memory: look.memory, more: look.more === true };
  }

  /** A webhook trigger is called back at its address. */
  called(workflow: string, trigger: string | undefined, request: IncomingRequest): Fired {
    const decoded = decodeBody(request.body, headerOf(request.headers, 'content-type'));
    const queries = new Map<string, Value>(new URLSearchParams(request.query));
    const outputs = objectOf({
      headers: headerObject(request.headers, wellKnownSpelling),
      queries: queries.size === 0 ? undefined : queries,
      body: decoded.ok ? decoded.value : Buffer.from(request.body ?? []).toString('utf8'),
    });
    return this.fire(workflow, trigger, outputs);
  }

  #firings(workflow: string, plan: TriggerPlan, outputs: Value | undefined, options: FireOptions): Firings {
    return firingsOf(plan, outputs, (each) => this.engine.triggerContext(workflow, plan, each), {
      mostItems: this.engine.services.limits.splitOnItems,
      ...(options.debatched === undefined ? {} : { debatched: options.debatched }),
    });
  }

  /** Starts the runs; undefined when there is no room for the first of them. */
  #start(
    workflow: string,
    plan: TriggerPlan,
    fired: Extract<Firings, { readonly status: 'fired' }>,
    startTime: number | undefined,
    byRequest: boolean,
  ): RunHandle[] | undefined {
    const runs: RunHandle[] = [];
    for (const { outputs, clientTrackingId } of fired.firings) {
      const ticket = this.#admission.admit(plan);
      if (ticket === undefined) return runs.length === 0 ? undefined : runs;
      const handle = this.engine.start({
        workflow,
        trigger: plan.name,
        result: { outputs, ...(startTime === undefined ? {} : { startTime }) },
        answers: byRequest && !fired.split,
        ...(clientTrackingId === undefined ? {} : { clientTrackingId }),
        ...(ticket.waitFor === undefined ? {} : { waitFor: ticket.waitFor }),
      });
      ticket.hold(handle);
      runs.push(handle);
    }
    return runs;
  }
}

/** The answer to a caller that need not wait. */
function accepted(headers: readonly (readonly [string, string])[]): OutgoingResponse {
  return { statusCode: 202, headers, body: new Uint8Array() };
}

function tooMany(plan: TriggerPlan): OutgoingResponse {
  return errorResponse(
    429,
    'WorkflowRunsConcurrencyLimitExceeded',
    `The trigger '${plan.name}' cannot start another run: as many runs as it allows are running and waiting already.`,
  );
}
