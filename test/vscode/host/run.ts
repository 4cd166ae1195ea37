/**
 * Runs the in-host suite with mocha. Desktop VS Code calls `run` through @vscode/test-electron; in VS Code for the browser the small
 * extension of this folder calls it. The environment names the repository and the report to write.
 */
import { globSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type Mocha from 'mocha';

export interface Report {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly { readonly title: string; readonly message: string }[];
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The environment variable ${name} is missing.`);
  return value;
}

/** Rejects when a test has failed. */
export async function run(): Promise<void> {
  const root = required('LOGICAPPS_WORKBENCH_ROOT');
  const load = createRequire(join(root, 'package.json'));
  const MochaClass = load('mocha') as typeof Mocha;
  const mocha = new MochaClass({ ui: 'bdd', timeout: 60_000 });
  for (const file of globSync('suite/*.test.js', { cwd: __dirname })) mocha.addFile(join(__dirname, file));
  const failures: { title: string; message: string }[] = [];
  const report = await new Promise<Report>((resolve) => {
    let passed = 0;
    let skipped = 0;
    mocha
      .run((failed) => resolve({ passed, failed, skipped, failures }))
      .on('pass', () => passed++)
      .on('pending', () => skipped++)
      .on('fail', (test, error: Error) =>
        failures.push({ title: test.fullTitle(), message: error.stack ?? error.message }),
      );
  });
  writeFileSync(required('LOGICAPPS_WORKBENCH_REPORT'), JSON.stringify(report));
  if (report.failed > 0) throw new Error(failures.map((each) => `${each.title}: ${each.message}`).join('\n'));
}

/** The entry of the small extension: runs the suite when the environment asks for it. */
export function activate(): void {
  if (process.env['LOGICAPPS_WORKBENCH_REPORT'] === undefined) return;
  run().catch((error: unknown) => console.error(error));
}
