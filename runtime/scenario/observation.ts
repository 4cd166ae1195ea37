/** What happened in a case: what the judge looks at, and what `--actuals` writes. */
import type { OutgoingResponse } from '../engine/contract';
import type { RunHistory } from '../engine/history';
import type { Value } from '../../language/json/value';

/** One outgoing call, of whatever kind of action. Times are workflow time, in milliseconds since the case began. */
export interface SeenRequest {
  readonly action: string;
  /** Type of the action or trigger. */
  readonly kind: string;
  readonly operationId: string | undefined;
  readonly attempt: number;
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | undefined;
  /** Of actions that are not HTTP: the evaluated `inputs.parameters`, or the inputs. */
  readonly payload: Value | undefined;
  readonly startTime: number;
  endTime: number;
}

export interface Observation {
  /** Workflow time at which the case began, in milliseconds since 1970. */
  readonly start: number;
  /** Runs the trigger started, in order; runs of called workflows are not among them. */
  readonly runs: readonly RunHistory[];
  /** Runs of workflows that were called. */
  readonly called: readonly RunHistory[];
  readonly response: OutgoingResponse | undefined;
  readonly asyncResponse: OutgoingResponse | undefined;
  readonly requests: readonly SeenRequest[];
  /** Most outgoing calls that were under way at once. */
  readonly concurrent: number;
  /** Mistakes of the case itself, such as a call that no mock answers. */
  readonly errors: readonly string[];
}
