/** Triggers and actions of every workflow, by name. */
import { SymbolKind } from 'vscode-languageserver';
import type { SymbolInformation } from 'vscode-languageserver';
import { nameRange } from '../../language/workflow/model';
import { isSubsequence } from '../values/matching';
import type { Workspace } from '../workspace';

/** More than anyone reads; the editor asks again as the query grows. */
const MAX_RESULTS = 500;

export function workspaceSymbols(workspace: Workspace, query: string): SymbolInformation[] {
  const wanted = query.toLowerCase();
  const found: SymbolInformation[] = [];
  for (const uri of workspace.uris()) {
    const view = workspace.view(uri);
    if (view?.document.kind !== 'workflow') continue;
    const { workflow, lines } = view.document;
    if (workflow === undefined) continue;
    const containerName = view.path.split('/')[0] ?? '';
    for (const operation of [...workflow.triggers, ...workflow.actions]) {
      if (!isSubsequence(wanted, operation.name.toLowerCase())) continue;
      found.push({
        name: operation.name,
        kind: 'scope' in operation ? SymbolKind.Function : SymbolKind.Event,
        containerName,
        location: { uri, range: lines.rangeOf(nameRange(operation)) },
      });
      if (found.length >= MAX_RESULTS) return found;
    }
  }
  return found;
}
