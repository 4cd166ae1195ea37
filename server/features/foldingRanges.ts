/** Folding: objects and arrays over several lines, and comments. Read from the tokens, so that half-typed text folds too. */
import { createScanner } from 'jsonc-parser';
import { FoldingRangeKind } from 'vscode-languageserver';
import type { FoldingRange } from 'vscode-languageserver';
import { Token } from '../../language/json/tokens';
import type { DocumentView } from '../workspace';

export function foldingRanges({ document }: DocumentView): FoldingRange[] {
  const { text, lines } = document;
  const lineOf = (offset: number): number => lines.positionAt(offset).line;
  const scanner = createScanner(text, false);
  const ranges: FoldingRange[] = [];
  const open: { readonly line: number; readonly token: number }[] = [];
  /** Line comments right below each other fold as one. */
  let comments: { readonly start: number; end: number } | undefined;
  const endComments = (): void => {
    if (comments !== undefined && comments.end > comments.start) {
      ranges.push({ startLine: comments.start, endLine: comments.end, kind: FoldingRangeKind.Comment });
    }
    comments = undefined;
  };
  for (let token: number = scanner.scan(); token !== Token.End; token = scanner.scan()) {
    const offset = scanner.getTokenOffset();
    switch (token) {
      case Token.Blank:
      case Token.LineBreak:
        continue;
      case Token.LineComment: {
        const line = lineOf(offset);
        if (comments?.end === line - 1) comments.end = line;
        else {
          endComments();
          comments = { start: line, end: line };
        }
        continue;
      }
      case Token.BlockComment: {
        const [startLine, endLine] = [lineOf(offset), lineOf(scanner.getPosition())];
        if (endLine > startLine) ranges.push({ startLine, endLine, kind: FoldingRangeKind.Comment });
        break;
      }
      case Token.OpenBrace:
      case Token.OpenBracket:
        open.push({ line: lineOf(offset), token });
        break;
      case Token.CloseBrace:
      case Token.CloseBracket: {
        const opening = token === Token.CloseBrace ? Token.OpenBrace : Token.OpenBracket;
        const from = open.findLastIndex((each) => each.token === opening);
        if (from < 0) break;
        const startLine = open[from]?.line ?? 0;
        // What was opened inside and never closed ends here.
        open.length = from;
        // The line of the closing brace stays in sight.
        const endLine = lineOf(offset) - 1;
        if (endLine > startLine) ranges.push({ startLine, endLine });
        break;
      }
    }
    endComments();
  }
  endComments();
  return ranges.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine);
}
