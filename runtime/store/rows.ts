/** How runs and events are written into columns, and read back. What a column holds was written by us, but may be damaged. */
import type { SQLInputValue } from 'node:sqlite';
import { runStatuses } from '../events';
import type { Failure, RunEvent } from '../events';
import { readBatch } from './batch';
import type { RunQuery, StoredRun } from './store';

export type Row = Record<string, SQLInputValue>;

/** The columns of a run, in the order of the insert statement. */
export function valuesOf(run: StoredRun): SQLInputValue[] {
  return [
    run.runId,
    run.workflow,
    run.trigger,
    run.status,
    run.startTime,
    run.endTime ?? null,
    run.clientTrackingId,
    run.code ?? null,
    run.error === undefined ? null : JSON.stringify(run.error),
    run.parentRunId ?? null,
  ];
}

/** The columns that the end of a run changes. */
export function endingOf(run: StoredRun): SQLInputValue[] {
  const error = run.error === undefined ? null : JSON.stringify(run.error);
  return [run.status, run.endTime ?? null, run.code ?? null, error];
}

export function runOfRow(row: Row): StoredRun {
  const optional = (name: string): string | undefined => {
    const value = row[name];
    return typeof value === 'string' ? value : undefined;
  };
  const text = (name: string): string => optional(name) ?? '';
  const [code, error, parent] = [optional('code'), failureOf(optional('error')), optional('parent')];
  return {
    runId: text('id'),
    workflow: text('workflow'),
    trigger: text('trigger'),
    status: runStatuses.find((each) => each === row['status']) ?? 'Aborted',
    startTime: Number(row['start_time']),
    endTime: row['end_time'] == null ? undefined : Number(row['end_time']),
    clientTrackingId: text('tracking_id'),
    stateless: false,
    ...(code === undefined ? {} : { code }),
    ...(error === undefined ? {} : { error }),
    ...(parent === undefined ? {} : { parentRunId: parent }),
  };
}

function failureOf(text: string | undefined): Failure | undefined {
  if (text === undefined) return undefined;
  const value = parsed(text);
  return isRecord(value) && typeof value['code'] === 'string' && typeof value['message'] === 'string'
    ? { code: value['code'], message: value['message'] }
    : undefined;
}

/** The events of one batch of a run, in today's or an earlier form; a damaged batch yields none. */
export function eventsOf(text: string, runId: string): readonly RunEvent[] {
  const read = readBatch(text, runId);
  if (read !== undefined) return read;
  const value = parsed(text);
  return Array.isArray(value) ? value.filter(isEvent) : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isEvent(value: unknown): value is RunEvent {
  return isRecord(value) && typeof value['type'] === 'string' && typeof value['sequence'] === 'number';
}

/** The statement that answers a query, and its values. */
export function selectRuns(query: RunQuery): { readonly sql: string; readonly values: SQLInputValue[] } {
  const where: string[] = [];
  const values: SQLInputValue[] = [];
  const add = (condition: string, ...given: SQLInputValue[]): void => {
    where.push(condition);
    values.push(...given);
  };
  const { startedFrom: from, startedTo: to } = query;
  if (query.workflow !== undefined) add('workflow = ?', query.workflow);
  if (query.trigger !== undefined) add('"trigger" = ?', query.trigger);
  if (query.clientTrackingId !== undefined) add('tracking_id = ?', query.clientTrackingId);
  if (query.parentRunId !== undefined) add('parent = ?', query.parentRunId);
  if (query.statuses !== undefined) {
    add(`status IN (${query.statuses.map(() => '?').join(', ')})`, ...query.statuses);
  }
  if (from !== undefined) add(from.inclusive ? 'start_time >= ?' : 'start_time > ?', from.time);
  if (to !== undefined) add(to.inclusive ? 'start_time <= ?' : 'start_time < ?', to.time);
  if (query.after !== undefined) {
    add('number < (SELECT number FROM runs WHERE id = ?)', query.after);
  }
  const condition = where.length === 0 ? '' : `WHERE ${where.join(' AND ')}`;
  values.push(query.top);
  return { sql: `SELECT * FROM runs ${condition} ORDER BY number DESC LIMIT ?`, values };
}
