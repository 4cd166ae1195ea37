/**
 * What can be asked of a runtime host, and what it tells. Everything here is plain data: it crosses a worker's message port, or
 * stays in one thread in tests, without a difference.
 */
import type { Failure, Payload, RunEvent, RunStatus, Step } from '../events';

export interface HostOptions {
  /** Absolute path of the project folder. */
  readonly projectFolder: string;
  /** Preferred port of the HTTP listener; another free one is taken when it is in use. Undefined: no listener. */
  readonly port?: number;
  readonly hostName?: string;
  /** SQLite file of runs; undefined keeps runs in memory. */
  readonly storeFile?: string;
  /** Laid over local.settings.json and the environment. */
  readonly appSettings?: Readonly<Record<string, string>>;
  /** JSON texts, by the name of a parameter: laid over parameters.json. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** A `*.test.json`, absolute or from the project folder; the case of this id or the first. `mocks`: its mocks answer. */
  readonly scenario?: { readonly file: string; readonly id?: string; readonly mocks: boolean };
  /** True: recurrence and polling triggers are armed at once; false: they fire only when asked. */
  readonly armTriggers: boolean;
  /**
   * True: stateful runs that have not ended when the host is stopped are taken up again by the next one on this store. Otherwise they
   * are cancelled.
   */
  readonly suspendOnStop?: boolean;
  /** Secrets of connections, by app-setting name; kept out of events and the store. */
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface Breakpoint {
  readonly id: number;
  readonly workflow: string;
  /** Name of the trigger or action, in any case. */
  readonly operation: string;
  readonly role: 'trigger' | 'action';
  readonly moment: 'before' | 'after';
  /** A property of the operation, from its own node on: the run is held before its expression is evaluated. */
  readonly property?: readonly (string | number)[];
  /** A WDL expression, without `@`; the breakpoint holds only when it is true. */
  readonly condition?: string;
  /** Hits to pass over, such as `5`, `>5`, `>=5`, `%3`. */
  readonly hitCondition?: string;
  /** A text with `@{…}`; it is logged and the run goes on. */
  readonly logMessage?: string;
}

/** Holds a run behind a step that has set a workflow variable. */
export interface DataBreakpoint {
  readonly id: number;
  readonly workflow: string;
  readonly variable: string;
  readonly condition?: string;
  readonly hitCondition?: string;
}

/** Where a held run may go on to. */
export type Resume = 'continue' | 'next' | 'stepIn' | 'stepOut';

/** Where a step into an action leads: its first expression, or the actions and runs inside. Without one, what the action has. */
export type StepInTarget = 'expressions' | 'inside';

/** Where a held run is looked at: one of the past, or back at the present. */
export type Travel = 'stepBack' | 'reverseContinue' | 'next' | 'stepIn' | 'stepOut' | 'continue';

export type ExceptionFilter = 'failed' | 'unhandled' | 'skipped' | 'retried';

export interface TriggerRequest {
  readonly method: string;
  /** Path and query behind the trigger's own address. */
  readonly relativePath?: string;
  readonly query?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyBase64?: string;
}

export interface SentResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyBase64: string;
}

export interface WorkflowSummary {
  readonly name: string;
  readonly file: string;
  readonly stateless: boolean;
  readonly triggers: readonly {
    readonly name: string;
    readonly type: string;
    readonly callbackUrl: string | undefined;
  }[];
  /** Why it cannot run; empty when it can. */
  readonly problems: readonly string[];
}

export interface RunSummary {
  readonly runId: string;
  readonly workflow: string;
  readonly trigger: string;
  readonly status: RunStatus;
  readonly startTime: number;
  readonly endTime: number | undefined;
  readonly clientTrackingId: string;
  readonly error?: Failure;
}

/** One name and value of a held run, shown by a debugger. */
export interface Inspected {
  readonly name: string;
  /** A WDL expression that gives the same value, where there is one. */
  readonly expression?: string;
  readonly kind?: string;
  readonly value: Payload;
}

export type InspectScope =
  'expression' | 'trigger' | 'action' | 'loop' | 'variables' | 'parameters' | 'appSettings' | 'run';

