/** Go to definition: of the name under the cursor, and of the workflow that an action calls. */
import type { Location } from 'vscode-languageserver';
import { locate } from '../../language/json/path';
import { occurrenceAt } from '../../language/workflow/symbols';
import type { DocumentView, Workspace } from '../workspace';
import { linkedFile } from './documentLinks';
import { placesOf } from './declarations';

export function definition(workspace: Workspace, view: DocumentView, offset: number): Location[] | null {
  const occurrence = occurrenceAt(view.document, offset);
  if (occurrence !== undefined) {
    const places = placesOf(workspace, view, occurrence).filter((each) => each.occurrence.role === 'declaration');
    return places.map(({ uri, view: found, occurrence: { range } }) => ({
      uri,
      range: found.document.lines.rangeOf(range),
    }));
  }
  const { property, inKey } = locate(view.document.tree, offset);
  const target = inKey || property?.value === undefined ? undefined : linkedFile(workspace, view, property.value);
  const start = { line: 0, character: 0 };
  return target === undefined ? null : [{ uri: target, range: { start, end: start } }];
}
