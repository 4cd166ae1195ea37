/**
 * What the engine needs from the world. Everything with an effect comes through here, so that a test runs days of recurrence in
 * milliseconds and a scenario answers every request itself.
 */
import type { Value } from '../language/json/value';

export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
  /** Resolves when the time has come, or at once when `signal` is aborted; never rejects. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export interface Ids {
  /** 36 characters, lower case, with hyphens. */
  guid(): string;
  /** Like the platform's: digits followed by `CU` and two digits, sortable so that newer runs come first. */
  runId(): string;
  /** In [0, 1). */
  random(): number;
}

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  /** In the order and spelling in which they are sent. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | undefined;
  /** Client certificate of ClientCertificate authentication. */
  readonly certificate?: { readonly pfx: Uint8Array; readonly passphrase: string | undefined };
  /** Who asks, so that a scenario can answer by name. */
  readonly origin: RequestOrigin;
}

export interface RequestOrigin {
  readonly kind: 'action' | 'trigger';
  readonly name: string;
  readonly type: string;
  readonly attempt: number;
}

export interface HttpResponse {
  readonly statusCode: number;
  /** Lower-case names; repeated headers are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A connectivity failure, as opposed to an answer with an error status. */
export interface HttpFailure {
  readonly code: string;
  readonly message: string;
}

export interface HttpClient {
  /** Never rejects: what went wrong on the wire is the value's `failure`. */
  send(
    request: HttpRequest,
    signal: AbortSignal,
  ): Promise<{ readonly response: HttpResponse } | { readonly failure: HttpFailure }>;
}

/** Read access to the project folder: artifacts, scripts beside a workflow. Paths are relative, with forward slashes. */
export interface ProjectFiles {
  read(path: string): Promise<Uint8Array | undefined>;
  list(folder: string): Promise<readonly string[]>;
}

export interface ProcessOptions {
  readonly input?: string;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Laid over the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /**
   * Files, by name, that the program works on: it runs in a folder that holds them instead of in the project's. The same files are found
   * there again, with what the program has made of them.
   */
  readonly files?: ReadonlyMap<string, string>;
}

/** Runs a program, for scripts in other languages. */
export interface Processes {
  run(
    command: string,
    args: readonly string[],
    options: ProcessOptions,
  ): Promise<
    { readonly exitCode: number; readonly stdout: string; readonly stderr: string } | { readonly missing: true }
  >;
}

/** Answers for an action instead of executing it: scenarios, tests and the debugger's "try the other path". */
export interface ActionMocks {
  /** `undefined`: no mock fits, execute the action. */
  answer(action: {
    readonly name: string;
    readonly type: string;
    readonly repetition: readonly number[];
    readonly inputs: Value;
  }): Promise<MockAnswer | undefined>;
}

export interface MockAnswer {
  readonly status: 'Succeeded' | 'Failed' | 'TimedOut';
  readonly code?: string;
  readonly outputs: Value | undefined;
  readonly error?: { readonly code: string; readonly message: string };
}

export interface Ports {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly http: HttpClient;
  readonly files: ProjectFiles;
  readonly processes: Processes;
  readonly mocks?: ActionMocks;
}
