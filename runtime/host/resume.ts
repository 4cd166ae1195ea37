/**
 * Takes up the stateful runs that had not ended when the last host of this store did. A run that another one had called is not called
 * again: the caller waits for it, or gets the answer that it had given.
 */
import { parseValue } from '../../language/json/parse';
import type { OutgoingResponse, RunHandle, StartRequest } from '../engine/contract';
import type { Engine } from '../engine/engine';
import { errorResponse } from '../engine/responseSlot';
import { stepKey } from '../events';
import type { RunEvent, Step } from '../events';
import type { RunStore, StoredRun } from '../store/store';
import { headerOf } from '../transforms/headers';
import { encodeBody } from '../transforms/messageBody';

export interface ResumptionOptions {
  readonly store: RunStore;
  readonly engine: Engine;
  /** Events that were told before are observed again, for those who follow runs. */
  readonly observe: (event: RunEvent) => void;
  readonly log: (level: 'info' | 'warning' | 'error', message: string) => void;
}

/** More than any run calls in its life; a bound for the query. */
const MOST_CALLED = 10_000;

export class Resumption {
  readonly #options: ResumptionOptions;
  readonly #handles = new Map<string, RunHandle | undefined>();
  /** Runs that an unfinished run had called, by the calling step. */
  readonly #called = new Map<string, StoredRun>();

  constructor(options: ResumptionOptions) {
    this.#options = options;
  }

  start(): void {
    const { store, log } = this.#options;
    const unfinished = store.unfinished();
    for (const { runId } of unfinished) {
      for (const child of store.runs({ parentRunId: runId, top: MOST_CALLED })) {
        const [first] = store.events(child.runId);
        if (first?.type !== 'runStarted' || first.parent === undefined) continue;
        const key = callKey(first.parent);
        // Newest first: of several calls of one step the last one counts.
        if (!this.#called.has(key)) this.#called.set(key, child);
      }
    }
    for (const run of unfinished) this.#resume(run);
    if (unfinished.length > 0) log('info', `${unfinished.length} unfinished runs were taken up again.`);
  }

  /** The run that a step had called before; each is given once. */
  called({ parent }: StartRequest): RunHandle | undefined {
    if (parent === undefined || this.#called.size === 0) return undefined;
    const key = callKey(parent);
    const run = this.#called.get(key);
    this.#called.delete(key);
    if (run === undefined) return undefined;
    const answer = answerOf(this.#options.store.events(run.runId));
    if (run.endTime !== undefined) {
      const waits = this.#options.engine.plan(run.workflow).responds;
      return endedHandle(run, run.endTime, answer ?? (waits ? noAnswer(run) : undefined));
    }
    const handle = this.#resume(run);
    return handle === undefined || answer === undefined
      ? handle
      : { ...handle, response: Promise.resolve(answer), asyncResponse: Promise.resolve(answer) };
  }

  /** Undefined when the run cannot be taken up: it is ended as Aborted, with the reason. */
  #resume({ runId, workflow }: StoredRun): RunHandle | undefined {
    if (this.#handles.has(runId)) return this.#handles.get(runId);
    const { store, engine, observe, log } = this.#options;
    const events = store.events(runId);
    const [first] = events;
    if (first !== undefined) observe(first);
    let handle: RunHandle | undefined;
    try {
      handle = engine.resume(events);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      log('warning', `The run ${runId} of '${workflow}' cannot be taken up again: ${reason}`);
      const last: RunEvent = {
        type: 'runFinished',
        runId,
        sequence: (events.at(-1)?.sequence ?? 0) + 1,
        time: Date.now(),
        status: 'Aborted',
        code: 'WorkflowRunNotResumed',
        error: { code: 'WorkflowRunNotResumed', message: reason },
      };
      store.append(last);
      observe(last);
    }
    this.#handles.set(runId, handle);
    return handle;
  }
}

function callKey({ runId, step }: { readonly runId: string; readonly step: Step }): string {
  return `${runId}/${stepKey(step)}`;
}

/** The answer that a run gave its caller, from its events. */
function answerOf(events: readonly RunEvent[]): OutgoingResponse | undefined {
  const sent = events.find((event) => event.type === 'responseSent');
  if (sent === undefined) return undefined;
  const headers = Object.entries(sent.headers);
  const value = sent.body.json === undefined ? undefined : parseValue(sent.body.json);
  const encoded = value?.ok === true ? encodeBody(value.value, headerOf(headers, 'content-type')) : undefined;
  return { statusCode: sent.statusCode, headers, body: encoded?.bytes ?? new Uint8Array() };
}

function noAnswer({ runId }: StoredRun): OutgoingResponse {
  return errorResponse(502, 'NoResponse', `The run '${runId}' ended without an answer to its caller.`);
}

/** `answer` is undefined where the workflow has no Response action: the caller does not wait then. */
function endedHandle(run: StoredRun, endTime: number, answer: OutgoingResponse | undefined): RunHandle {
  const { runId, workflow, clientTrackingId, status, code, error, startTime } = run;
  return {
    runId,
    workflow,
    clientTrackingId,
    response: answer && Promise.resolve(answer),
    asyncResponse: Promise.resolve(answer ?? noAnswer(run)),
    done: Promise.resolve({ runId, status, code, startTime, endTime, ...(error === undefined ? {} : { error }) }),
    cancel: () => undefined,
  };
}
