/** The exception filters a user can tick, and what is said about a failure that a run is held at. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { ExceptionFilter, Hold } from '../../runtime/host/commands';

export const exceptionFilters: DebugProtocol.ExceptionBreakpointsFilter[] = [
  {
    filter: 'failed',
    label: 'Failed Actions',
    description: 'Stops when an action has failed or timed out, also when a later action handles it by its runAfter.',
  },
  {
    filter: 'unhandled',
    label: 'Unhandled Failures',
    description: 'Stops when an action has failed or timed out and no action or scope handles it by its runAfter.',
    default: true,
  },
  {
    filter: 'skipped',
    label: 'Skipped Actions',
    description: 'Stops behind an action that was skipped because its runAfter was not met.',
  },
  {
    filter: 'retried',
    label: 'Retried Requests',
    description: 'Stops when a request of an action has failed, before it is made again by the retry policy.',
  },
];

export function isExceptionFilter(name: string): name is ExceptionFilter {
  return exceptionFilters.some((each) => each.filter === name);
}

/** Undefined when the step is not held because of a failure. */
export function exceptionInfo({ error, name, step }: Hold): DebugProtocol.ExceptionInfoResponse['body'] | undefined {
  if (error === undefined) return undefined;
  return {
    exceptionId: error.code,
    description: error.message,
    breakMode: 'always',
    details: {
      typeName: error.code,
      message: error.message,
      evaluateName: `actions('${(step?.action ?? name).replaceAll("'", "''")}')`,
    },
  };
}
