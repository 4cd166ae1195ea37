/**
 * Platform limits with their documented defaults.
 * Source: "Limits and configuration reference for Azure Logic Apps" and "Edit runtime settings for Standard logic apps".
 */
export interface Limits {
  /** Iterations of a Foreach that run at once unless its concurrency says otherwise. */
  readonly foreachConcurrency: number;
  /** Most items of a Foreach in a stateful workflow. */
  readonly foreachItems: number;
  /** In a stateless one. Azure's default is 100; it is higher here because projects raise it where they are deployed. */
  readonly statelessForeachItems: number;
  readonly untilIterations: number;
  readonly statelessUntilIterations: number;
  /** Defaults of an Until without limits. */
  readonly untilCount: number;
  readonly untilTimeout: string;
  /** Most items that splitOn makes runs of. */
  readonly splitOnItems: number;
  /** Milliseconds before a request without an answer counts as failed. */
  readonly requestTimeout: number;
  /** Milliseconds before the caller of a Request trigger gets a time-out instead of the Response action's answer. */
  readonly responseTimeout: number;
  /** Bytes of one message: a body beyond it fails the action. */
  readonly messageSize: number;
  readonly retryCount: number;
  readonly scriptTimeout: number;
  /** Megabytes. */
  readonly scriptMemory: number;
  /** Nested workflow calls in one process. */
  readonly nesting: number;
}

export const defaultLimits: Limits = {
  foreachConcurrency: 20,
  foreachItems: 100_000,
  statelessForeachItems: 100_000,
  untilIterations: 5000,
  statelessUntilIterations: 100,
  untilCount: 60,
  untilTimeout: 'PT1H',
  splitOnItems: 100_000,
  requestTimeout: 225_000,
  responseTimeout: 230_000,
  messageSize: 104_857_600,
  retryCount: 90,
  scriptTimeout: 5000,
  scriptMemory: 128,
  nesting: 32,
};
