import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { complaint, readCases, run } from './conformance';

const shared = process.env['LOGICAPPS_SHARED'] ?? path.resolve(import.meta.dirname, '../../../../shared');
const suites = ['docs', 'real-host', 'templates'].map((name) => path.join(shared, 'wdl', `${name}.json`));

for (const file of suites) {
  const there = existsSync(file);
  describe.skipIf(!there)(path.basename(file), () => {
    for (const test of there ? readCases(readFileSync(file, 'utf8')) : []) {
      it(test.id, () => {
        expect(complaint(test, run(test))).toBeUndefined();
      });
    }
  });
}
