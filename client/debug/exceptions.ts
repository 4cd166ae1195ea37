/** The exception filters a user can tick, and what is said about a failure that a run is held at. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Commands, ExceptionFilter, Hold } from '../../runtime/host/commands';
import { namesIn } from '../../runtime/host/debug/exceptionFilters';
import { problemOf } from './breakpoints';

const conditional = {
  supportsCondition: true,
  conditionDescription: 'Actions or error codes, such as Call_api, ActionTimedOut, or an expression that must be true',
} as const;

const kinds: readonly DebugProtocol.ExceptionBreakpointsFilter[] = [
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

export const exceptionFilters: DebugProtocol.ExceptionBreakpointsFilter[] = kinds.map((kind) => ({
  ...kind,
  ...conditional,
}));

/** What the host has to know of exceptions. */
export type ExceptionSettings = Pick<Commands['setBreakpoints']['request'], 'exceptions' | 'exceptionConditions'>;

/** What a client has ticked, with and without conditions, and for each in the order given whether it holds. */
export function readExceptionFilters({
  filters,
  filterOptions = [],
}: DebugProtocol.SetExceptionBreakpointsArguments): ExceptionSettings & {
  readonly breakpoints: DebugProtocol.Breakpoint[];
} {
  const exceptions: ExceptionFilter[] = [];
  const exceptionConditions: Partial<Record<ExceptionFilter, string>> = {};
  const asked: DebugProtocol.ExceptionFilterOptions[] = [
    ...filters.map((filterId) => ({ filterId })),
    ...filterOptions,
  ];
  const breakpoints = asked.map(({ filterId, condition = '' }): DebugProtocol.Breakpoint => {
    if (!isExceptionFilter(filterId)) return { verified: false, message: `There is no filter '${filterId}'.` };
    const problem = namesIn(condition) === undefined ? problemOf({ condition }) : undefined;
    if (problem !== undefined) return { verified: false, message: problem };
    exceptions.push(filterId);
    if (condition.trim() !== '') exceptionConditions[filterId] = condition;
    return { verified: true };
  });
  return { exceptions, exceptionConditions, breakpoints };
}

function isExceptionFilter(name: string): name is ExceptionFilter {
  return kinds.some((each) => each.filter === name);
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
