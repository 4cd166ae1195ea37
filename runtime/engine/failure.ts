/**
 * Failures of a run: values with the platform's codes. Inside an action's code a failure travels as a `StepFailure`, which the run
 * turns into the action's outcome at one place; anything else thrown there is a bug and shows as `InternalServerError`.
 */
import type { ActionStatus, Failure, RunStatus } from '../events';
import type { Value } from '../../language/json/value';

/** How an execution of an action ended. */
export interface Outcome {
  readonly status: ActionStatus;
  /** `OK`, `NotFound`, `ActionFailed`, …; by default what the status suggests. */
  readonly code?: string;
  readonly outputs?: Value | undefined;
  readonly error?: Failure;
  /** Loops: iterations that ran. */
  readonly repetitionCount?: number;
}

/** How a run ends before all its actions have run. */
export interface Ending {
  readonly status: RunStatus;
  readonly code: string;
  readonly error?: Failure;
}

export class StepFailure extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly outputs?: Value,
    readonly status: ActionStatus = 'Failed',
  ) {
    super(message);
    this.name = 'StepFailure';
  }

  get failure(): Failure {
    return { code: this.code, message: this.message };
  }
}

export function succeeded(outputs?: Value, code?: string): Outcome {
  return {
    status: 'Succeeded',
    ...(outputs === undefined ? {} : { outputs }),
    ...(code === undefined ? {} : { code }),
  };
}

export function failed(code: string, message: string, outputs?: Value): Outcome {
  return { status: 'Failed', code, error: { code, message }, ...(outputs === undefined ? {} : { outputs }) };
}

/** The outcome that something thrown in an action's code stands for. */
export function outcomeOfThrown(thrown: unknown): Outcome {
  if (thrown instanceof StepFailure) {
    const { code, failure, outputs, status } = thrown;
    // The cloud records a failing expression as a bad request whose error is the invalid template.
    const shown = code === 'InvalidTemplate' ? 'BadRequest' : code;
    return { status, code: shown, error: failure, ...(outputs === undefined ? {} : { outputs }) };
  }
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return failed('InternalServerError', `The action could not be executed because of an unexpected error: ${reason}`);
}

/** The code of an action that ended with this status and named no code of its own. */
export function defaultCode(status: ActionStatus): string {
  switch (status) {
    case 'Succeeded':
      return 'OK';
    case 'Failed':
      return 'ActionFailed';
    case 'Skipped':
      return 'ActionSkipped';
    case 'TimedOut':
      return 'ActionTimedOut';
    case 'Cancelled':
      return 'ActionCancelled';
    case 'Aborted':
      return 'ActionAborted';
    case 'Waiting':
    case 'Running':
    case 'Paused':
      return status;
  }
}

/** The platform's wording for a scope, loop or run that failed because of what is in it. */
export const actionFailed: Failure = {
  code: 'ActionFailed',
  message: 'An action failed. No dependent actions succeeded.',
};

export function runAfterNotSatisfied(
  action: string,
  before: string,
  expected: readonly string[],
  actual: string,
): Failure {
  return {
    code: 'ActionConditionFailed',
    message:
      `The execution of template action '${action}' is skipped: the 'runAfter' condition for action '${before}' is not satisfied. ` +
      `Expected status values '${expected.join(', ')}' and actual value '${actual}'.`,
  };
}

export function branchNotTaken(action: string): Failure {
  return {
    code: 'ActionBranchingConditionNotSatisfied',
    message: `The execution of template action '${action}' skipped: the branching condition for this action is not satisfied.`,
  };
}

/** Wording and code as the cloud records them for the children of a skipped scope. */
export function parentSkipped(action: string, parent: string): Failure {
  return {
    code: 'ActionDependencyFailed',
    message:
      `The execution of template action '${action}' is skipped: dependant action '${parent}' completed with status 'Skipped' ` +
      `and code 'ActionSkipped'.`,
  };
}

export function terminatedBefore(action: string): Failure {
  return {
    code: 'Terminated',
    message: `The execution of template action '${action}' is skipped: the run has been terminated.`,
  };
}

/** A request that the engine refuses: the caller's mistake, told with every reason. */
export class EngineError extends Error {
  constructor(
    readonly code: 'WorkflowNotFound' | 'WorkflowTriggerNotFound' | 'InvalidTemplate',
    message: string,
    readonly reasons: readonly string[] = [],
  ) {
    super(message);
    this.name = 'EngineError';
  }
}
