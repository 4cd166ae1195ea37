/**
 * Until: its actions, then its condition, again and again. Reaching a limit ends the loop without failing it, unless it is asked to
 * fail; only the last iteration decides its status. The time limit keeps the next iteration from starting and never ends a running one.
 * Source: "Create loops to repeat workflow actions", "Schema reference", Until.
 */
import { durationMilliseconds } from '../../../language/workflow/duration';
import { numberOf } from '../../engine/numbers';
import { Activation } from '../../engine/activation';
import { actionFailed, outcomeOfThrown } from '../../engine/failure';
import type { Outcome } from '../../engine/failure';
import { scopeStatus } from '../../engine/status';
import type { ActionStep } from '../../engine/step';
import { StepContext } from '../../engine/context';
import type { ActionHandler } from '../handler';
import { evaluateCondition } from './condition';

export const until: ActionHandler = {
  type: 'Until',
  loop: true,
  start(step) {
    new Rounds(step).next();
    return undefined;
  },
  check: (plan) => (plan.settings.member('expression') === undefined ? ['it has no "expression"'] : []),
};

class Rounds {
  #index = 0;
  #inside = false;
  #again = false;
  readonly #count: number;
  readonly #deadline: number;

  constructor(private readonly step: ActionStep) {
    const { limits } = step.run.services;
    const { settings } = step.plan;
    const most = step.run.plan.stateless ? limits.statelessUntilIterations : limits.untilIterations;
    const written = step.evaluate(settings.limit('count'));
    this.#count = Math.max(1, Math.min(most, numberOf(written) ?? limits.untilCount));
    const timeout = step.evaluate(settings.limit('timeout')) ?? limits.untilTimeout;
    const milliseconds = typeof timeout === 'string' ? durationMilliseconds(timeout) : undefined;
    this.#deadline = step.record.startTime + (milliseconds ?? 3_600_000);
  }

  /** Runs iterations until one has to be waited for. */
  next(): void {
    this.#again = true;
    if (this.#inside) return;
    this.#inside = true;
    while (this.#again) {
      this.#again = false;
      this.#round();
    }
    this.#inside = false;
  }

  #round(): void {
    const { step } = this;
    const [body] = step.plan.scopes;
    const index = this.#index++;
    const repetition = [...step.activation.repetition, index];
    const activation = new Activation(step.plan, step.activation, index, undefined, repetition, step.plan.bodySlots);
    step.record.iterations = [activation];
    step.run.log.iterationStarted(step, index, undefined);
    if (body === undefined) {
      this.#judge(activation, 'Succeeded');
      return;
    }
    step.enter(body, activation, (scopeRun) => this.#judge(activation, scopeStatus(scopeRun.plan, activation)));
  }

  #judge(activation: Activation, status: 'Succeeded' | 'Failed' | 'Cancelled'): void {
    const { step } = this;
    step.run.log.iterationFinished(step, activation.index, status);
    const outcome = step.run.ending ? cancelled : this.#verdict(activation, status);
    if (outcome === undefined) this.next();
    else step.finish({ ...outcome, repetitionCount: this.#index });
  }

  /** How the loop ends after this iteration; undefined when it goes on. */
  #verdict(activation: Activation, status: 'Succeeded' | 'Failed' | 'Cancelled'): Outcome | undefined {
    const { step } = this;
    if (step.run.replay?.wentOn(step.id, activation.index) === true) return undefined;
    const node = step.plan.settings.member('expression');
    const ended: Outcome =
      status === 'Failed'
        ? { status, code: actionFailed.code, error: actionFailed }
        : { status: 'Succeeded', code: 'NotSpecified' };
    try {
      const context = new StepContext(step.run, activation, step.record, undefined);
      if (node !== undefined && evaluateCondition(step, node, context)) return ended;
    } catch (thrown) {
      return outcomeOfThrown(thrown);
    }
    const timedOut = step.now() >= this.#deadline;
    if (this.#index < this.#count && !timedOut) return undefined;
    if (status === 'Failed' || !step.plan.settings.option('FailWhenLimitsReached')) return ended;
    return limitReached(step, timedOut, this.#count);
  }
}

const cancelled: Outcome = { status: 'Cancelled', code: 'ActionCancelled' };

function limitReached(step: ActionStep, timedOut: boolean, count: number): Outcome {
  const limit = timedOut ? 'its time limit' : `its limit of ${count} iterations`;
  return {
    status: 'Failed',
    code: 'UntilLimitReached',
    error: {
      code: 'UntilLimitReached',
      message: `The loop '${step.name}' reached ${limit} before its condition was met.`,
    },
  };
}
