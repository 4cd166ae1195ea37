/** What a run tells: each event is made here, with what must stay hidden taken out. */
import type { Value } from '../../language/json/value';
import type { ActionStatus, Attempt, Failure, Payload, RunEvent, Step } from '../events';
import type { OutgoingResponse, StartRequest } from './contract';
import type { Ending } from './failure';
import type { ActionPlan, TriggerPlan, WorkflowPlan } from './plan';
import type { EventBody, Redactor } from './recorder';
import type { Hidden, Secrecy } from './secrecy';
import type { EngineServices } from './services';
import type { ActionStep } from './step';
import type { Template } from './template';
import type { Variable } from './variables';

export interface LogBasis {
  readonly runId: string;
  readonly services: EngineServices;
  readonly secrecy: Secrecy;
  readonly redactor: Redactor;
  /** Number of the last event that has been told already. */
  readonly sequence: number;
}

export class RunLog {
  readonly #runId: string;
  readonly #services: EngineServices;
  readonly #secrecy: Secrecy;
  readonly #redactor: Redactor;
  /** Only start, answer and end are told, and which actions failed. */
  readonly #quiet: boolean;
  #sequence: number;

  constructor({ runId, services, secrecy, redactor, sequence }: LogBasis, plan: WorkflowPlan) {
    this.#runId = runId;
    this.#services = services;
    this.#secrecy = secrecy;
    this.#redactor = redactor;
    this.#sequence = sequence;
    this.#quiet = services.quiet(plan);
  }

  /** `body` is made for this call and becomes the event. */
  #emit(body: EventBody): void {
    const event: RunEvent = Object.assign(body, {
      runId: this.#runId,
      sequence: ++this.#sequence,
      time: this.#services.ports.clock.now(),
    });
    this.#services.emit(event);
  }

  started(
    plan: WorkflowPlan,
    trigger: TriggerPlan,
    clientTrackingId: string,
    request: StartRequest,
    time: number,
  ): void {
    const { result, parent } = request;
    this.#emit({
      type: 'runStarted',
      workflow: plan.name,
      trigger: trigger.name,
      stateless: plan.stateless,
      clientTrackingId,
      ...(parent === undefined ? {} : { parent }),
    });
    const hidden = this.#secrecy.trigger;
    this.#emit({
      type: 'triggerFired',
      trigger: trigger.name,
      status: result.status ?? 'Succeeded',
      startTime: result.startTime ?? time,
      inputs: this.#redactor.payload(result.inputs, hidden.inputs),
      outputs: this.#redactor.payload(result.outputs, hidden.outputs),
    });
  }

  /** The run is accepted and waits for others of its workflow to end. */
  waiting(): void {
    this.#emit({ type: 'paused', step: undefined, reason: 'waiting' });
  }

  resumed(): void {
    this.#emit({ type: 'resumed', step: undefined });
  }

  actionStarted(step: ActionStep): void {
    if (!this.#quiet) this.#emit({ type: 'actionStarted', step: step.id });
  }

  actionFinished(step: ActionStep): void {
    const { record } = step;
    if (this.#quiet && record.error === undefined) return;
    const hidden = this.#secrecy.of(step.plan);
    // Secured actions have no tracked properties, so that these cannot give away what is hidden; stateless runs have none at all.
    const untracked = hidden.inputs || hidden.outputs || step.run.plan.stateless;
    const tracked = untracked ? undefined : this.#services.trackedProperties(step);
    const { error, repetitionCount } = record;
    this.#emit({
      type: 'actionFinished',
      step: step.id,
      status: record.status,
      code: record.code,
      startTime: record.startTime,
      outputs: this.#redactor.payload(record.outputs, hidden.outputs),
      ...(error === undefined ? {} : { error: this.#clean(error) }),
      ...(tracked === undefined ? {} : { trackedProperties: this.#redactor.payload(tracked, false) }),
      ...(repetitionCount === undefined ? {} : { repetitionCount }),
    });
  }

  /** An action that got its status without being executed. */
  actionJudged(step: Step, status: ActionStatus, code: string, error: Failure, startTime: number): void {
    if (this.#quiet && status === 'Skipped') return;
    this.#emit({ type: 'actionFinished', step, status, code, startTime, outputs: {}, error });
  }

  inputsKnown(step: ActionStep): void {
    if (this.#quiet) return;
    const hidden = this.#secrecy.of(step.plan).inputs;
    this.#emit({ type: 'actionInputs', step: step.id, inputs: this.#redactor.payload(step.record.inputs, hidden) });
  }

  attempted(step: ActionStep, attempt: Attempt): void {
    if (this.#quiet) return;
    const url = attempt.url && { url: this.#redactor.text(attempt.url) };
    this.#emit({ type: 'attempt', step: step.id, attempt: { ...attempt, ...url } });
  }

  variableSet(step: ActionStep, variable: Variable, appended?: Value): void {
    if (this.#quiet) return;
    const hidden = this.#secrecy.of(step.plan).inputs;
    const { name, type: kind } = variable;
    this.#emit({
      type: 'variableSet',
      step: step.id,
      name,
      kind,
      value: this.#redactor.payload(appended === undefined ? variable.value : undefined, hidden),
      ...(appended === undefined ? {} : { appended: this.#redactor.payload(appended, hidden) }),
    });
  }

  iterationStarted(step: ActionStep, index: number, item: Value | undefined): void {
    if (this.#quiet) return;
    const hidden = this.#secrecy.of(step.plan).inputs;
    this.#emit({ type: 'iterationStarted', step: step.id, index, item: this.#redactor.payload(item, hidden) });
  }

  iterationFinished(step: ActionStep, index: number, status: ActionStatus): void {
    if (this.#quiet) return;
    this.#emit({ type: 'iterationFinished', step: step.id, index, status });
  }

  responseSent(step: ActionStep | undefined, response: OutgoingResponse, body: Value | undefined): void {
    this.#emit({
      type: 'responseSent',
      step: step?.id,
      statusCode: response.statusCode,
      headers: Object.fromEntries(response.headers),
      body: this.#redactor.payload(body, step !== undefined && this.#secrecy.of(step.plan).outputs),
    });
  }

  finished({ status, error }: Ending, code: string | undefined, outputs: Value | undefined): void {
    this.#emit({
      type: 'runFinished',
      status,
      code,
      ...(error === undefined ? {} : { error: this.#clean(error) }),
      ...(outputs === undefined ? {} : { outputs: this.#redactor.payload(outputs, this.#secrecy.any) }),
    });
  }

  /** A value as somebody may see it who looks at a held run; `template` is what gave it, within `loops`. */
  shown(value: Value | undefined, template: Template, loops: readonly ActionPlan[]): Payload {
    return this.#redactor.payload(value, this.#secrecy.hides(template, loops));
  }

  secured(plan: ActionPlan): Hidden {
    return this.#secrecy.of(plan);
  }

  #clean(failure: Failure): Failure {
    return { ...failure, message: this.#redactor.text(failure.message) };
  }
}
