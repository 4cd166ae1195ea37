/**
 * What makes runs from outside: calls of addresses, commands, the management interface. Requests are checked and turned into runs by the
 * engine's dispatcher; here is what a host adds: which reading of the project is meant, and the answers of asynchronous responses.
 */
import type { Trigger } from '../../language/workflow/model';
import { parseValue } from '../../language/json/parse';
import type { Value } from '../../language/json/value';
import type { IncomingRequest, OutgoingResponse } from '../engine/contract';
import { EngineError } from '../engine/failure';
import { errorResponse } from '../engine/responseSlot';
import type { Engine } from '../engine/engine';
import type { RunEvent, Step } from '../events';
import type { RunStore, StoredRun } from '../store/store';
import { triggerHandler } from '../triggers/registry';
import type { Commands, SentResponse } from './commands';
import { HostError } from './commands';
import type { HostAddresses } from './http/addresses';
import { emptyAnswer, refusal } from './http/failures';
import type { HttpAnswer } from './http/failures';
import type { ManagementActions } from './http/management';
import type { RunView } from './http/runView';
import type { LoadedProject } from './loadedProject';

export interface InvocationOptions {
  readonly store: RunStore;
  readonly addresses: HostAddresses;
  /** The current reading of the project. */
  current(): LoadedProject;
  /** It and the earlier ones that still have runs. */
  readings(): Iterable<LoadedProject>;
  /** Tells what has happened in a run that the engine does not tell itself. */
  emit(event: RunEvent): void;
}

type FireTrigger = Commands['fireTrigger'];

/** Answers of asynchronous responses that may still be asked for. */
const KEPT_ANSWERS = 200;

export class Invocations implements ManagementActions {
  readonly #options: InvocationOptions;
  readonly #answers = new Map<string, OutgoingResponse>();

  constructor(options: InvocationOptions) {
    this.#options = options;
  }

  /** A call of a Request or webhook trigger's address. */
  request(
    workflow: string,
    trigger: Trigger,
    request: IncomingRequest,
  ): { readonly runIds: readonly string[]; readonly response: Promise<OutgoingResponse> } {
    const { engine, dispatcher } = this.#options.current();
    const problems = engine.problems(workflow);
    if (problems.length > 0) {
      const message = `The workflow '${workflow}' cannot run: ${problems.join(' ')}`;
      return { runIds: [], response: Promise.resolve(errorResponse(400, 'InvalidTemplate', message)) };
    }
    if (triggerHandler(trigger.type)?.manner === 'webhook') {
      const { runs, status, reason } = dispatcher.called(workflow, trigger.name, request);
      const response =
        status === 'failed'
          ? errorResponse(400, 'InvalidTemplate', reason ?? '')
          : { statusCode: 202, headers: [], body: new Uint8Array() };
      return { runIds: runs.map(({ runId }) => runId), response: Promise.resolve(response) };
    }
    const { runs, response } = dispatcher.request(workflow, trigger.name, request);
    for (const { runId, asyncResponse } of runs) {
      // Only an asynchronous response is asked for again: its first answer is a 202 with a Location.
      void response.then(({ statusCode }) => {
        if (statusCode === 202) void asyncResponse.then((answer) => this.#keep(runId, answer));
      });
    }
    return { runIds: runs.map(({ runId }) => runId), response };
  }

  /** The command of the extension and the terminal: resolves when the run has been accepted. */
  async fire(given: FireTrigger['request']): Promise<FireTrigger['reply']> {
    const { dispatcher, ...project } = this.#named(given.workflow, given.trigger);
    const { workflow, trigger } = project;
    if (triggerHandler(trigger.type)?.manner === 'request' && given.outputs === undefined) {
      const { runIds, response } = this.request(workflow, trigger, incomingOf(given.request));
      // A refusal, and the answer of a run that ends at once, are at hand now; nobody waits for one that takes its time.
      const answer = await Promise.race([response, turnsOfTheLoop(3)]);
      await this.#options.store.commit();
      return { runIds, ...(answer === undefined ? {} : { response: sentOf(answer) }) };
    }
    const outputs = given.outputs === undefined ? undefined : valueOf(given.outputs);
    const fired = dispatcher.fire(workflow, trigger.name, outputs);
    if (fired.status !== 'fired') {
      throw new HostError('TriggerNotFired', fired.reason ?? `The trigger '${trigger.name}' started no run.`);
    }
    await this.#options.store.commit();
    return { runIds: fired.runs.map(({ runId }) => runId) };
  }

  async runTrigger(workflow: string, trigger: Trigger, request: IncomingRequest): Promise<HttpAnswer> {
    const { dispatcher } = this.#options.current();
    if (triggerHandler(trigger.type)?.manner === 'request') {
      const answer = await this.request(workflow, trigger, { ...request, path: '' }).response;
      await this.#options.store.commit();
      return answer;
    }
    const outputs = request.body === undefined ? undefined : valueOf(Buffer.from(request.body).toString('utf8'));
    const fired = dispatcher.fire(workflow, trigger.name, outputs);
    await this.#options.store.commit();
    if (fired.status === 'failed') return refusal(400, 'InvalidTemplate', fired.reason ?? '');
    const [run] = fired.runs;
    return emptyAnswer(202, run === undefined ? [] : [['x-ms-workflow-run-id', run.runId]]);
  }

  async resubmit(run: StoredRun, { history }: RunView): Promise<string | HttpAnswer> {
    const outputs = history.trigger?.outputs;
    if (outputs?.secured === true) {
      return refusal(400, 'TriggerOutputsSecured', 'What the trigger brought is secured and was not kept.');
    }
    return this.#again(run, (engine) =>
      engine.start({
        workflow: run.workflow,
        trigger: run.trigger,
        result: { outputs: outputs?.json === undefined ? undefined : valueOf(outputs.json) },
        answers: false,
      }),
    );
  }

