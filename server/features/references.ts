/** Find all references. */
import type { Location } from 'vscode-languageserver';
import { occurrenceAt } from '../../language/workflow/symbols';
import type { DocumentView, Workspace } from '../workspace';
import { placesOf } from './declarations';

export function references(
  workspace: Workspace,
  view: DocumentView,
  offset: number,
  includeDeclaration: boolean,
): Location[] | null {
  const occurrence = occurrenceAt(view.document, offset);
  if (occurrence === undefined) return null;
  return placesOf(workspace, view, occurrence)
    .filter((each) => includeDeclaration || each.occurrence.role !== 'declaration')
    .map(({ uri, view: found, occurrence: { range } }) => ({ uri, range: found.document.lines.rangeOf(range) }));
}
