/** Syntax of the files that are no workflows; the reader of workflows reports its own. */
import type { ProjectDocument } from '../../project/document';
import type { Finding } from '../rule';

export function* syntaxFindings(document: ProjectDocument): Iterable<Finding> {
  if (document.kind === 'other' || document.kind === 'map' || document.kind === 'schema' || document.kind === 'rules')
    return;
  for (const problem of document.tree.problems) {
    yield { code: 'json-syntax', range: problem, message: problem.message, path: '' };
  }
  if (document.tree.root === undefined) {
    const message = 'The file is empty: a JSON object is expected.';
    yield { code: 'json-syntax', range: { start: 0, end: document.text.length }, message, path: '' };
  }
}
