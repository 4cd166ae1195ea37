/**
 * What the engine offers to hosts, terminals and scenarios, and what it asks of them beyond the ports. Types only, so that a host
 * can be built without pulling in the engine.
 */
import type { Value } from '../../language/json/value';
import type { Failure, RunEvent, RunStatus, ActionStatus, Step } from '../events';
import type { Ports } from '../ports';
import type { Gate } from './gate';
import type { Limits } from './limits';
import type { RuntimeProject } from './project';

export interface EngineOptions {
  readonly project: RuntimeProject;
  readonly ports: Ports;
  /** Called synchronously for each event, in order. Must not throw. */
  emit(event: RunEvent): void;
  /**
   * True: of this workflow's runs only start, trigger, answer, end and what failed are told. For stateless workflows whose history
   * nobody keeps or watches. Asked once for each run.
   */
  quiet?(workflow: string, stateless: boolean): boolean;
  /**
   * Asked before anything that has been emitted becomes visible outside the process: a request, a response, the end of a run.
   * A durable store commits here, so that many events share one transaction. Nothing returned means: committed.
   */
  commit?(): Promise<void> | undefined;
  /**
   * Asked before a Workflow action starts a run: one that it had started before the process ended, and whose end it must wait for
   * instead of starting another.
   */
  nested?(request: StartRequest): RunHandle | undefined;
  readonly gate?: Gate;
  readonly limits?: Partial<Limits>;
  /** Addresses that this runtime can be reached at. Without it, plausible ones on localhost are given out. */
  readonly addresses?: Addresses;
  readonly connectors?: ConnectorClients;
  /** Where messages for Batch triggers go. Without it they are refused. */
  readonly batches?: Batches;
  readonly options?: EngineBehaviour;
}

/** Deviations that a scenario may ask for. */
export interface EngineBehaviour {
  /** Every retry policy counts as `none`. */
  readonly disableRetries?: boolean;
  readonly disableChunking?: boolean;
  /** No token is asked for; requests go out without an Authorization header. */
  readonly ignoreManagedIdentity?: boolean;
}

export interface Addresses {
  /** Where a caller polls for the answer of an asynchronous Response action. */
  asyncResponse(workflow: string, runId: string): string;
  /** Where a webhook action is called back. */
  webhook(workflow: string, runId: string, step: Step): string;
  /** What `listCallbackUrl()` gives: the address of a Request or webhook trigger. */
  trigger(workflow: string, trigger: string): string;
}

/** Operations of connections: managed connectors, service providers, functions, API management. */
export interface ConnectorClients {
  /** The client of a connection, or undefined when this runtime has none for its connector. */
  client(request: ConnectorRequest): ConnectorClient | undefined;
}

export interface ConnectorRequest {
  readonly section:
    'managedApiConnections' | 'serviceProviderConnections' | 'functionConnections' | 'apiManagementConnections';
  /** Key in connections.json, as the workflow writes it. */
  readonly connection: string;
  /** `serviceBus`, `office365`, …; empty when the connection is unknown. */
  readonly connector: string;
  readonly operation: string;
  /** Name and type of the action that asks. */
  readonly action: string;
  readonly type: string;
}

export interface ConnectorClient {
  /** Executes an operation once; retries are the engine's. `inputs` are the evaluated inputs of the action. */
  invoke(inputs: Value, signal: AbortSignal): Promise<ConnectorAnswer>;
  /**
   * A trigger looks once for what is new. `inputs` are the trigger's; `memory` is what the last look gave, null at the first.
   * Missing when triggers of this connection do not fire on this machine.
   */
  look?(inputs: Value, memory: Value, signal: AbortSignal): Promise<ConnectorLook>;
}

/** What a trigger of a connection has found: each of the bodies fires it. */
export type ConnectorLook =
  | {
      readonly bodies: readonly Value[];
      readonly memory: Value;
      /** There is more already: look again at once. */
      readonly more?: boolean;
    }
  | { readonly failure: Failure };

export interface ConnectorAnswer {
  readonly statusCode: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Value | undefined;
  readonly error?: Failure;
}

/** Messages that Batch triggers collect. */
export interface Batches {
  /** Undefined: the message has been taken. */
  add(message: BatchMessage): Failure | undefined;
}

export interface BatchMessage {
  /** Folder name, in any case. */
  readonly workflow: string;
  readonly trigger?: string;
  readonly batchName: string;
  readonly partitionName?: string;
  readonly messageId: string;
  readonly content: Value;
  /** The step that sends it, the same when it is executed again. */
  readonly origin: string;
}

/** What a trigger has brought: the start of a run. */
export interface TriggerResult {
  readonly inputs?: Value | undefined;
  readonly outputs: Value | undefined;
  /** Milliseconds since 1970; now when missing. */
  readonly startTime?: number;
  readonly status?: ActionStatus;
  readonly code?: string;
}

export interface StartRequest {
  /** Folder name, in any case. */
  readonly workflow: string;
  /** The workflow's only trigger when missing. */
  readonly trigger?: string;
  readonly result: TriggerResult;
  /** Overrides the trigger's own correlation. */
  readonly clientTrackingId?: string;
  readonly runId?: string;
  readonly parent?: { readonly runId: string; readonly step: Step };
  /** How many workflows have called each other up to this run; 0 for a run that a trigger started. */
  readonly depth?: number;
  /** The run is accepted at once and begins when this resolves. */
  readonly waitFor?: Promise<void>;
  /** False: the caller does not listen for a Response action (splitOn, non-HTTP triggers). True by default. */
  readonly answers?: boolean;
}

export interface RunHandle {
  readonly runId: string;
  readonly workflow: string;
  readonly clientTrackingId: string;
  /** What the caller of a Request trigger gets. Undefined when no Response action is in the definition, or nobody listens. */
  readonly response: Promise<OutgoingResponse> | undefined;
  /** Set once `response` was a 202 of an asynchronous Response action: what polling its Location finally gives. */
  readonly asyncResponse: Promise<OutgoingResponse>;
  /** Never rejects. */
  readonly done: Promise<RunOutcome>;
  cancel(): void;
}

export interface RunOutcome {
  readonly runId: string;
  readonly status: RunStatus;
  readonly code: string | undefined;
  readonly error?: Failure;
  readonly startTime: number;
  readonly endTime: number;
}

/** A request as it arrived at a Request trigger's or a webhook's address. */
export interface IncomingRequest {
  readonly method: string;
  /** Behind `/invoke`, as sent (percent-encoded), without the leading slash; '' when there is nothing. */
  readonly path: string;
  /** Without the question mark, as sent. */
  readonly query: string;
  /** In the order and spelling in which they came. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | undefined;
}

export interface OutgoingResponse {
  readonly statusCode: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array;
}
