/**
 * One run: the scheduler. Actions that are ready stand in a queue and are executed one after the other; what is at hand at once is
 * settled at once, so that a chain of a thousand Composes needs neither recursion nor promises. Between bundles of work the run
 * yields to the event loop, so that no workflow can hold up its process.
 */
import type { ObjectValue, Value } from '../../language/json/value';
import { objectOf } from '../../language/json/value';
import type { ActionStatus, Attempt, Failure, RunEvent, Step } from '../events';
import { stepKey } from '../events';
import type { OutgoingResponse, RunOutcome, StartRequest } from './contract';
import { Activation } from './activation';
import type { ActionRecord } from './activation';
import { RunContext } from './context';
import {
  actionFailed,
  branchNotTaken,
  defaultCode,
  outcomeOfThrown,
  parentSkipped,
  runAfterNotSatisfied,
  terminatedBefore,
} from './failure';
import type { Ending, Outcome } from './failure';
import { FrameView } from './frame';
import type { Gate } from './gate';
import type { ActionPlan, ScopePlan, TriggerPlan, WorkflowPlan } from './plan';
import { slotsOf } from './plan';
import type { EventBody, Redactor } from './recorder';
import type { ParameterValues } from './parameters';
import type { Replay } from './replay';
import { ResponseSlot } from './responseSlot';
import { ScopeRun } from './scopeRun';
import type { Secrecy } from './secrecy';
import type { EngineServices } from './services';
import { scopeStatus } from './status';
import { ActionStep } from './step';
import { timestamp } from './time';
import { Variables } from './variables';
import type { Variable } from './variables';

/** Milliseconds of work before the run lets others have the thread. */
const SLICE = 8;
/** Steps between looks at the clock. */
const STEPS_PER_LOOK = 64;

interface Ready {
  readonly scopeRun: ScopeRun;
  readonly action: ActionPlan;
}

export interface RunBasis {
  readonly runId: string;
  readonly plan: WorkflowPlan;
  readonly trigger: TriggerPlan;
  readonly request: StartRequest;
  readonly parameters: ParameterValues;
  readonly services: EngineServices;
  readonly secrecy: Secrecy;
  readonly redactor: Redactor;
  readonly clientTrackingId: string;
  /** Set when the run is taken up again after its process ended. */
  readonly replay?: Replay;
}

export class Run {
  readonly runId: string;
  readonly plan: WorkflowPlan;
  readonly trigger: TriggerPlan;
  readonly parameters: ParameterValues;
  readonly services: EngineServices;
  readonly clientTrackingId: string;
  readonly variables = new Variables();
  readonly response: ResponseSlot;
  readonly done: Promise<RunOutcome>;
  readonly startTime: number;
  readonly request: StartRequest;
  readonly #redactor: Redactor;
  readonly #secrecy: Secrecy;
  readonly #replay: Replay | undefined;
  readonly #root: Activation;
  readonly #contexts = new WeakMap<Activation, RunContext>();
  readonly #running = new Set<ActionStep>();
  #queue: Ready[] = [];
  #head = 0;
  #draining = false;
  #sequence: number;
  #resolveDone: (outcome: RunOutcome) => void = () => undefined;
  #ending: Ending | undefined;
  #finished = false;
  #opened = false;
  #correlationId: string | undefined;
  readonly #basis: RunBasis;
  /** Only start, answer and end are told. */
  readonly #quiet: boolean;
  #triggerView: ObjectValue | undefined;
  #workflowView: ObjectValue | undefined;
  readonly #controller = new AbortController();

  constructor(basis: RunBasis) {
    const { runId, plan, trigger, request, services } = basis;
    this.runId = runId;
    this.plan = plan;
    this.trigger = trigger;
    this.request = request;
    this.parameters = basis.parameters;
    this.services = services;
    this.clientTrackingId = basis.clientTrackingId;
    this.#redactor = basis.redactor;
    this.#secrecy = basis.secrecy;
    this.#replay = basis.replay;
    this.#sequence = basis.replay?.sequence ?? 0;
    this.startTime = basis.replay?.startTime ?? services.ports.clock.now();
    this.#root = new Activation(undefined, undefined, 0, undefined, [], slotsOf(plan.root));
    this.response = new ResponseSlot(this);
    this.#basis = basis;
    this.#quiet = services.quiet(plan);
    this.done = new Promise((resolve) => {
      this.#resolveDone = resolve;
    });
  }

