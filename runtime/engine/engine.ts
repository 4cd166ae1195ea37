/** The engine's entry: it turns a trigger's result into a run and tells what the run does as events. */
import type { ObjectValue, Value } from '../../language/json/value';
import { isObject, objectOf } from '../../language/json/value';
import { stringOf } from '../../language/json/tree';
import type { WorkflowReading } from '../../language/workflow/read';
import type { RunEvent, Step } from '../events';
import { TriggerContext } from '../triggers/context';
import { webhookOf } from '../actions/http/webhookCalls';
import type { EngineOptions, IncomingRequest, OutgoingResponse, RunHandle, StartRequest } from './contract';
import { execute } from './execute';
import { EngineError } from './failure';
import { openGate } from './gate';
import type { Gate } from './gate';
import { limitsOf } from './hostSettings';
import { defaultLimits } from './limits';
import { localAddresses } from './localAddresses';
import { ParameterValues } from './parameters';
import { planWorkflow } from './plan';
import type { TriggerPlan, WorkflowPlan } from './plan';
import { runProblems } from './problems';
import { Redactor } from './recorder';
import { Replay } from './replay';
import { resubmission } from './resubmission';
import type { Resubmission } from './resubmission';
import { responseHeaders } from './responseHeaders';
import { ResponseTimeouts } from './responseTimeouts';
import { Run } from './run';
import { Secrecy } from './secrecy';
import { anyCase } from './settings';
import { trackedProperties, WorkCounter } from './services';
import type { EngineServices } from './services';
import { textOf } from './text';

interface Loaded {
  readonly name: string;
  readonly reading: WorkflowReading;
  readonly plan: WorkflowPlan | undefined;
  readonly problems: readonly string[];
  readonly parameters: ParameterValues;
  redactor: Redactor | undefined;
  readonly secrecy: Map<TriggerPlan, Secrecy>;
}

export class Engine {
  readonly services: EngineServices;
  readonly #loaded = new Map<string, Loaded>();
  readonly #runs = new Map<string, { readonly run: Run; readonly handle: RunHandle }>();
  readonly #timeouts: ResponseTimeouts;
  readonly #work = new WorkCounter();

  constructor(options: EngineOptions) {
    const { ports, project, gate } = options;
    const limits = { ...defaultLimits, ...limitsOf(project.host), ...options.limits };
    this.services = {
      ports,
      project,
      limits,
      behaviour: options.options ?? {},
      addresses: options.addresses ?? localAddresses,
      connectors: options.connectors,
      batches: options.batches,
      gate: gate === openGate ? undefined : gate,
      work: this.#work,
      location: project.appSettings.get('WORKFLOWS_LOCATION_NAME') ?? 'local',
      emit: (event: RunEvent) => options.emit(event),
      quiet: ({ name, stateless }) => options.quiet?.(name, stateless) ?? false,
      ...(options.commit === undefined ? {} : { commit: () => options.commit?.() }),
      execute,
      trackedProperties,
      start: (request) => options.nested?.(request) ?? this.start(request),
    };
    this.#timeouts = new ResponseTimeouts(ports.clock, limits.responseTimeout);
  }

  /** Names of the project's workflows, as their folders are written. */
  get workflows(): readonly string[] {
    return [...this.services.project.workflows.keys()];
  }

  /** Why a workflow cannot run; empty when it can. Throws an `EngineError` when there is no such workflow. */
  problems(workflow: string): readonly string[] {
    return this.#load(workflow).problems;
  }

  /** The prepared workflow. Throws an `EngineError` when it is unknown or cannot run, with every reason. */
  plan(workflow: string): WorkflowPlan {
    return this.#ready(workflow).plan;
  }

  /** The trigger of this name, or the only one. Throws an `EngineError`. */
  trigger(workflow: string, name?: string): TriggerPlan {
    return triggerOf(this.plan(workflow), name);
  }

  /** The method that a Request trigger asks for; POST unless it says otherwise. */
  triggerMethod(trigger: TriggerPlan): string {
    return stringOf(anyCase(trigger.inputsNode, 'method'))?.toUpperCase() ?? 'POST';
  }

  /** What the expressions of a trigger see. */
  triggerContext(workflow: string, trigger: TriggerPlan, outputs: Value | undefined, url?: string): TriggerContext {
    const { name, parameters } = this.#load(workflow);
    return new TriggerContext(parameters, this.services, name, trigger, outputs, url);
  }

  /** Starts a run. Throws an `EngineError` when the workflow is unknown or cannot run. */
  start(request: StartRequest): RunHandle {
    return this.#start(request, undefined);
  }

