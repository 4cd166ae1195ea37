/** Rename: of actions, triggers, variables, parameters, connections and app settings, in every file where the name stands. */
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import { escaped, escapedName } from '../../language/json/escape';
import { isSame, occurrenceAt, occurrences } from '../../language/workflow/symbols';
import type { Occurrence } from '../../language/workflow/symbols';
import type { DocumentView, Workspace } from '../workspace';
import { placesOf } from './declarations';

export function prepareRename(view: DocumentView, offset: number): { range: Range; placeholder: string } | null {
  const occurrence = occurrenceAt(view.document, offset);
  if (occurrence === undefined) return null;
  return { range: view.document.lines.rangeOf(occurrence.range), placeholder: occurrence.name };
}

/** Throws a ResponseError, which the editor shows, when the new name cannot be used. */
export function rename(
  workspace: Workspace,
  view: DocumentView,
  offset: number,
  newName: string,
): WorkspaceEdit | null {
  const occurrence = occurrenceAt(view.document, offset);
  if (occurrence === undefined) return null;
  const refusal = refuse(view, occurrence, newName);
  if (refusal !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, refusal);
  const changes: Record<string, TextEdit[]> = {};
  for (const place of placesOf(workspace, view, occurrence)) {
    const { range, form } = place.occurrence;
    (changes[place.uri] ??= []).push({
      range: place.view.document.lines.rangeOf(range),
      newText: form === 'expression' ? escapedName(newName) : escaped(newName),
    });
  }
  return { changes };
}

function refuse(view: DocumentView, occurrence: Occurrence, newName: string): string | undefined {
  if (newName.trim() === '') return 'A name cannot be empty.';
  if (isSame(occurrence, { kind: occurrence.kind, name: newName })) return undefined;
  const kinds =
    occurrence.kind === 'action' || occurrence.kind === 'trigger' ? ['action', 'trigger'] : [occurrence.kind];
  const taken = occurrences(view.document).some(
    (each) =>
      each.role === 'declaration' && kinds.includes(each.kind) && each.name.toLowerCase() === newName.toLowerCase(),
  );
  return taken ? `The name '${newName}' is taken already.` : undefined;
}