  /** What `trigger()` gives. */
  get triggerView(): ObjectValue {
    return (this.#triggerView ??= triggerView(this.#basis, this.startTime));
  }

  /** What `workflow()` gives. */
  get workflowView(): ObjectValue {
    return (this.#workflowView ??= workflowView(this.#basis));
  }

  /** False when nobody waits for a Response action. */
  get answers(): boolean {
    return this.request.answers ?? true;
  }

  /** One id for everything that one call from outside has started. */
  get correlationId(): string {
    return (this.#correlationId ??= this.services.ports.ids.guid());
  }

  /** The `x-ms-*` headers of an answer, unless the trigger suppresses them. */
  responseHeaders(): [string, string][] {
    if (this.trigger.settings.option('SuppressWorkflowHeadersOnResponse')) return [];
    return [
      ['x-ms-workflow-id', this.plan.name],
      ['x-ms-workflow-name', this.plan.name],
      ['x-ms-workflow-run-id', this.runId],
      ['x-ms-client-tracking-id', this.clientTrackingId],
      ['x-ms-trigger-history-name', this.runId],
      ['x-ms-execution-location', this.services.location],
      ['x-ms-tracking-id', this.correlationId],
      ['x-ms-correlation-id', this.correlationId],
      ['x-ms-request-id', this.correlationId],
    ];
  }

  /** Aborted when the run is to end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** True once the run is to end: nothing new starts, what runs is being cancelled. */
  get ending(): boolean {
    return this.#ending !== undefined;
  }

  /** Undefined while nothing can be held. */
  get #gate(): Gate | undefined {
    const { gate } = this.services;
    return gate?.idle === true ? undefined : gate;
  }

  /** Tells the start and begins with the first actions, now or when the run may. */
  begin(): void {
    const { result, parent, waitFor } = this.request;
    if (this.#replay === undefined) {
      this.emit({
        type: 'runStarted',
        workflow: this.plan.name,
        trigger: this.trigger.name,
        stateless: this.plan.stateless,
        clientTrackingId: this.clientTrackingId,
        ...(parent === undefined ? {} : { parent }),
      });
      const hidden = this.#secrecy.trigger;
      this.emit({
        type: 'triggerFired',
        trigger: this.trigger.name,
        status: result.status ?? 'Succeeded',
        startTime: result.startTime ?? this.startTime,
        inputs: this.#redactor.payload(result.inputs, hidden.inputs),
        outputs: this.#redactor.payload(result.outputs, hidden.outputs),
      });
    }
    if (waitFor === undefined) {
      this.#open();
      return;
    }
    this.emit({ type: 'paused', step: undefined, reason: 'waiting' });
    void waitFor.then(() => {
      this.emit({ type: 'resumed', step: undefined });
      this.#open();
    });
  }

  #open(): void {
    if (this.#opened) return;
    const gate = this.#gate;
    const start = (): void => {
      if (this.#opened) return;
      this.#opened = true;
      for (const variable of this.#replay?.variables ?? []) this.variables.restore(variable);
      this.enter(this.plan.root, this.#root, undefined, (scopeRun) => this.#rootDone(scopeRun));
      this.#drain();
    };
    const held = gate?.before(new FrameView(this, undefined, undefined));
    if (held === undefined) start();
    else void held.then(start);
  }

  /** Starts a scope's actions. Its end is told by `done`, at once when it has none. */
  enter(plan: ScopePlan, activation: Activation, owner: ActionStep | undefined, done: (run: ScopeRun) => void): void {
    const scopeRun = new ScopeRun(plan, activation, owner, done);
    if (scopeRun.left === 0) {
      done(scopeRun);
      return;
    }
    for (const action of plan.starts) this.#queue.push({ scopeRun, action });
    // Actions that wait for each other in a circle would never start; the definition check refuses them.
    this.#drain();
  }

  /** Marks everything in a scope that does not run. */
  skip(plan: ScopePlan, activation: Activation, reason: (action: string) => Failure): void {
    for (const action of plan.actions) {
      this.#recordSkipped(action, activation, reason(action.name));
      for (const nested of action.scopes) this.skip(nested, activation, (name) => parentSkipped(name, action.name));
    }
  }

  /** A branch, case or else that the condition did not choose. */
  skipBranch(plan: ScopePlan, activation: Activation): void {
    this.skip(plan, activation, branchNotTaken);
  }

  /** What stands in an action that is not carried out. */
  skipBelow(plan: ScopePlan, activation: Activation, parent: string): void {
    this.skip(plan, activation, (name) => parentSkipped(name, parent));
  }

  /** A branch whose condition cannot be evaluated: its own actions fail, what is inside them is skipped. */
  failBranch(plan: ScopePlan, activation: Activation, error: Failure): void {
    for (const action of plan.actions) {
      const now = this.services.ports.clock.now();
      const record = { ...newRecord(action, now), status: 'Failed' as const, code: error.code, error };
      activation.records[action.slot] = record;
      for (const nested of action.scopes) this.skipBelow(nested, activation, action.name);
      const step = { action: action.name, repetition: activation.repetition };
      if (this.#quiet || this.#replay?.knows(step) === true) continue;
      const { code } = error;
      this.emit({ type: 'actionFinished', step, status: 'Failed', code, startTime: now, outputs: {}, error });
    }
  }

  contextOf(activation: Activation): RunContext {
    let context = this.#contexts.get(activation);
    if (context === undefined) {
      context = new RunContext(this, activation);
      this.#contexts.set(activation, context);
    }
    return context;
  }

  get rootContext(): RunContext {
    return this.contextOf(this.#root);
  }

  /** Ends the run early: what runs is cancelled, what has not started is skipped. */
  end(ending: Ending): void {
    if (this.#ending !== undefined || this.#finished) return;
    this.#ending = ending;
    this.#controller.abort();
    if (!this.#opened) {
      this.#opened = true;
      this.enter(this.plan.root, this.#root, undefined, (scopeRun) => this.#rootDone(scopeRun));
    }
    for (const step of [...this.#running]) {
      step.abort();
      if (step.plan.scopes.length === 0) {
        this.settle(step, {
          status: 'Cancelled',
          code: ending.code,
          error: { code: ending.code, message: `The action '${step.name}' was cancelled because the run has ended.` },
        });
      }
    }
    this.#drain();
  }

  cancel(): void {
    this.end({ status: 'Cancelled', code: 'Cancelled' });
  }

  #drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    const started = performance.now();
    let steps = 0;
    for (let ready = this.#queue[this.#head]; ready !== undefined; ready = this.#queue[this.#head]) {
      this.#head++;
      this.#perform(ready);
      if (++steps % STEPS_PER_LOOK === 0 && performance.now() - started > SLICE) {
        this.#yield();
        return;
      }
      if (this.#head > 4096 && this.#head * 2 > this.#queue.length) {
        this.#queue = this.#queue.slice(this.#head);
        this.#head = 0;
      }
    }
    this.#queue = [];
    this.#head = 0;
    this.#draining = false;
  }

  #yield(): void {
    this.services.work.begin();
    setImmediate(() => {
      this.services.work.end();
      this.#draining = false;
      this.#drain();
    });
  }

  #perform({ scopeRun, action }: Ready): void {
    const { activation } = scopeRun;
    if (this.#ending !== undefined) {
      this.#skipAction(scopeRun, action, terminatedBefore(action.name));
      return;
    }
    for (const { action: before, statuses } of action.predecessors) {
      const actual = activation.records[before.slot]?.status ?? 'Skipped';
      if (statuses.some((each) => each === actual)) continue;
      this.#skipAction(scopeRun, action, runAfterNotSatisfied(action.name, before.name, statuses, actual));
      return;
    }
    const record = newRecord(action, this.services.ports.clock.now());
    activation.records[action.slot] = record;
    const step = new ActionStep(this, action, scopeRun, record);
    this.#running.add(step);
    const replayed = this.#replay?.take(step);
    if (replayed !== undefined) {
      this.#conclude(step, replayed);
      return;
    }
    if (!this.#quiet) this.emit({ type: 'actionStarted', step: step.id });
    const gate = this.#gate;
    const held = gate?.before(new FrameView(this, step, undefined));
    if (held === undefined) this.#start(step);
    else {
      void held.then(() => {
        this.#start(step);
        this.#drain();
      });
    }
  }

  #start(step: ActionStep): void {
    if (step.finished) return;
    let outcome: Outcome | Promise<Outcome> | undefined;
    try {
      outcome = this.services.execute(step);
    } catch (thrown) {
      outcome = outcomeOfThrown(thrown);
    }
    if (outcome === undefined) return;
    if (outcome instanceof Promise) {
      outcome.then(
        (value) => this.settle(step, value),
        (thrown: unknown) => this.settle(step, outcomeOfThrown(thrown)),
      );
    } else this.settle(step, outcome);
  }

  /** Takes a step's outcome. Later ones of the same step are ignored: it may have been cancelled meanwhile. */
  settle(step: ActionStep, outcome: Outcome): void {
    if (step.finished) return;
    step.finished = true;
    const { record } = step;
    record.status = outcome.status;
    record.code = outcome.code ?? defaultCode(outcome.status);
    record.outputs = outcome.outputs;
    record.error = outcome.error;
    record.repetitionCount = outcome.repetitionCount;
    record.endTime = this.services.ports.clock.now();
    const gate = this.#gate;
    const held = gate?.after(new FrameView(this, step, { ...outcome, code: record.code, outputs: outcome.outputs }));
    if (held === undefined) this.#tell(step);
    else {
      void held.then(() => {
        this.#tell(step);
        this.#drain();
      });
    }
  }

  #tell(step: ActionStep): void {
    if (!this.#quiet) this.#tellFinished(step);
    this.#conclude(step, undefined);
  }

  #tellFinished(step: ActionStep): void {
    const { record } = step;
    const hidden = this.#secrecy.of(step.plan);
    // Secured actions have no tracked properties, so that these cannot give away what is hidden.
    const tracked = hidden.inputs || hidden.outputs ? undefined : this.services.trackedProperties(step);
    const { error, repetitionCount } = record;
    this.emit({
      type: 'actionFinished',
      step: step.id,
      status: record.status,
      code: record.code,
      startTime: record.startTime,
      outputs: this.#redactor.payload(record.outputs, hidden.outputs),
      ...(error === undefined ? {} : { error: hidden.outputs ? error : this.#clean(error) }),
      ...(tracked === undefined ? {} : { trackedProperties: this.#redactor.payload(tracked, false) }),
      ...(repetitionCount === undefined ? {} : { repetitionCount }),
    });
  }

  #clean(failure: Failure): Failure {
    return { ...failure, message: this.#redactor.text(failure.message) };
  }

  #conclude(step: ActionStep, replayed: Outcome | undefined): void {
    if (replayed !== undefined) {
      step.finished = true;
      const { record } = step;
      record.status = replayed.status;
      record.code = replayed.code ?? defaultCode(replayed.status);
      record.outputs = replayed.outputs;
      record.error = replayed.error;
    }
    this.#running.delete(step);
    if (step.ending !== undefined) this.end(step.ending);
    this.#ended(step.scopeRun, step.plan);
    this.#drain();
  }

  #skipAction(scopeRun: ScopeRun, action: ActionPlan, reason: Failure): void {
    this.#recordSkipped(action, scopeRun.activation, reason);
    for (const nested of action.scopes) {
      this.skip(nested, scopeRun.activation, (name) => parentSkipped(name, action.name));
    }
    this.#ended(scopeRun, action);
  }

  #recordSkipped(action: ActionPlan, activation: Activation, reason: Failure): void {
    const now = this.services.ports.clock.now();
    const record = newRecord(action, now);
    const code = reason.code === 'Terminated' ? reason.code : 'ActionSkipped';
    record.status = 'Skipped';
    record.code = code;
    record.error = reason;
    record.endTime = now;
    // What stands inside a loop that did not run has no slot here: it is told, but nobody can refer to it.
    if (action.loops.at(-1) === activation.loop) activation.records[action.slot] = record;
    const step = { action: action.name, repetition: activation.repetition };
    if (this.#quiet || this.#replay?.knows(step) === true) return;
    this.emit({
      type: 'actionFinished',
      step,
      status: 'Skipped',
      code,
      startTime: now,
      outputs: {},
      error: reason,
    });
  }

  #ended(scopeRun: ScopeRun, action: ActionPlan): void {
    for (const dependent of action.dependents) {
      if (scopeRun.release(dependent)) this.#queue.push({ scopeRun, action: dependent });
    }
    if (--scopeRun.left === 0) scopeRun.done(scopeRun);
  }

  #rootDone(scopeRun: ScopeRun): void {
    let ending = this.#ending;
    if (ending === undefined) {
      const status = scopeStatus(scopeRun.plan, scopeRun.activation);
      ending =
        status === 'Failed' ? { status, code: actionFailed.code, error: actionFailed } : { status, code: status };
    }
    void this.#finish(ending);
  }

  async #finish(ending: Ending): Promise<void> {
    if (this.#finished) return;
    this.#finished = true;
    const { status, error } = ending;
    const code = ending.code === 'Succeeded' ? undefined : ending.code;
    this.emit({
      type: 'runFinished',
      status,
      code,
      ...(error === undefined ? {} : { error: this.#clean(error) }),
    });
    const endTime = this.services.ports.clock.now();
    const committing = this.services.commit?.();
    if (committing !== undefined) await committing;
    this.response.runEnded();
    this.#resolveDone({
      runId: this.runId,
      status,
      code,
      ...(error === undefined ? {} : { error }),
      startTime: this.startTime,
      endTime,
    });
  }

  /** Appends an event to the run's stream. `body` is made for this call and becomes the event. */
  emit(body: EventBody): void {
    const event: RunEvent = Object.assign(body, {
      runId: this.runId,
      sequence: ++this.#sequence,
      time: this.services.ports.clock.now(),
    });
    this.services.emit(event);
  }

  inputsKnown(step: ActionStep): void {
    if (this.#quiet) return;
    const hidden = this.#secrecy.of(step.plan).inputs;
    this.emit({ type: 'actionInputs', step: step.id, inputs: this.#redactor.payload(step.record.inputs, hidden) });
  }

  attempted(step: ActionStep, attempt: Attempt): void {
    if (this.#quiet) return;
    const url = attempt.url && { url: this.#redactor.text(attempt.url) };
    this.emit({ type: 'attempt', step: step.id, attempt: { ...attempt, ...url } });
  }

  variableSet(step: ActionStep, variable: Variable, appended?: Value): void {
    if (this.#quiet) return;
    const hidden = this.#secrecy.of(step.plan).inputs;
    const { name, type: kind } = variable;
    const value = this.#redactor.payload(appended === undefined ? variable.value : undefined, hidden);
    this.emit({
      type: 'variableSet',
      step: step.id,
      name,
      kind,
      value,
      ...(appended === undefined ? {} : { appended: this.#redactor.payload(appended, hidden) }),
    });
  }

  iterationStarted(step: ActionStep, index: number, item: Value | undefined): void {
    if (this.#quiet) return;
    const hidden = this.#secrecy.of(step.plan).inputs;
    this.emit({ type: 'iterationStarted', step: step.id, index, item: this.#redactor.payload(item, hidden) });
  }

  iterationFinished(step: ActionStep, index: number, status: ActionStatus): void {
    if (this.#quiet) return;
    this.emit({ type: 'iterationFinished', step: step.id, index, status });
  }

  responseSent(step: ActionStep | undefined, response: OutgoingResponse, body: Value | undefined): void {
    this.emit({
      type: 'responseSent',
      step: step?.id,
      statusCode: response.statusCode,
      headers: Object.fromEntries(response.headers),
      body: this.#redactor.payload(body, step !== undefined && this.#secrecy.of(step.plan).outputs),
    });
  }

  secured(plan: ActionPlan): { readonly inputs: boolean; readonly outputs: boolean } {
    return this.#secrecy.of(plan);
  }

  runningSteps(): readonly ActionStep[] {
    return [...this.#running];
  }

  /** The step that runs under this key: where a webhook's callback goes. */
  runningStep(id: Step): ActionStep | undefined {
    const key = stepKey(id);
    return [...this.#running].find((each) => stepKey(each.id) === key);
  }
}

function newRecord(plan: ActionPlan, startTime: number): ActionRecord {
  return {
    plan,
    status: 'Running',
    code: '',
    startTime,
    endTime: startTime,
    inputs: undefined,
    outputs: undefined,
    error: undefined,
    trackingId: undefined,
    attempts: undefined,
    repetitionCount: undefined,
    iterations: undefined,
    view: undefined,
  };
}

function triggerView({ trigger, request, services, clientTrackingId }: RunBasis, startTime: number): ObjectValue {
  const { result } = request;
  return objectOf({
    name: trigger.name,
    inputs: result.inputs,
    outputs: result.outputs,
    startTime: timestamp(result.startTime ?? startTime),
    endTime: timestamp(startTime),
    scheduledTime: trigger.type === 'Recurrence' ? timestamp(result.startTime ?? startTime) : undefined,
    trackingId: services.ports.ids.guid(),
    clientTrackingId,
    originHistoryName: request.runId,
    code: result.code ?? 'OK',
    status: result.status ?? 'Succeeded',
  });
}

/** What `workflow()` gives. Source: functions reference, `workflow`. */
function workflowView({ plan, runId, services }: RunBasis): ObjectValue {
  const id = `/workflows/${plan.name}`;
  return objectOf({
    id,
    name: plan.name,
    type: 'Microsoft.Logic/workflows',
    location: services.location,
    tags: objectOf({}),
    run: objectOf({ id: `${id}/runs/${runId}`, name: runId, type: 'Microsoft.Logic/workflows/runs' }),
  });
}
