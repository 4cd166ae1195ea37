/** The shared run cases, read in place. They are skipped where the folder is not present. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readCases } from '../../../runtime/scenario/case';
import { judgeCase } from '../../../runtime/scenario/judge';
import { runCase } from '../../../runtime/scenario/runner';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const folder = join(process.env['LOGICAPPS_SHARED'] ?? join(root, '../shared'), 'runs');

for (const name of ['semantics.json', 'logicappunit.json']) {
  const file = join(folder, name);
  describe.skipIf(!existsSync(file))(name, () => {
    const cases = existsSync(file) ? readCases(readFileSync(file, 'utf8')) : [];
    it.each(cases.map((each) => [each.id, each] as const))('%s', async (_id, scenario) => {
      const seen = await runCase(scenario, { folder });
      expect(judgeCase(scenario.expect, seen, folder)).toEqual([]);
    });
  });
}