/** Each command with its reply. */
export interface Commands {
  readonly listWorkflows: {
    readonly request: object;
    readonly reply: { readonly workflows: readonly WorkflowSummary[] };
  };
  /** Fires a trigger by hand: a request for Request triggers, outputs (JSON text) for others. Returns when the run has been accepted. */
  readonly fireTrigger: {
    readonly request: {
      readonly workflow: string;
      readonly trigger?: string;
      readonly request?: TriggerRequest;
      readonly outputs?: string;
    };
    readonly reply: { readonly runIds: readonly string[]; readonly response?: SentResponse };
  };
  readonly cancelRun: { readonly request: { readonly runId: string }; readonly reply: object };
  readonly listRuns: {
    readonly request: { readonly workflow?: string; readonly top?: number };
    readonly reply: { readonly runs: readonly RunSummary[] };
  };
  readonly runEvents: {
    readonly request: { readonly runId: string };
    readonly reply: { readonly events: readonly RunEvent[] };
  };
  /** Reads the project again; new runs use it. */
  readonly reload: { readonly request: object; readonly reply: { readonly workflows: readonly WorkflowSummary[] } };
  readonly setBreakpoints: {
    readonly request: {
      readonly breakpoints: readonly Breakpoint[];
      readonly exceptions: readonly ExceptionFilter[];
      /** Of a filter: names of actions and error codes with commas between them, or an expression that must be true. */
      readonly exceptionConditions?: Readonly<Partial<Record<ExceptionFilter, string>>>;
      readonly data?: readonly DataBreakpoint[];
    };
    readonly reply: object;
  };
  /** Turns holding on and off; a host without a debugger holds nothing. */
  readonly setDebugging: {
    readonly request: { readonly enabled: boolean; readonly stopOnEntry?: boolean };
    readonly reply: object;
  };
  readonly resume: {
    readonly request: { readonly holdId: number; readonly mode: Resume; readonly target?: StepInTarget };
    readonly reply: object;
  };
  /**
   * Looks into the past of a held run, or moves such a look: `holdId` is that of the live hold. The reply is a hold to look at, the live
   * one when the way forward has ended there.
   */
  readonly travel: {
    readonly request: { readonly holdId: number; readonly mode: Travel };
    readonly reply: { readonly hold: Hold };
  };
  /**
   * Starts a new run that takes over what a run had done before one of its steps, and holds it there; the old one is cancelled. Without
   * a step the new run begins at the trigger. `inputs`: JSON in place of what the step would be given.
   */
  readonly restartFrom: {
    readonly request: { readonly runId: string; readonly step?: Step; readonly inputs?: string };
    readonly reply: { readonly runId: string };
  };
  /** Where a step into the held step can lead. */
  readonly stepInTargets: {
    readonly request: { readonly holdId: number };
    readonly reply: { readonly targets: readonly StepInTarget[] };
  };
  /** Holds every run at its next step. */
  readonly pause: { readonly request: { readonly runId?: string }; readonly reply: object };
  readonly inspect: {
    readonly request: { readonly holdId: number; readonly scope: InspectScope };
    readonly reply: { readonly items: readonly Inspected[] };
  };
  readonly evaluate: {
    readonly request: { readonly holdId?: number; readonly expression: string };
    readonly reply: { readonly value: Payload } | { readonly error: Failure };
  };
  readonly setVariable: {
    readonly request: { readonly holdId: number; readonly name: string; readonly json: string };
    readonly reply: { readonly value: Payload } | { readonly error: Failure };
  };
  /** Gives a held action other inputs before it begins, or another result when it has ended. */
  readonly setAction: {
    readonly request: { readonly holdId: number; readonly member: ActionMember; readonly json: string };
    readonly reply: { readonly value: Payload } | { readonly error: Failure };
  };
  readonly close: { readonly request: object; readonly reply: object };
}

/** What of a held action can be changed. */
export type ActionMember = 'inputs' | 'outputs' | 'status';

export type CommandName = keyof Commands;

/** A held step: what the debugger shows as a stopped thread. */
export interface Hold {
  readonly holdId: number;
  readonly runId: string;
  readonly workflow: string;
  readonly role: 'trigger' | 'action';
  readonly name: string;
  readonly actionType: string;
  readonly step: Step | undefined;
  readonly moment: 'before' | 'after';
  readonly reason: 'breakpoint' | 'data breakpoint' | 'step' | 'pause' | 'exception' | 'entry' | 'restart';
  readonly breakpointIds: readonly number[];
  /** Set when an action failed: why the run is held. */
  readonly error?: Failure;
  /** Set while an expression of the step is being evaluated. */
  readonly expression?: HeldExpression;
  /** True for a moment of the past that is looked at: nothing can be changed there. */
  readonly recorded?: true;
  /** What else is to be said of why the run is held. */
  readonly note?: string;
  readonly enclosing: readonly {
    readonly step: Step;
    readonly actionType: string;
    readonly index?: number;
    readonly count?: number;
  }[];
}

/** A property that is about to be evaluated, or a call inside of it that is about to be made. */
export interface HeldExpression {
  /** Of the property, from the operation's own node on. */
  readonly path: readonly (string | number)[];
  /** The whole string of the property. */
  readonly template: string;
  /** The part that is about to be evaluated, in the string. */
  readonly start: number;
  readonly end: number;
}

/** What a host tells without being asked. */
export type HostNotice =
  | { readonly type: 'listening'; readonly url: string; readonly port: number }
  | { readonly type: 'event'; readonly event: RunEvent }
  /** The project has been read again: new runs use it. `problems`: by workflow, why it cannot run. */
  | { readonly type: 'reloaded'; readonly problems: readonly { readonly workflow: string; readonly reason: string }[] }
  | { readonly type: 'held'; readonly hold: Hold }
  | { readonly type: 'released'; readonly holdId: number }
  | {
      readonly type: 'log';
      readonly level: 'info' | 'warning' | 'error';
      readonly message: string;
      readonly runId?: string;
    }
  | { readonly type: 'crashed'; readonly message: string };

export interface NoticeInterest {
  /** False: events are not for this listener. A host that has no listener for them keeps less of its stateless runs. */
  readonly events?: boolean;
}

/** How every user of a runtime talks to it: the extension, the debug adapter, the CLI and tests. */
export interface RuntimeLink {
  /** Rejects with a `HostError` when the host refuses or is gone. */
  send<Name extends CommandName>(name: Name, request: Commands[Name]['request']): Promise<Commands[Name]['reply']>;
  /** Returns a function that ends the subscription. */
  onNotice(listener: (notice: HostNotice) => void, interest?: NoticeInterest): () => void;
  /** Cancels what runs, frees port and store. Safe to call twice. */
  dispose(): Promise<void>;
}

/** A refusal that a user can understand; anything else thrown across the link is a bug of ours. */
export class HostError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'HostError';
  }
}
