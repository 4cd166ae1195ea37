/**
 * What the designer shows of a run: one small record for each action, folded from the run's events by the extension. Inputs and
 * outputs are not part of it; the panel asks for those of one step.
 */
import type { ActionStatus, RunStatus } from '../../runtime/events';

export interface RunOverlay {
  readonly runId: string;
  readonly status: RunStatus;
  readonly trigger: { readonly name: string; readonly status: ActionStatus; readonly durationMs: number } | undefined;
  readonly steps: readonly StepOverlay[];
  /** Where the run is held, when a debugger holds it. */
  readonly paused: PausedAt | undefined;
  /** Why the run failed. */
  readonly error: { readonly code: string; readonly message: string } | undefined;
}

export type PausedAt =
  | { readonly role: 'trigger' }
  | { readonly role: 'action'; readonly action: string; readonly repetition: readonly number[] };

/** One action over all its repetitions. */
export interface StepOverlay {
  readonly action: string;
  /** The one that matters most: what is under way before what failed before what succeeded. */
  readonly status: ActionStatus;
  /** How often the action has run or is running; above 1 only in loops. */
  readonly count: number;
  /** Repetitions by status. */
  readonly statuses: Readonly<Partial<Record<ActionStatus, number>>>;
  /** Of all finished repetitions together, in milliseconds. */
  readonly durationMs: number;
  /** The platform's code of the latest repetition that ended, such as `OK` or `ActionFailed`. */
  readonly code: string | undefined;
  /** Why the latest failed repetition failed. */
  readonly error: string | undefined;
  /** Indexes of the loops around the latest repetition, outermost first. */
  readonly latest: readonly number[];
}

export const actionStatuses = [
  'Paused',
  'Running',
  'Waiting',
  'Failed',
  'TimedOut',
  'Cancelled',
  'Aborted',
  'Succeeded',
  'Skipped',
] as const satisfies readonly ActionStatus[];

export const runStatuses = [
  'Running',
  'Waiting',
  'Succeeded',
  'Failed',
  'Cancelled',
  'TimedOut',
  'Aborted',
] as const satisfies readonly RunStatus[];
