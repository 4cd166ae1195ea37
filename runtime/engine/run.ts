/**
 * One run: the scheduler. Actions that are ready stand in a queue and are executed one after the other; what is at hand at once is
 * settled at once, so that a chain of a thousand Composes needs neither recursion nor promises.
 */
import type { ObjectValue, Value } from '../../language/json/value';
import type { Attempt, Failure, Step } from '../events';
import { stepKey } from '../events';
import type { RunOutcome, StartRequest } from './contract';
import { Activation, newRecord } from './activation';
import { RunContext } from './context';
import { actionFailed, defaultCode, outcomeOfThrown, runAfterNotSatisfied, terminatedBefore } from './failure';
import type { Ending, Outcome } from './failure';
import { FrameView } from './frame';
import type { Gate } from './gate';
import type { ActionPlan, ScopePlan, TriggerPlan, WorkflowPlan } from './plan';
import { slotsOf } from './plan';
import type { Redactor } from './recorder';
import type { ParameterValues } from './parameters';
import type { Replay } from './replay';
import { ResponseSlot } from './responseSlot';
import { RunLog } from './runLog';
import { triggerView, workflowView } from './runViews';
import { ScopeRun } from './scopeRun';
import type { Secrecy } from './secrecy';
import type { EngineServices } from './services';
import { scopeStatus } from './status';
import { ActionStep } from './step';
import { compile } from './template';
import { Variables } from './variables';
import { Unexecuted } from './unexecuted';
import { WorkQueue } from './workQueue';

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
  /** What the run tells. */
  readonly log: RunLog;
  readonly unexecuted: Unexecuted;
  /** Set when the run is taken up again. */
  readonly replay: Replay | undefined;
  readonly #root: Activation;
  readonly #running = new Set<ActionStep>();
  readonly #queue: WorkQueue<Ready>;
  #resolveDone: (outcome: RunOutcome) => void = () => undefined;
  #ending: Ending | undefined;
  #finished = false;
  #opened = false;
  #correlationId: string | undefined;
  #tracked = 0;
  readonly #basis: RunBasis;
  #triggerView: ObjectValue | undefined;
  #workflowView: ObjectValue | undefined;
  #controller: AbortController | undefined;

  constructor(basis: RunBasis) {
    const { runId, plan, trigger, request, services } = basis;
    this.runId = runId;
    this.plan = plan;
    this.trigger = trigger;
    this.request = request;
    this.parameters = basis.parameters;
    this.services = services;
    this.clientTrackingId = basis.clientTrackingId;
    this.replay = basis.replay;
    this.log = new RunLog({ ...basis, sequence: basis.replay?.sequence ?? 0 }, plan);
    this.unexecuted = new Unexecuted(services.ports.clock, this.log, basis.replay);
    this.#queue = new WorkQueue((ready) => this.#perform(ready), services.work);
    this.startTime = basis.replay?.startTime ?? services.ports.clock.now();
    this.#root = new Activation(undefined, undefined, 0, undefined, [], slotsOf(plan.root));
    this.response = new ResponseSlot(this);
    this.#basis = basis;
    this.done = new Promise((resolve) => {
      this.#resolveDone = resolve;
    });
  }

  /** What `trigger()` gives. */
  get triggerView(): ObjectValue {
    return (this.#triggerView ??= triggerView(this.#basis, this.startTime, this.trackingId()));
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

  /** An id for one more thing of this run: it differs from the correlation id in its last digits, which is cheaper than a new one. */
  trackingId(): string {
    return `${this.correlationId.slice(0, -12)}${(++this.#tracked).toString(16).padStart(12, '0')}`;
  }

  /** Aborted when the run is to end. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#ending !== undefined) this.#controller.abort();
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
    const { waitFor } = this.request;
    if (this.replay === undefined) {
      this.log.started(this.plan, this.trigger, this.clientTrackingId, this.request, this.startTime);
    }
    if (waitFor === undefined) {
      this.#open();
      return;
    }
    this.log.waiting();
    void waitFor.then(() => {
      this.log.resumed();
      this.#open();
    });
  }

  #open(): void {
    if (this.#opened) return;
    const gate = this.#gate;
    const start = (): void => {
      if (this.#opened) return;
      this.#opened = true;
      for (const variable of this.replay?.variables ?? []) this.variables.restore(variable);
      this.enter(this.plan.root, this.#root, undefined, (scopeRun) => this.#rootDone(scopeRun));
      this.#queue.drain();
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
    this.#queue.drain();
  }

  contextOf(activation: Activation): RunContext {
    return new RunContext(this, activation);
  }

  get rootContext(): RunContext {
    return this.contextOf(this.#root);
  }

  /** Ends the run early: what runs is cancelled, what has not started is skipped. */
  end(ending: Ending): void {
    if (this.#ending !== undefined || this.#finished) return;
    this.#ending = ending;
    this.#controller?.abort();
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
    this.#queue.drain();
  }

  cancel(): void {
    this.end({ status: 'Cancelled', code: 'Cancelled' });
  }

  #perform({ scopeRun, action }: Ready): void {
    const { activation } = scopeRun;
    if (this.#ending !== undefined) {
      this.#skip(scopeRun, action, terminatedBefore(action.name));
      return;
    }
    for (const { action: before, statuses } of action.predecessors) {
      const actual = activation.records[before.slot]?.status ?? 'Skipped';
      if (statuses.some((each) => each === actual)) continue;
      this.#skip(scopeRun, action, runAfterNotSatisfied(action.name, before.name, statuses, actual));
      return;
    }
    const record = newRecord(action, this.services.ports.clock.now());
    activation.records[action.slot] = record;
    const step = new ActionStep(this, action, scopeRun, record);
    this.#running.add(step);
    const replayed = this.replay?.take(step);
    if (replayed !== undefined) {
      this.#conclude(step, replayed);
      return;
    }
    this.log.actionStarted(step);
    const gate = this.#gate;
    const passes = gate?.passes?.(this.runId, this.plan.name, action.name) ?? false;
    const held = passes ? undefined : gate?.before(new FrameView(this, step, undefined));
    if (held === undefined) this.#start(step);
    else {
      void held.then(() => {
        this.#start(step);
        this.#queue.drain();
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
    const passes = gate?.passes?.(this.runId, this.plan.name, step.name, record.status) ?? false;
    const held = passes
      ? undefined
      : gate?.after(new FrameView(this, step, { ...outcome, code: record.code, outputs: outcome.outputs }));
    if (held === undefined) this.#tell(step);
    else {
      void held.then(() => {
        this.#tell(step);
        this.#queue.drain();
      });
    }
  }

  /** A request of the step has failed and is to be made again: a debugger may hold it before. */
  retrying(step: ActionStep, attempt: Attempt): Promise<void> | undefined {
    return this.#gate?.retry?.(new FrameView(this, step, undefined), attempt);
  }

  #tell(step: ActionStep): void {
    this.log.actionFinished(step);
    this.#conclude(step, undefined);
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
    this.#queue.drain();
  }

  #skip(scopeRun: ScopeRun, action: ActionPlan, reason: Failure): void {
    this.unexecuted.skip(action, scopeRun.activation, reason);
    this.#ended(scopeRun, action);
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

  /** The values of the definition's `outputs`; undefined when it has none, or one of them fails. */
  #outputs(): Value | undefined {
    const node = this.plan.workflow.outputs;
    if (node?.kind !== 'object' || node.properties.length === 0) return undefined;
    try {
      return compile(node).evaluate(this.rootContext);
    } catch {
      return undefined;
    }
  }

  async #finish(ending: Ending): Promise<void> {
    if (this.#finished) return;
    this.#finished = true;
    const { status, error } = ending;
    const code = ending.code === 'Succeeded' ? undefined : ending.code;
    this.log.finished(ending, code, status === 'Succeeded' ? this.#outputs() : undefined);
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

  runningSteps(): readonly ActionStep[] {
    return [...this.#running];
  }

  /** The step that runs under this key: where a webhook's callback goes. */
  runningStep(id: Step): ActionStep | undefined {
    const key = stepKey(id);
    return [...this.#running].find((each) => stepKey(each.id) === key);
  }
}
