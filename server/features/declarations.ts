/** Where the names of a logic app are declared and used across the files of its project. */
import { isSame, occurrences } from '../../language/workflow/symbols';
import type { Occurrence, SymbolName } from '../../language/workflow/symbols';
import type { DocumentView, Workspace } from '../workspace';

export interface Place {
  readonly uri: string;
  readonly view: DocumentView;
  readonly occurrence: Occurrence;
}

/** Names of one workflow mean nothing in another; the others belong to the whole project. */
function isLocal(view: DocumentView, symbol: SymbolName): boolean {
  switch (symbol.kind) {
    case 'action':
    case 'trigger':
    case 'variable':
    case 'agentParameter':
      return true;
    case 'parameter':
      return (
        view.document.workflow?.parameters.some((each) => isSame(symbol, { kind: 'parameter', name: each.name })) ===
        true
      );
    case 'connection':
    case 'appSetting':
      return false;
  }
}

/** Every place of a name that means the same thing as in `view`. */
export function placesOf(workspace: Workspace, view: DocumentView, symbol: SymbolName): Place[] {
  const views = isLocal(view, symbol) || view.root === undefined ? [view] : projectViews(workspace, view);
  return views.flatMap((each) => {
    // Another workflow may declare a parameter of the same name for itself.
    if (each.document !== view.document && isLocal(each, symbol)) return [];
    return occurrences(each.document)
      .filter((occurrence) => isSame(occurrence, symbol))
      .map((occurrence) => ({ uri: each.uri, view: each, occurrence }));
  });
}

function projectViews(workspace: Workspace, view: DocumentView): DocumentView[] {
  return [...view.project.documents.keys()].flatMap((path) => {
    const other = path === view.path ? view : workspace.view(workspace.uriOf(view, path));
    return other ?? [];
  });
}
