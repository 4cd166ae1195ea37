/** `npm test`: everything that must hold, in the order in which a failure is cheapest. Ends with one line of counts. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { bootstrap } from './bootstrap.mjs';

const usage = `npm test -- [options]

  --only <phases>   comma-separated: lint, types, unit, vscode
  --desktop         also run the in-host suite in a desktop VS Code, which is downloaded
  --help            this text`;

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(usage);
  process.exit(0);
}
bootstrap();

const onlyAt = args.indexOf('--only');
const only = onlyAt < 0 ? ['lint', 'types', 'unit', 'vscode'] : (args[onlyAt + 1] ?? '').split(',');
const reports = '.cache/reports';
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const total = { passed: 0, failed: 0, skipped: 0 };

/** Runs a phase and says how long it took; a phase returns its counts. */
async function phase(name, work) {
  console.log(`\n── ${name}`);
  const start = Date.now();
  const counts = await work();
  for (const key of Object.keys(total)) total[key] += counts[key] ?? 0;
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  console.log(`── ${name}: ${counts.failed > 0 ? 'FAILED' : 'ok'} (${seconds} s)`);
  return counts.failed === 0;
}

function run(tool, ...rest) {
  return spawnSync(process.execPath, [tool, ...rest], { stdio: 'inherit' }).status === 0;
}

const asOne = (passed) => ({ passed: passed ? 1 : 0, failed: passed ? 0 : 1 });

/** Runs vitest and reads its counts from its JSON report; a run without a report counts as one failure. */
function vitest(name, ...rest) {
  const report = `${reports}/${name}.json`;
  const passed = run(
    'node_modules/vitest/vitest.mjs',
    'run',
    ...rest,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${process.cwd()}/${report}`,
  );
  if (!existsSync(report)) return asOne(false);
  const result = JSON.parse(readFileSync(report, 'utf8'));
  const failed = result.numFailedTests;
  return {
    passed: result.numPassedTests,
    // A file that cannot be loaded fails the run without a failed test.
    failed: failed === 0 && !passed ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

if (only.includes('lint')) {
  await phase('lint', () => asOne(run('node_modules/eslint/bin/eslint.js', '.')));
  await phase('format', () => asOne(run('node_modules/prettier/bin/prettier.cjs', '--check', '.', '--log-level=warn')));
}
if (only.includes('types')) await phase('types', () => asOne(run('scripts/types.mjs')));
if (only.includes('unit') || only.includes('vscode')) {
  const built = await phase('build', () => asOne(run('scripts/build.mjs')));
  if (built && only.includes('unit')) await phase('unit and conformance tests', () => vitest('unit'));
  if (built && only.includes('vscode')) {
    const { browser } = await import('./browser.mjs');
    const { buildHostSuite } = await import('./hostSuite.mjs');
    await buildHostSuite();
    await phase('in a real VS Code', () =>
      browser((line) => console.log(line)) === undefined
        ? { failed: 1 }
        : vitest('vscode', '--config', 'test/vscode/vitest.config.mts'),
    );
    if (args.includes('--desktop')) await phase('in desktop VS Code', () => asOne(run('scripts/desktop.mjs')));
  }
}

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 ? 1 : 0);