  /**
   * Takes up a run that had not ended when its process did, from its events. What is secured is not in them: a run that may need such
   * a value cannot be taken up, and an `EngineError` says so before anything is told. `tell` is given the events first when nobody has
   * been told them yet; `answers` is false where nobody listens to its Response actions, as of a resubmission.
   */
  resume(events: readonly RunEvent[], tell?: (event: RunEvent) => void, answers = true): RunHandle {
    const replay = new Replay(events);
    const request = replay.request();
    if (request === undefined) throw notRecorded();
    const lost = replay.lost(this.#ready(request.workflow).plan);
    if (lost !== undefined) throw notRecorded(lost);
    if (tell !== undefined) for (const event of events) tell(event);
    return this.#start(answers ? request : { ...request, answers }, replay);
  }

  /**
   * The events with which a run begins that repeats another from some of its actions, for `resume`. Throws an `EngineError` when the
   * workflow is gone or cannot run.
   */
  resubmission(events: readonly RunEvent[], workflow: string, actions: readonly string[]): Resubmission {
    const { ids, clock } = this.services.ports;
    return resubmission(this.plan(workflow), events, actions, ids.runId(), clock.now());
  }

  /**
   * A run as it stood when its events ended, for looking at: nothing is executed or told. `gate` is asked for what had not finished,
   * and for `except`, and must hold it. Returns a function that ends the look. Throws an `EngineError` as `resume` does.
   */
  recorded(events: readonly RunEvent[], gate: Gate, except?: Step): () => void {
    const replay = new Replay(events, except);
    const runId = events[0]?.runId ?? '';
    // What is secured is not in the events; a run that is under way still has it.
    const request = this.#runs.get(runId)?.run.request ?? replay.request();
    if (request === undefined) throw notRecorded();
    const { plan, parameters, redactor, secrecy } = this.#ready(request.workflow);
    const trigger = triggerOf(plan, request.trigger);
    const work = new WorkCounter();
    const silent = { emit: () => undefined, quiet: () => true, commit: () => undefined };
    const run = new Run({
      runId,
      plan,
      trigger,
      request: { workflow: request.workflow, result: request.result, answers: false },
      parameters,
      services: { ...this.services, ...silent, gate, work },
      secrecy: secrecy(trigger),
      redactor,
      clientTrackingId: replay.clientTrackingId ?? runId,
      replay,
    });
    run.begin();
    return () => run.cancel();
  }

  #start(request: StartRequest, replay: Replay | undefined): RunHandle {
    const { plan, parameters, redactor, secrecy } = this.#ready(request.workflow);
    const trigger = triggerOf(plan, request.trigger);
    const runId = request.runId ?? this.services.ports.ids.runId();
    const run = new Run({
      runId,
      plan,
      trigger,
      request,
      parameters,
      services: this.services,
      secrecy: secrecy(trigger),
      redactor,
      clientTrackingId: replay?.clientTrackingId ?? this.#trackingId(plan, trigger, request, runId),
      ...(replay === undefined ? {} : { replay }),
    });
    const waits = run.answers && plan.responds;
    const handle: RunHandle = {
      runId,
      workflow: plan.name,
      clientTrackingId: run.clientTrackingId,
      response: waits ? run.response.first : undefined,
      asyncResponse: run.response.final,
      done: run.done,
      cancel: () => run.cancel(),
    };
    this.#runs.set(runId, { run, handle });
    void run.done.then(() => {
      this.#runs.delete(runId);
      this.#timeouts.forget(run);
    });
    if (waits && plan.respondsLater) run.response.accept(pollingAnswer(run));
    else if (waits) this.#timeouts.watch(run);
    run.begin();
    return handle;
  }

  /** A run that has not ended. */
  run(runId: string): RunHandle | undefined {
    return this.#runs.get(runId)?.handle;
  }

