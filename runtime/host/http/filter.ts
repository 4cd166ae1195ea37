/** The `$filter` of run lists: comparisons of `status`, `startTime` and `clientTrackingId`, joined by `and`. Statuses may be joined by `or`. */
import type { RunQuery } from '../../store/store';

export type RunFilter = Partial<Pick<RunQuery, 'statuses' | 'startedFrom' | 'startedTo' | 'clientTrackingId'>>;

/** A filter, or what is wrong with its text. */
export function parseFilter(text: string): { readonly filter: RunFilter } | { readonly problem: string } {
  const filter: { -readonly [Key in keyof RunFilter]: RunFilter[Key] } = {};
  for (const part of text.trim().split(/\s+and\s+/i)) {
    if (part === '') continue;
    const problem = add(filter, withoutBrackets(part));
    if (problem !== undefined) return { problem };
  }
  return { filter };
}

function withoutBrackets(part: string): string {
  const inner = /^\s*\((.*)\)\s*$/s.exec(part)?.[1];
  return inner === undefined ? part : withoutBrackets(inner);
}

function add(filter: { -readonly [Key in keyof RunFilter]: RunFilter[Key] }, part: string): string | undefined {
  const statuses = part
    .split(/\s+or\s+/i)
    .map((each) => /^\s*status\s+eq\s+'([^']*)'\s*$/i.exec(withoutBrackets(each))?.[1]);
  if (statuses.every((each) => each !== undefined)) {
    filter.statuses = statuses;
    return undefined;
  }
  const tracking = /^\s*clientTrackingId\s+eq\s+'((?:[^']|'')*)'\s*$/i.exec(part)?.[1];
  if (tracking !== undefined) {
    filter.clientTrackingId = tracking.replaceAll("''", "'");
    return undefined;
  }
  const time = /^\s*startTime\s+(gt|ge|lt|le|eq)\s+'?(?:datetime')?([^'\s]+)'?\s*$/i.exec(part);
  const value = Date.parse(time?.[2] ?? '');
  const operator = time?.[1]?.toLowerCase();
  if (operator === undefined || Number.isNaN(value)) {
    return `'${part.trim()}' is not understood. Use, for example: status eq 'Failed' and startTime ge 2024-05-01T00:00:00Z`;
  }
  const bound = { time: value, inclusive: operator.endsWith('e') || operator === 'eq' };
  if (operator.startsWith('g') || operator === 'eq') filter.startedFrom = bound;
  if (operator.startsWith('l') || operator === 'eq') filter.startedTo = bound;
  return undefined;
}
