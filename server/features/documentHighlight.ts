/** The other places of the name under the cursor, in the same file. */
import { DocumentHighlightKind } from 'vscode-languageserver';
import type { DocumentHighlight } from 'vscode-languageserver';
import { isSame, occurrenceAt, occurrences } from '../../language/workflow/symbols';
import type { DocumentView } from '../workspace';

export function documentHighlights(view: DocumentView, offset: number): DocumentHighlight[] | null {
  const { document } = view;
  const occurrence = occurrenceAt(document, offset);
  if (occurrence === undefined) return null;
  return occurrences(document)
    .filter((each) => isSame(each, occurrence))
    .map(({ range, role }) => ({
      range: document.lines.rangeOf(range),
      kind: role === 'read' ? DocumentHighlightKind.Read : DocumentHighlightKind.Write,
    }));
}
