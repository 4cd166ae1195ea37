/**
 * Foreach: its actions once per item, 20 items at once unless told otherwise; a loop inside another runs one item after the other.
 * Source: "Create loops to repeat workflow actions", "Schema reference", runtime configuration `concurrency.repetitions`.
 */
import { numberOf } from '../../engine/numbers';
import { isArray } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { Activation } from '../../engine/activation';
import { actionFailed, StepFailure } from '../../engine/failure';
import { areIterationsRead } from '../../engine/loopResults';
import type { ActionPlan } from '../../engine/plan';
import type { ScopeStatus } from '../../engine/status';
import { scopeStatus } from '../../engine/status';
import type { ActionStep } from '../../engine/step';
import { typeName } from '../../engine/variables';
import type { ActionHandler } from '../handler';

/** Most iterations at once that a definition may ask for. */
const MOST_PARALLEL = 100;

export const foreach: ActionHandler = {
  type: 'Foreach',
  loop: true,
  preview: (step) => step.evaluate(step.plan.settings.member('foreach')) ?? null,
  start(step) {
    const items = itemsOf(step);
    const [body] = step.plan.scopes;
    const { limits } = step.run.services;
    const limit = step.run.plan.stateless ? limits.statelessForeachItems : limits.foreachItems;
    if (items.length > limit) {
      throw new StepFailure(
        'ForeachItemsLimitExceeded',
        `The loop '${step.name}' has ${items.length} items; the limit is ${limit}.`,
      );
    }
    step.itemCount = items.length;
    if (body === undefined || items.length === 0)
      return { status: 'Succeeded', code: 'NotSpecified', repetitionCount: items.length };
    new Iterations(step, items).advance();
    return undefined;
  },
  check: (plan) => (plan.settings.member('foreach') === undefined ? ['it has no "foreach"'] : []),
};

function itemsOf(step: ActionStep): readonly Value[] {
  const known = step.record.inputs;
  if (isArray(known)) return known;
  const node = step.plan.settings.member('foreach');
  const value = step.evaluate(node);
  if (!isArray(value)) {
    const expression = node?.kind === 'string' ? node.value : '';
    throw new StepFailure(
      'ExpressionEvaluationFailed',
      `The execution of template action '${step.name}' failed: the result of the evaluation of 'foreach' expression '${expression}' ` +
        `is of type '${typeName(value)}'. The result must be a valid array.`,
    );
  }
  step.recordInputs(value);
  return value;
}

/** How many iterations of a loop run at once. */
export function parallelism(plan: ActionPlan, standard: number): number {
  if (plan.settings.option('Sequential')) return 1;
  const repetitions = numberOf(plan.settings.runtime('concurrency', 'repetitions'));
  if (repetitions !== undefined) return Math.max(1, Math.min(MOST_PARALLEL, repetitions));
  return plan.loops.some((loop) => loop.type === 'Foreach') ? 1 : standard;
}

class Iterations {
  #next = 0;
  #running = 0;
  #ended = 0;
  #advancing = false;
  #status: ScopeStatus = 'Succeeded';
  readonly #parallel: number;
  /** Undefined when nobody asks for the results of an iteration that has ended. */
  readonly #activations: Activation[] | undefined;

  constructor(
    private readonly step: ActionStep,
    private readonly items: readonly Value[],
  ) {
    this.#parallel = parallelism(step.plan, step.run.services.limits.foreachConcurrency);
    const { plan, services } = step.run;
    // Whoever holds runs may ask for anything.
    const isHeld = services.gate !== undefined && services.gate.idle !== true;
    this.#activations = isHeld || areIterationsRead(plan, step.plan) ? [] : undefined;
    step.record.iterations = this.#activations;
  }

  /** Starts as many iterations as may run. A loop, not a recursion: iterations may end at once. */
  advance(): void {
    if (this.#advancing) return;
    this.#advancing = true;
    while (this.#running < this.#parallel && this.#next < this.items.length && !this.step.run.ending) {
      this.#begin(this.#next++);
    }
    this.#advancing = false;
    if (this.#running === 0 && (this.#next >= this.items.length || this.step.run.ending)) this.#end();
  }

  #begin(index: number): void {
    const { step } = this;
    const [body] = step.plan.scopes;
    if (body === undefined) return;
    const item = this.items[index] ?? null;
    const repetition = [...step.activation.repetition, index];
    const activation = new Activation(step.plan, step.activation, index, item, repetition, step.plan.bodySlots);
    if (this.#activations !== undefined) this.#activations[index] = activation;
    this.#running++;
    step.run.log.iterationStarted(step, index, item);
    step.enter(body, activation, (scopeRun) => {
      const status = scopeStatus(scopeRun.plan, activation);
      step.run.log.iterationFinished(step, index, status);
      if (status === 'Failed' || (status === 'Cancelled' && this.#status === 'Succeeded')) this.#status = status;
      this.#running--;
      this.#ended++;
      this.advance();
    });
  }

  #end(): void {
    const repetitionCount = this.items.length;
    const cancelled = this.#ended < this.items.length;
    if (this.#status === 'Failed') {
      this.step.finish({ status: 'Failed', code: actionFailed.code, error: actionFailed, repetitionCount });
    } else if (cancelled || this.#status === 'Cancelled') {
      this.step.finish({ status: 'Cancelled', code: 'ActionCancelled', repetitionCount });
    } else {
      this.step.finish({ status: 'Succeeded', code: 'NotSpecified', repetitionCount });
    }
  }
}
