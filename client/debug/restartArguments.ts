/** The arguments of the request `restartFrom`: which run, from which of its actions, and with which inputs. */
import type { Step } from '../../runtime/events';

export interface RestartArguments {
  readonly runId: string;
  /** Undefined: from the trigger. */
  readonly step: Step | undefined;
  /** JSON in place of what the action would be given. */
  readonly inputs: string | undefined;
}

/** `{runId | threadId, action?, repetition?, inputs?}`, or what is wrong with it. */
export function readRestartArguments(
  given: object,
  runOf: (threadId: number) => string | undefined,
): RestartArguments | { readonly problem: string } {
  const members = new Map<string, unknown>(Object.entries(given));
  const threadId = members.get('threadId');
  const named = members.get('runId');
  const runId = typeof named === 'string' ? named : typeof threadId === 'number' ? runOf(threadId) : undefined;
  if (runId === undefined) return { problem: '\'restartFrom\' needs the run: "runId" or "threadId".' };
  const action = members.get('action');
  if (action !== undefined && typeof action !== 'string') return { problem: '"action" must be the name of an action.' };
  const repetition: unknown = members.get('repetition') ?? [];
  if (!isIndexes(repetition)) return { problem: '"repetition" must be the zero-based indexes of the loops around.' };
  const inputs = members.get('inputs');
  return {
    runId,
    step: action === undefined ? undefined : { action, repetition },
    inputs: inputs === undefined ? undefined : JSON.stringify(inputs),
  };
}

function isIndexes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => Number.isInteger(each) && Number(each) >= 0);
}
