/**
 * Runs the bundled suite with mocha inside the extension host. Desktop VS Code calls `run` through
 * @vscode/test-electron; in VS Code in the browser this is an extension, installed beside the product, that starts
 * by itself when the environment names a report.
 */
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { figures } from './figures';
import type { Report, TestResult } from './report';

/** Rejects when a test has failed, which is how @vscode/test-electron learns of it. */
export async function run(): Promise<void> {
  const report = await runSuites();
  const file = process.env['LOGICAPPS_WORKBENCH_TEST'];
  if (file !== undefined) {
    // Renamed, so that who waits for the file finds it complete.
    writeFileSync(`${file}.part`, JSON.stringify(report));
    renameSync(`${file}.part`, file);
  }
  if (report.failed > 0) throw new Error(`${report.failed} tests failed in the extension host.`);
}

export function activate(): void {
  if (process.env['LOGICAPPS_WORKBENCH_TEST'] === undefined) return;
  run().catch((error: unknown) => console.error(error));
}

async function runSuites(): Promise<Report> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000 });
  const folder = join(__dirname, 'suite');
  for (const name of readdirSync(folder).sort()) if (name.endsWith('.js')) mocha.addFile(join(folder, name));
  const tests: TestResult[] = [];
  await new Promise<void>((resolve, reject) => {
    try {
      mocha
        .run(() => resolve())
        .on('pass', (test) => tests.push({ title: test.fullTitle(), state: 'passed' }))
        .on('pending', (test) => tests.push({ title: test.fullTitle(), state: 'skipped' }))
        .on('fail', (test, error: Error) =>
          tests.push({ title: test.fullTitle(), state: 'failed', message: error.stack ?? error.message }),
        );
    } catch (error) {
      reject(error instanceof Error ? error : new Error(String(error)));
    }
  }).catch((error: Error) =>
    tests.push({ title: 'loading the suite', state: 'failed', message: error.stack ?? error.message }),
  );
  const count = (state: TestResult['state']) => tests.filter((test) => test.state === state).length;
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped'), tests, figures: figures() };
}
