/** The outline: triggers, then actions as they nest, with the sides of conditions and the cases of switches. */
import { SymbolKind } from 'vscode-languageserver';
import type { DocumentSymbol } from 'vscode-languageserver';
import { encloses } from '../../language/text/range';
import type { TextRange } from '../../language/text/range';
import type { LineIndex } from '../../language/text/range';
import { nameRange } from '../../language/workflow/model';
import type { Action, Scope } from '../../language/workflow/model';
import type { DocumentView } from '../workspace';

export function documentSymbols(view: DocumentView): DocumentSymbol[] {
  const { workflow, lines } = view.document;
  if (workflow === undefined) return [];
  return [
    ...workflow.triggers.map((trigger) =>
      symbol(lines, trigger.name, trigger.type, SymbolKind.Event, trigger.property, nameRange(trigger)),
    ),
    ...workflow.scope.actions.map((action) => actionSymbol(lines, action)),
  ];
}

function actionSymbol(lines: LineIndex, action: Action): DocumentSymbol {
  const children = action.scopes.flatMap((scope) => {
    const nested = scope.actions.map((each) => actionSymbol(lines, each));
    const title = scopeTitle(scope);
    const { node } = scope;
    if (title === undefined || node === undefined || nested.length === 0) return nested;
    return [
      {
        ...symbol(lines, title, '', SymbolKind.Namespace, node, { start: node.start, end: node.start + 1 }),
        children: nested,
      },
    ];
  });
  return {
    ...symbol(lines, action.name, action.type, kindOf(action), action.property, nameRange(action)),
    children,
  };
}

/** The first side of a condition and a plain scope need no level of their own. */
function scopeTitle(scope: Scope): string | undefined {
  switch (scope.role) {
    case 'else':
      return 'else';
    case 'default':
      return 'default';
    case 'case':
      return `case ${scope.name ?? ''}`;
    case 'tool':
      return `tool ${scope.name ?? ''}`;
    case 'root':
    case 'actions':
      return undefined;
  }
}

function kindOf(action: Action): SymbolKind {
  if (action.scopes.length > 0) return SymbolKind.Namespace;
  return action.type.endsWith('Variable') ? SymbolKind.Variable : SymbolKind.Function;
}

function symbol(
  lines: LineIndex,
  name: string,
  detail: string,
  kind: SymbolKind,
  range: TextRange,
  selection: TextRange,
): DocumentSymbol {
  // The protocol wants the selection inside the range, and refuses an empty name.
  const inside = encloses(range, selection) ? selection : range;
  return {
    name: name === '' ? '(no name)' : name,
    detail,
    kind,
    range: lines.rangeOf(range),
    selectionRange: lines.rangeOf(inside),
  };
}
