/** Quick fixes: what the rules know how to mend, for the diagnostics under the selection. */
import { CodeActionKind } from 'vscode-languageserver';
import type { CodeAction, CodeActionContext, Range } from 'vscode-languageserver';
import { analyze } from '../../language/analysis/analyze';
import type { Diagnostic } from '../../language/text/diagnostic';
import type { DocumentView } from '../workspace';

/** `known` are the diagnostics of this very version, when the server has them; else they are made anew. */
export function codeActions(
  view: DocumentView,
  range: Range,
  context: CodeActionContext,
  known: readonly Diagnostic[] | undefined,
): CodeAction[] {
  if (context.only !== undefined && !context.only.some((each) => isKindOf(CodeActionKind.QuickFix, each))) return [];
  const { lines } = view.document;
  const start = lines.offsetAt(range.start);
  const end = lines.offsetAt(range.end);
  const diagnostics = known ?? analyze(view.project, view.document);
  return diagnostics
    .filter((each) => each.range.start <= end && start <= each.range.end)
    .flatMap((diagnostic) =>
      (diagnostic.fixes ?? []).map((fix): CodeAction => {
        const shown = context.diagnostics.filter(
          (each) => each.code === diagnostic.code && each.message === diagnostic.message,
        );
        return {
          title: fix.title,
          kind: CodeActionKind.QuickFix,
          ...(shown.length === 0 ? {} : { diagnostics: shown }),
          ...(fix.preferred === true ? { isPreferred: true } : {}),
          edit: {
            changes: {
              [view.uri]: fix.edits.map((edit) => ({ range: lines.rangeOf(edit.range), newText: edit.newText })),
            },
          },
        };
      }),
    );
}

/** Kinds are hierarchies: asking for `quickfix` also asks for `quickfix.spelling`, and the empty kind asks for all. */
function isKindOf(kind: string, wanted: string): boolean {
  return wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`);
}
