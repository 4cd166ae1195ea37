/** How an action is carried out, whatever its type: static result, mock, what must be kept first, time limit. */
import { compile } from './template';
import { anyCase } from './settings';
import type { ActionStatus } from '../events';
import type { ObjectValue, Value } from '../../language/json/value';
import { isObject } from '../../language/json/value';
import { durationMilliseconds } from '../../language/workflow/duration';
import type { MockAnswer } from '../ports';
import { StepFailure } from './failure';
import type { Outcome } from './failure';
import type { ActionStep } from './step';

/** Executes a step: an outcome, a promise of one, or nothing when a control action goes on by itself. */
export function execute(step: ActionStep): Outcome | Promise<Outcome> | undefined {
  const { handler } = step.plan;
  const fixed = staticResult(step);
  if (fixed !== undefined) return fixed;
  const { mocks } = step.run.services.ports;
  if (mocks !== undefined && handler.mockable === true) return mockedFirst(step);
  return perform(step);
}

function perform(step: ActionStep): Outcome | Promise<Outcome> | undefined {
  const { handler } = step.plan;
  if (handler.external !== true) return limited(step, handler.start(step));
  const committing = step.run.services.commit?.();
  if (committing === undefined) return limited(step, handler.start(step));
  return committed(step, committing);
}

/** A thousand runs wait for one commit: they do not all go on in the turn in which it is made. */
async function committed(step: ActionStep, committing: Promise<void>): Promise<Outcome> {
  await committing;
  await step.run.services.work.pass();
  const result = limited(step, step.plan.handler.start(step));
  return result ?? new Promise<Outcome>(() => undefined);
}

/** `limit.timeout` of anything that takes its time; loops have their own meaning of it. */
function limited(
  step: ActionStep,
  result: Outcome | Promise<Outcome> | undefined,
): Outcome | Promise<Outcome> | undefined {
  if (!(result instanceof Promise)) return result;
  const node = step.plan.settings.limit('timeout');
  if (node === undefined || step.plan.isLoop) return result;
  const text = step.evaluate(node);
  if (typeof text !== 'string') return result;
  const timeout = durationMilliseconds(text);
  if (timeout === undefined) return result;
  const timer = new AbortController();
  const over = step.run.services.ports.clock.sleep(timeout, timer.signal).then((): Outcome => {
    if (!timer.signal.aborted) step.abort();
    return {
      status: 'TimedOut',
      code: 'ActionTimedOut',
      error: {
        code: 'ActionTimedOut',
        message: `The execution of template action '${step.name}' timed out: it did not end within its limit of '${text}'.`,
      },
    };
  });
  return Promise.race([result, over]).finally(() => timer.abort('ended'));
}

async function mockedFirst(step: ActionStep): Promise<Outcome> {
  const inputs = step.inputs();
  const { plan, activation, run } = step;
  const answer = await run.services.ports.mocks?.answer({
    name: plan.name,
    type: plan.type,
    repetition: activation.repetition,
    inputs,
  });
  if (answer !== undefined) return mockOutcome(answer);
  const result = perform(step);
  return result ?? new Promise<Outcome>(() => undefined);
}

function mockOutcome(answer: MockAnswer): Outcome {
  const { status, code, outputs, error } = answer;
  return {
    status,
    outputs,
    ...(code === undefined ? {} : { code }),
    ...(error === undefined ? {} : { error }),
  };
}

/**
 * The outcome of an enabled static result. Source: "Set up mock data to test workflows": the action is not run, its outputs are
 * those under `staticResults`.
 */
function staticResult(step: ActionStep): Outcome | undefined {
  const setting = step.plan.settings.staticResult;
  if (setting === undefined) return undefined;
  const options = anyCase(setting, 'staticResultOptions');
  if (options?.kind !== 'string' || options.value.toLowerCase() !== 'enabled') return undefined;
  const name = anyCase(setting, 'name');
  const node = name?.kind === 'string' ? anyCase(step.run.plan.workflow.staticResults, name.value) : undefined;
  if (node === undefined) {
    throw new StepFailure(
      'InvalidTemplate',
      `The static result of action '${step.name}' is enabled, but the definition has none of that name.`,
    );
  }
  const result = compile(node).evaluate(step.context);
  if (!isObject(result)) return { status: 'Succeeded' };
  return outcomeOf(result);
}

const statuses: readonly ActionStatus[] = ['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled', 'Aborted'];

function outcomeOf(result: ObjectValue): Outcome {
  const written = result.get('status');
  const status = statuses.find((each) => typeof written === 'string' && each.toLowerCase() === written.toLowerCase());
  const error = failureOf(result.get('error'));
  const code = result.get('code');
  return {
    status: status ?? 'Succeeded',
    outputs: result.get('outputs'),
    ...(typeof code === 'string' ? { code } : {}),
    ...(error === undefined ? {} : { error }),
  };
}

function failureOf(value: Value | undefined): { readonly code: string; readonly message: string } | undefined {
  if (!isObject(value)) return undefined;
  const code = value.get('code');
  const message = value.get('message');
  return {
    code: typeof code === 'string' ? code : 'ActionFailed',
    message: typeof message === 'string' ? message : '',
  };
}
