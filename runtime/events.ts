/**
 * The one event stream of a run. Everything that wants to know what a run does reads this: the store appends it, history folds it,
 * the designer overlays it, the debugger stops on it. Events are plain serialisable data; values travel as JSON text (exact for
 * 64-bit integers and key order) and are redacted before they become part of an event.
 */

/** JSON text of a value, or the reason why there is none. */
export interface Payload {
  readonly json?: string;
  /** The value is hidden by `runtimeConfiguration.secureData` or holds a secret. */
  readonly secured?: true;
}

/** The statuses an action or trigger can have. */
export const actionStatuses = [
  'Waiting',
  'Running',
  'Paused',
  'Succeeded',
  'Failed',
  'Skipped',
  'TimedOut',
  'Cancelled',
  'Aborted',
] as const;
export type ActionStatus = (typeof actionStatuses)[number];

/** The statuses a run can have. */
export const runStatuses = ['Running', 'Waiting', 'Succeeded', 'Failed', 'Cancelled', 'TimedOut', 'Aborted'] as const;
export type RunStatus = (typeof runStatuses)[number];

export interface Failure {
  /** The platform's code, such as `InvalidTemplate`, `ActionFailed`, `NotFound`. */
  readonly code: string;
  readonly message: string;
  /** Further members the platform reports, as JSON text. */
  readonly details?: string;
}

/**
 * One execution of an action: its name (unique in a workflow) and the zero-based indexes of the loops around it, outermost first.
 * The trigger is not a step.
 */
export interface Step {
  readonly action: string;
  readonly repetition: readonly number[];
}

/** A stable key of a step, for maps. */
export function stepKey(step: Step): string {
  return step.repetition.length === 0 ? step.action : `${step.action}[${step.repetition.join('][')}]`;
}

interface EventBase {
  readonly runId: string;
  /** Grows by one with each event of a run, from 1. */
  readonly sequence: number;
  /** Workflow time in milliseconds since 1970; may carry a fraction. */
  readonly time: number;
}

/** One try of a request an action or trigger made. */
export interface Attempt {
  readonly number: number;
  readonly startTime: number;
  readonly endTime: number;
  readonly code: string;
  readonly error?: Failure;
  readonly method?: string;
  readonly url?: string;
  readonly statusCode?: number;
}

export type RunEvent = EventBase &
  (
    | {
        readonly type: 'runStarted';
        readonly workflow: string;
        readonly trigger: string;
        readonly stateless: boolean;
        readonly clientTrackingId: string;
        /** The run that called this one, by its Workflow action. */
        readonly parent?: { readonly runId: string; readonly step: Step };
      }
    | {
        readonly type: 'triggerFired';
        readonly trigger: string;
        readonly status: ActionStatus;
        readonly startTime: number;
        readonly inputs: Payload;
        readonly outputs: Payload;
      }
    /** Inputs are known only when the action has evaluated them: `actionInputs` follows, or the action failed before. */
    | { readonly type: 'actionStarted'; readonly step: Step }
    | { readonly type: 'actionInputs'; readonly step: Step; readonly inputs: Payload }
    | { readonly type: 'attempt'; readonly step: Step; readonly attempt: Attempt }
    | {
        readonly type: 'actionFinished';
        readonly step: Step;
        readonly status: ActionStatus;
        readonly code: string;
        readonly startTime: number;
        readonly outputs: Payload;
        readonly error?: Failure;
        readonly trackedProperties?: Payload;
        readonly repetitionCount?: number;
      }
    /** `step` is the loop; `index` the repetition that begins or ends. */
    | { readonly type: 'iterationStarted'; readonly step: Step; readonly index: number; readonly item: Payload }
    | { readonly type: 'iterationFinished'; readonly step: Step; readonly index: number; readonly status: ActionStatus }
    | {
        readonly type: 'variableSet';
        readonly step: Step;
        readonly name: string;
        readonly kind: string;
        /** The new value; empty when only something was appended. */
        readonly value: Payload;
        /** What was appended to an array or string: a loop that appends n items must not tell n² of them. */
        readonly appended?: Payload;
      }
    | {
        readonly type: 'responseSent';
        readonly step: Step | undefined;
        readonly statusCode: number;
        readonly headers: Readonly<Record<string, string>>;
        readonly body: Payload;
      }
    | { readonly type: 'paused'; readonly step: Step | undefined; readonly reason: string }
    | { readonly type: 'resumed'; readonly step: Step | undefined }
    | {
        readonly type: 'runFinished';
        readonly status: RunStatus;
        readonly code: string | undefined;
        readonly error?: Failure;
        readonly outputs?: Payload;
      }
  );

export type RunEventType = RunEvent['type'];
