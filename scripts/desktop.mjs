/** Runs the in-host suite in a desktop VS Code that @vscode/test-electron downloads, for machines that can. */
import { runTests } from '@vscode/test-electron';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const folder = join(mkdtempSync(join(tmpdir(), 'logicapps-desktop-')), 'workspace');
cpSync('examples/order-processing', folder, { recursive: true });
await runTests({
  extensionDevelopmentPath: resolve('.'),
  extensionTestsPath: resolve('test/vscode/.output/host/main.js'),
  launchArgs: [folder, '--disable-workspace-trust'],
  extensionTestsEnv: {
    LOGICAPPS_WORKBENCH_ROOT: resolve('.'),
    LOGICAPPS_WORKBENCH_REPORT: resolve('.cache/reports/desktop.json'),
  },
});
