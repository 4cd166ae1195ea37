import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findFunction, mayBe, parameterAt, parse, typeOf, walk } from '../../../language/expressions/index';
import type { Expression } from '../../../language/expressions/index';
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

/** Arguments whose type can't be right, as an editor would underline them. */
function misfits(root: Expression): string[] {
  const found: string[] = [];
  walk(root, (node) => {
    const definition = node.kind === 'call' ? findFunction(node.name) : undefined;
    if (node.kind !== 'call' || definition === undefined) return;
    for (const [index, arg] of node.args.entries()) {
      const expected = parameterAt(definition, index)?.type ?? 'any';
      const given =
        arg.kind === 'literal'
          ? typeOf(arg.value)
          : arg.kind === 'call'
            ? (findFunction(arg.name)?.returns ?? 'any')
            : 'any';
      if (!mayBe(given, expected)) found.push(`${node.name}, argument ${index + 1}`);
    }
  });
  return found;
}

const expressions = suites
  .filter((file) => existsSync(file))
  .flatMap((file) => readCases(readFileSync(file, 'utf8')))
  .filter((test) => test.expr !== undefined);

describe.skipIf(expressions.length === 0)('types before evaluation', () => {
  it('never contradict what evaluates', () => {
    for (const test of expressions) {
      // What is never reached may be wrong.
      if (test.error === true || /\b(and|or|if|coalesce)\(/.test(test.expr ?? '')) continue;
      expect(misfits(parse(test.expr ?? '').ast), test.expr).toEqual([]);
    }
  });

  it('find most of the wrong arguments', () => {
    const wrong = expressions.filter((test) => {
      const outcome = test.error === true ? run(test) : undefined;
      return outcome?.ok === false && /expects its .* to be of type/.test(outcome.failure.message);
    });
    const found = wrong.filter((test) => misfits(parse(test.expr ?? '').ast).length > 0);
    expect(found.length).toBeGreaterThan(0.7 * wrong.length);
  });
});
