/** One execution of an action: what a handler sees of the run. */
import type { JsonNode } from '../../language/json/tree';
import type { Value } from '../../language/json/value';
import type { Attempt, Failure, Step } from '../events';
import type { ActionRecord, Activation } from './activation';
import { ItemContext, StepContext } from './context';
import type { RunContext } from './context';
import { StepFailure } from './failure';
import { TemplateFailure } from './template';
import type { Ending, Outcome } from './failure';
import type { StepResult } from './gate';
import type { ActionPlan, ScopePlan } from './plan';
import type { Run } from './run';
import type { ScopeRun } from './scopeRun';
import type { Variable } from './variables';

export class ActionStep {
  #controller: AbortController | undefined;
  #context: RunContext | undefined;
  finished = false;
  /** Loops: how many items there are, when that is known. */
  itemCount: number | undefined;
  /** Inputs that a debugger gives in place of those of the definition. */
  given: Value | undefined;
  /** Set by Terminate: how the run ends once this step has been told. */
  ending: Ending | undefined;

  constructor(
    readonly run: Run,
    readonly plan: ActionPlan,
    readonly scopeRun: ScopeRun,
    readonly record: ActionRecord,
  ) {}

  get name(): string {
    return this.plan.name;
  }

  get activation(): Activation {
    return this.scopeRun.activation;
  }

  /** The step's identity in events. */
  get id(): Step {
    return { action: this.plan.name, repetition: this.activation.repetition };
  }

  get context(): RunContext {
    return (this.#context ??= this.run.contextOf(this.activation));
  }

  /** A context in which `action()` is this action and `listCallbackUrl()` the given address. */
  ownContext(url?: string): StepContext {
    return new StepContext(this.run, this.activation, this.record, url);
  }

  /** A context whose `item()` can be set, for actions that evaluate something per item. */
  itemContext(): ItemContext {
    return new ItemContext(this.run, this.activation);
  }

  /** Evaluates the whole of `inputs` and makes it known. Throws a `StepFailure` when an expression fails. */
  inputs(context: RunContext = this.context): Value {
    const value = this.given ?? this.placed(() => this.plan.inputs?.evaluate(context) ?? null);
    this.recordInputs(value);
    return value;
  }

  /** Makes known what the action was given. */
  recordInputs(value: Value): void {
    this.record.inputs = value;
    this.run.log.inputsKnown(this);
  }

  /** Evaluates a node of the definition; a missing node gives undefined. Throws a `StepFailure`. */
  evaluate(node: JsonNode | undefined, context: RunContext = this.context): Value | undefined {
    return node && this.placed(() => this.plan.template(node).evaluate(context));
  }

  /** Runs an evaluation; a failing expression is told with its action and place, in the platform's words. */
  placed<Result>(evaluate: () => Result): Result {
    try {
      return evaluate();
    } catch (error) {
      if (!(error instanceof TemplateFailure)) throw error;
      const { line, character } = this.run.plan.positionAt(error.place);
      throw new StepFailure(
        'InvalidTemplate',
        `Unable to process template language expressions in action '${this.name}' inputs at line '${line + 1}' and column ` +
          `'${character + 1}': '${error.message}'.`,
      );
    }
  }

  /** Aborted when the run is cancelled or terminated, or the action's time is over. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.run.ending) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  abort(): void {
    this.#controller?.abort();
  }

  now(): number {
    return this.run.services.ports.clock.now();
  }

  attempt(attempt: Attempt): void {
    (this.record.attempts ??= []).push(attempt);
    this.run.log.attempted(this, attempt);
  }

  /** Asks a debugger before a request is made again. */
  retrying(attempt: Attempt): Promise<void> | undefined {
    return this.run.retrying(this, attempt);
  }

  /** Tells a change of a variable, or only what was appended to it; a failure is thrown as `StepFailure`. */
  variable(change: Variable | Failure, appended?: Value): Variable {
    if ('code' in change) throw new StepFailure(change.code, change.message);
    this.run.log.variableSet(this, change, appended);
    return change;
  }

  /** Runs the actions of a nested scope; `done` is called when the last of them has ended. */
  enter(scope: ScopePlan, activation: Activation, done: (scopeRun: ScopeRun) => void): void {
    this.run.enter(scope, activation, this, done);
  }

  /** A debugger's replacement of the result, before anything depends on it. */
  replaceResult(result: StepResult): void {
    const { record } = this;
    record.status = result.status;
    record.code = result.code;
    record.outputs = result.outputs;
    record.error = result.error;
    record.view = undefined;
  }

  /** Ends a control action. */
  finish(outcome: Outcome): void {
    this.run.settle(this, outcome);
  }
}
