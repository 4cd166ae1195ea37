/** What a run of the in-host suite reports, as JSON in the file that LOGICAPPS_WORKBENCH_TEST names. */
export interface Report {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly tests: readonly TestResult[];
  /** What the suite measured: title with unit, such as "F5 to first stop, in-host (ms)", to value. */
  readonly figures: Readonly<Record<string, number>>;
}

export interface TestResult {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly message?: string;
}
