/** When a trigger's recurrence is due next, as an editor shows it. */
import { clockAt } from '../../language/expressions/dates/zones';
import { parseValue } from '../../language/json/parse';
import { property } from '../../language/json/tree';
import type { PropertyNode } from '../../language/json/tree';
import type { ProjectDocument } from '../../language/project/document';
import type { Trigger } from '../../language/workflow/model';
import { upcoming } from '../../language/workflow/occurrences';
import { readRecurrence } from '../../language/workflow/recurrence';
import { describeRecurrence } from '../../language/workflow/recurrenceInWords';

export interface UpcomingRuns {
  /** The `recurrence` member. */
  readonly property: PropertyNode;
  /** The recurrence, such as `every day at 08:30`. */
  readonly words: string;
  /** Such as `Tue 2026-11-24 06:00`, in the recurrence's own time zone. */
  readonly times: readonly string[];
  /** As written; `UTC` when none is. */
  readonly zone: string;
}

/**
 * The next runs of a trigger that is armed at `now`, in milliseconds since 1970. Undefined for a trigger without a recurrence, and for
 * one with expressions or mistakes in it.
 */
export function upcomingRuns(
  { text }: ProjectDocument,
  trigger: Trigger,
  now: number,
  count: number,
): UpcomingRuns | undefined {
  const written = property(trigger.node, 'recurrence');
  if (written?.value?.kind !== 'object') return undefined;
  const parsed = parseValue(text.slice(written.value.start, written.value.end));
  if (!parsed.ok) return undefined;
  const recurrence = readRecurrence(parsed.value);
  if ('problem' in recurrence) return undefined;
  const hasSeconds = recurrence.frequency === 'Second';
  const times = upcoming(recurrence, now, count).map((time) => clockText(clockAt(recurrence.zone, time), hasSeconds));
  const words = describeRecurrence(parsed.value) ?? '';
  return { property: written, words, times, zone: recurrence.zone.name };
}

const weekDays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** `clock`: milliseconds of a clock on the wall, as if it were UTC. */
function clockText(clock: number, hasSeconds: boolean): string {
  const date = new Date(clock);
  const [day = '', time = ''] = date.toISOString().split('T');
  return `${weekDays[date.getUTCDay()] ?? ''} ${day} ${time.slice(0, hasSeconds ? 8 : 5)}`;
}