  async resubmitFrom(run: StoredRun, actions: readonly string[]): Promise<string | HttpAnswer> {
    const { store } = this.#options;
    if (run.endTime === undefined) {
      const message = `The run '${run.runId}' has not ended: only then can it be run again from an action.`;
      return refusal(409, 'WorkflowRunInProgress', message);
    }
    if (run.stateless) {
      const message = `The run '${run.runId}' is stateless: its actions have left no results to go on from.`;
      return refusal(400, 'WorkflowRunNotResubmittable', message);
    }
    return this.#again(run, (engine) => {
      const begun = engine.resubmission(store.events(run.runId), run.workflow, actions);
      if ('problem' in begun) {
        return refusal(begun.code === 'WorkflowRunActionNotFound' ? 404 : 400, begun.code, begun.problem);
      }
      return engine.resume(begun.events, (event) => this.#options.emit(event), false);
    });
  }

  /** Starts a run on behalf of a past one; what the engine refuses is the answer. */
  async #again(
    run: StoredRun,
    start: (engine: Engine) => { readonly runId: string } | HttpAnswer,
  ): Promise<string | HttpAnswer> {
    try {
      const started = start(this.#options.current().engine);
      if (!('runId' in started)) return started;
      await this.#options.store.commit();
      return started.runId;
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      return refusal(
        400,
        'WorkflowRunNotResubmittable',
        `The run '${run.runId}' cannot be run again. ${error.message}`,
      );
    }
  }

  cancel(runId: string): boolean {
    for (const { engine } of this.#options.readings()) {
      const run = engine.run(runId);
      run?.cancel();
      if (run !== undefined) return true;
    }
    return false;
  }

  callback(runId: string, step: Step, request: IncomingRequest): OutgoingResponse | undefined {
    for (const { engine } of this.#options.readings()) {
      const response = engine.callback(runId, step, request);
      if (response !== undefined) return response;
    }
    return undefined;
  }

  /** The answer behind the Location of an asynchronous response. */
  asyncResponse(runId: string): OutgoingResponse | 'pending' | 'unknown' {
    const kept = this.#answers.get(runId);
    if (kept !== undefined) return kept;
    for (const { engine } of this.#options.readings()) {
      if (engine.run(runId) !== undefined) return 'pending';
    }
    return 'unknown';
  }

  #keep(runId: string, answer: OutgoingResponse): void {
    this.#answers.set(runId, answer);
    if (this.#answers.size <= KEPT_ANSWERS) return;
    for (const oldest of this.#answers.keys()) {
      this.#answers.delete(oldest);
      return;
    }
  }

  #named(
    name: string,
    triggerName: string | undefined,
  ): Pick<LoadedProject, 'dispatcher'> & { readonly workflow: string; readonly trigger: Trigger } {
    const project = this.#options.current();
    const workflow = project.workflowName(name);
    if (workflow === undefined) {
      throw new EngineError('WorkflowNotFound', `The workflow '${name}' could not be found.`);
    }
    const [only] = project.workflow(workflow)?.triggers ?? [];
    const trigger = triggerName === undefined ? only : project.trigger(workflow, triggerName);
    if (trigger === undefined) {
      throw new EngineError(
        'WorkflowTriggerNotFound',
        `The workflow '${workflow}' has no trigger '${triggerName ?? ''}'.`,
      );
    }
    return { dispatcher: project.dispatcher, workflow, trigger };
  }
}

function valueOf(json: string): Value {
  const read = parseValue(json);
  if (!read.ok) throw new HostError('InvalidJson', `The outputs of the trigger are no JSON: ${read.message}`);
  return read.value;
}

function incomingOf(request: FireTrigger['request']['request']): IncomingRequest {
  return {
    method: request?.method ?? 'POST',
    path: request?.relativePath?.replace(/^\//, '') ?? '',
    query: request?.query?.replace(/^\?/, '') ?? '',
    headers: Object.entries(request?.headers ?? {}),
    body: request?.bodyBase64 === undefined ? undefined : Buffer.from(request.bodyBase64, 'base64'),
  };
}

function sentOf({ statusCode, headers, body }: OutgoingResponse): SentResponse {
  return {
    statusCode,
    headers: Object.fromEntries(headers),
    bodyBase64: Buffer.from(body).toString('base64'),
  };
}

async function turnsOfTheLoop(count: number): Promise<undefined> {
  for (let turn = 0; turn < count; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
}
