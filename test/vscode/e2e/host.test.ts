/** The in-host suite, inside the extension host of a real VS Code. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSession, root } from '../driver/session';
import type { Session } from '../driver/session';
import type { Report } from '../host/run';

describe('inside the extension host', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'logicapps-report-')), 'report.json');
  let session: Session;
  beforeAll(async () => {
    session = await openSession({
      folder: join(root, 'examples', 'order-processing'),
      env: { LOGICAPPS_WORKBENCH_ROOT: root, LOGICAPPS_WORKBENCH_REPORT: file },
      extensions: [[join(root, 'test', 'vscode', '.output', 'host'), 'logicapps-workbench.workbench-suite-0.0.0']],
    });
  });
  afterAll(() => session.close());

  it('every test of the suite passes', async () => {
    await expect.poll(() => existsSync(file), { timeout: 80_000, interval: 250 }).toBe(true);
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    expect(report.failures).toEqual([]);
    expect(report.passed).toBeGreaterThan(0);
  });
});
