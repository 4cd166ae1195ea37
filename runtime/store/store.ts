/**
 * Where runs are kept: what a store must do, whether it lives in SQLite or in memory. Events are appended in the order in which the
 * engine tells them; `commit` makes everything appended so far durable, so that many events share one transaction.
 */
import type { RunEvent } from '../events';
import type { RunSummary } from '../host/commands';

/** One run as lists show it. */
export interface StoredRun extends RunSummary {
  readonly code?: string;
  readonly stateless: boolean;
  readonly parentRunId?: string;
}

export interface RunQuery {
  /** Folder name, in any case. */
  readonly workflow?: string | undefined;
  readonly trigger?: string | undefined;
  readonly statuses?: readonly string[];
  /** Milliseconds since 1970. */
  readonly startedFrom?: { readonly time: number; readonly inclusive: boolean };
  readonly startedTo?: { readonly time: number; readonly inclusive: boolean };
  readonly clientTrackingId?: string;
  /** Runs that this one has called. */
  readonly parentRunId?: string;
  /** Newest first, behind the run that this names. */
  readonly after?: string | undefined;
  readonly top: number;
}

export interface Retention {
  /** Runs that ended earlier than this time go; milliseconds since 1970. Undefined: however old. */
  readonly endedBefore: number | undefined;
  /** At most this many ended runs stay, the newest ones. */
  readonly keep: number;
}

export interface RunStore {
  /** False: what is kept here is gone when the process ends. */
  readonly durable: boolean;
  /** Never throws: trouble with the disk is told once and the event is kept in memory. */
  append(event: RunEvent): void;
  /** Resolves when everything appended before the call is durable; undefined when it already is. */
  commit(): Promise<void> | undefined;
  run(runId: string): StoredRun | undefined;
  runs(query: RunQuery): readonly StoredRun[];
  events(runId: string): readonly RunEvent[];
  /** Stateful runs that had not ended when the store was opened or since, oldest first. */
  unfinished(): readonly StoredRun[];
  /** A small text kept under a name: the state of a trigger, the key of callback addresses. */
  note(name: string): string | undefined;
  setNote(name: string, text: string | undefined): void;
  /** Returns how many runs were removed. */
  prune(retention: Retention): number;
  close(): void;
}

/** What the first event of a run says about it. */
export function runOf(event: RunEvent & { readonly type: 'runStarted' }): StoredRun {
  return {
    runId: event.runId,
    workflow: event.workflow,
    trigger: event.trigger,
    status: 'Running',
    startTime: event.time,
    endTime: undefined,
    clientTrackingId: event.clientTrackingId,
    stateless: event.stateless,
    ...(event.parent === undefined ? {} : { parentRunId: event.parent.runId }),
  };
}

/** The run after its last event. Written out, because it is done for every run. */
export function ended(run: StoredRun, event: RunEvent & { readonly type: 'runFinished' }): StoredRun {
  const { runId, workflow, trigger, startTime, clientTrackingId, stateless, parentRunId } = run;
  const { status, time: endTime, code, error } = event;
  return {
    runId,
    workflow,
    trigger,
    status,
    startTime,
    endTime,
    clientTrackingId,
    stateless,
    ...(parentRunId === undefined ? undefined : { parentRunId }),
    ...(code === undefined ? undefined : { code }),
    ...(error === undefined ? undefined : { error }),
  };
}

/** Does a run belong to the answer of a query (order, `after` and `top` apart)? */
export function fits(run: StoredRun, query: RunQuery): boolean {
  const same = (one: string, other: string | undefined): boolean =>
    other === undefined || one.toLowerCase() === other.toLowerCase();
  const { startedFrom: from, startedTo: to } = query;
  return (
    same(run.workflow, query.workflow) &&
    same(run.trigger, query.trigger) &&
    (query.statuses === undefined || query.statuses.some((each) => same(run.status, each))) &&
    (query.parentRunId === undefined || run.parentRunId === query.parentRunId) &&
    (query.clientTrackingId === undefined || run.clientTrackingId === query.clientTrackingId) &&
    (from === undefined || run.startTime > from.time || (from.inclusive && run.startTime === from.time)) &&
    (to === undefined || run.startTime < to.time || (to.inclusive && run.startTime === to.time))
  );
}

/** Newest first; of runs of one instant the later one has the smaller id: ids count down. */
export function newestFirst(one: StoredRun, other: StoredRun): number {
  return other.startTime - one.startTime || (one.runId < other.runId ? -1 : one.runId > other.runId ? 1 : 0);
}
