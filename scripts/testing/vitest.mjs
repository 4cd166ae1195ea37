/** Runs vitest and counts its tests from its JSON report. */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../toolchain/paths.mjs';
import { run } from '../toolchain/run.mjs';

/**
 * @typedef {{passed: number, failed: number, skipped: number}} Counts
 */

/**
 * @param {string} name of the report
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Counts>}
 */
export async function vitest(name, args, env = {}) {
  const report = join(root, 'test', 'vscode', '.output', `${name}.json`);
  rmSync(report, { force: true });
  const { code } = await run(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      ...['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    ],
    { cwd: root, env: { ...process.env, ...env } },
  );
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const counts = count(JSON.parse(readFileSync(report, 'utf8')));
  // An error outside of the tests, such as an unhandled rejection, fails the run with no failed test to show.
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/**
 * A file that can't be loaded has no tests in the report: it counts as one failure.
 * @param {{numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: {status: string, assertionResults: {status: string}[]}[]}} report
 * @returns {Counts}
 */
function count(report) {
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