  runs(): readonly RunHandle[] {
    return [...this.#runs.values()].map(({ handle }) => handle);
  }

  /** The headers that a caller gets with the 202 for a run it has started. */
  acceptedHeaders(runId: string): [string, string][] {
    const known = this.#runs.get(runId);
    return known === undefined ? [] : responseHeaders(known.run);
  }

  /** Hands a call from outside to the webhook action that waits for it; undefined when nothing waits there (any more). */
  callback(runId: string, step: Step, request: IncomingRequest): OutgoingResponse | undefined {
    const waiting = this.#runs.get(runId)?.run.runningStep(step);
    return waiting && webhookOf(waiting)?.receive(request);
  }

  /** The execution of a webhook action of this name that waits to be called, if there is one. */
  waitingStep(runId: string, action: string): Step | undefined {
    const wanted = action.toLowerCase();
    return this.#runs
      .get(runId)
      ?.run.runningSteps()
      .find((step) => step.name.toLowerCase() === wanted && webhookOf(step) !== undefined)?.id;
  }

  /** True while there is work that does not wait for the clock: a virtual clock must not advance then. */
  get busy(): boolean {
    return this.#work.busy;
  }

  /** Cancels every run and waits for their end. */
  async close(): Promise<void> {
    this.#timeouts.close();
    const open = [...this.#runs.values()];
    for (const { run } of open) run.cancel();
    await Promise.all(open.map(({ run }) => run.done));
  }

  #load(workflow: string): Loaded {
    const key = workflow.toLowerCase();
    const known = this.#loaded.get(key);
    if (known !== undefined) return known;
    const found = [...this.services.project.workflows].find(([name]) => name.toLowerCase() === key);
    if (found === undefined) {
      throw new EngineError('WorkflowNotFound', `The workflow '${workflow}' could not be found in the project.`);
    }
    const [name, reading] = found;
    const plan = reading.workflow && planWorkflow(name, reading.workflow);
    const { clock, ids } = this.services.ports;
    const loaded: Loaded = {
      name,
      reading,
      plan,
      problems: runProblems(reading, plan),
      parameters: new ParameterValues(this.services.project, reading.workflow, () => clock.now(), ids),
      redactor: undefined,
      secrecy: new Map(),
    };
    this.#loaded.set(key, loaded);
    return loaded;
  }

  #ready(workflow: string): {
    readonly plan: WorkflowPlan;
    readonly parameters: ParameterValues;
    readonly redactor: Redactor;
    readonly secrecy: (trigger: TriggerPlan) => Secrecy;
  } {
    const loaded = this.#load(workflow);
    const { plan, problems, parameters } = loaded;
    if (plan === undefined || problems.length > 0) {
      const reasons = problems.map((reason) => `\n- ${reason}`).join('');
      throw new EngineError('InvalidTemplate', `The workflow '${loaded.name}' cannot run:${reasons}`, problems);
    }
    const redactor = (loaded.redactor ??= new Redactor(parameters.secrets()));
    const secrecy = (trigger: TriggerPlan): Secrecy => {
      let made = loaded.secrecy.get(trigger);
      if (made === undefined) loaded.secrecy.set(trigger, (made = new Secrecy(plan, trigger)));
      return made;
    };
    return { plan, parameters, redactor, secrecy };
  }

  /** The trigger's own correlation, else what the caller sent, else the run's id. */
  #trackingId(plan: WorkflowPlan, trigger: TriggerPlan, request: StartRequest, runId: string): string {
    const node = anyCase(trigger.settings.member('correlation'), 'clientTrackingId');
    if (node !== undefined) {
      const context = this.triggerContext(plan.name, trigger, request.result.outputs);
      try {
        const value = trigger.template(node).evaluate(context);
        if (value !== null && value !== '') return textOf(value);
      } catch {
        // A correlation that cannot be evaluated must not lose the run: it gets the id it would have without one.
      }
    }
    return request.clientTrackingId ?? trackingHeader(request.result.outputs) ?? runId;
  }
}

function notRecorded(reason = 'what its trigger brought is secured and was not kept'): EngineError {
  return new EngineError('InvalidTemplate', `The run cannot be resumed: ${reason}.`);
}

function triggerOf(plan: WorkflowPlan, name: string | undefined): TriggerPlan {
  const found =
    name === undefined
      ? plan.triggers[0]
      : plan.triggers.find((trigger) => trigger.name.toLowerCase() === name.toLowerCase());
  if (found === undefined) {
    throw new EngineError('WorkflowTriggerNotFound', `The workflow '${plan.name}' has no trigger '${name ?? ''}'.`);
  }
  return found;
}

function trackingHeader(outputs: Value | undefined): string | undefined {
  const headers: Value | undefined = isObject(outputs) ? outputs.get('headers') : undefined;
  const object: ObjectValue = isObject(headers) ? headers : objectOf({});
  for (const [name, value] of object) {
    if (name.toLowerCase() === 'x-ms-client-tracking-id' && typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** What the caller of an asynchronous Response action gets first: where to ask for the answer. */
function pollingAnswer(run: Run): OutgoingResponse {
  const location = run.services.addresses.asyncResponse(run.plan.name, run.runId);
  return {
    statusCode: 202,
    headers: [['Location', location], ['Retry-After', '15'], ...responseHeaders(run)],
    body: new Uint8Array(),
  };
}
