/** Versions of a document that take over what stays the same must be read as if they had been opened anew. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyze } from '../../../language/analysis/analyze';
import { ProjectDocument } from '../../../language/project/document';
import { emptyProject } from '../../../language/project/project';

const shared = process.env['LOGICAPPS_SHARED'] ?? join(import.meta.dirname, '../../../../shared');

/** Numbers that are the same in every run. */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const pieces = [
  'x',
  '',
  "'",
  '"',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  ' ',
  '\n',
  '@',
  "@{body('x')}",
  '"a": 1,',
  '/*',
  '//',
  '\\',
  'é',
  '😀',
  '\ud83d',
];

function edited(text: string, next: (below: number) => number): string {
  const at = next(text.length + 1);
  const removed = next(4) === 0 ? next(40) : next(3);
  const piece = next(6) === 0 ? text.slice(next(text.length), next(text.length)) : (pieces[next(pieces.length)] ?? '');
  return text.slice(0, at) + piece.slice(0, 400) + text.slice(at + removed);
}

function seen(document: ProjectDocument) {
  return {
    tree: document.tree,
    found: analyze(emptyProject, document),
    order: document.workflow?.actions.map(({ path }) => path),
  };
}

const example = readFileSync(
  join(import.meta.dirname, '../../../examples/order-processing/process-order/workflow.json'),
  'utf8',
);

function corpus(): string[] {
  const folder = join(shared, 'corpus/workflows');
  const files = existsSync(folder) ? readdirSync(folder).filter((each) => each.endsWith('.json')) : [];
  return files.filter((_, index) => index % 12 === 0).map((each) => readFileSync(join(folder, each), 'utf8'));
}

describe('a document that is edited', () => {
  it.each([example, `\ufeff${example.replaceAll('\n', '\r\n')}`, ...corpus()].map((text, index) => ({ text, index })))(
    'reads like one that is new ($index)',
    ({ text, index }) => {
      const next = sequence(index + 1);
      let current = text;
      let document = new ProjectDocument(current, 'workflow');
      for (let round = 0; round < 60; round++) {
        // Most edits are undone again, as typing goes: else the text is soon no workflow any more.
        const change = edited(current, next);
        for (const version of next(5) === 0 ? [change] : [change, current]) {
          document = document.edited(version, 'workflow');
          if (next(4) > 0) expect(seen(document)).toEqual(seen(new ProjectDocument(version, 'workflow')));
          current = version;
        }
      }
    },
  );
});
