/** The engine's entry: it turns a trigger's result into a run and tells what the run does as events. */
import type { EngineOptions, IncomingRequest, OutgoingResponse, RunHandle, StartRequest } from './contract';
import type { Step } from '../events';

export interface EngineApi {
  /** Starts a run. Throws an `EngineError` when the workflow is unknown or cannot run (its reasons are listed). */
  start(request: StartRequest): RunHandle;
  /** Why a workflow cannot run; empty when it can. */
  problems(workflow: string): readonly string[];
  /** A run that has not ended. */
  run(runId: string): RunHandle | undefined;
  runs(): readonly RunHandle[];
  /** Hands a call from outside to the webhook action that waits for it; undefined when nothing waits there (any more). */
  callback(runId: string, step: Step, request: IncomingRequest): OutgoingResponse | undefined;
  /** True while there is work that does not wait for the clock: a virtual clock must not advance then. */
  readonly busy: boolean;
  /** Cancels every run and waits for their end. */
  close(): Promise<void>;
}

export type { EngineOptions };
