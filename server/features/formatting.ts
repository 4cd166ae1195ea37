/**
 * Formatting: blanks and line breaks only. Comments, the order of members, texts, line endings and a byte-order mark stay as they are,
 * and a text with mistakes in it is laid out as far as it can be read.
 */
import { format } from 'jsonc-parser';
import type { FormattingOptions, Range, TextEdit } from 'vscode-languageserver';
import { textStyle } from '../../language/workflow/changes/textStyle';
import type { DocumentView } from '../workspace';

const BYTE_ORDER_MARK = '\ufeff';

/** Edits of the whole document, or of the lines of `range`. */
export function formattingEdits({ document }: DocumentView, options: FormattingOptions, range?: Range): TextEdit[] {
  const { text, lines } = document;
  // The scanner takes the mark for a part of the first token.
  const skipped = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const start = range === undefined ? skipped : Math.max(skipped, lines.offsetAt(range.start));
  const end = range === undefined ? text.length : lines.offsetAt(range.end);
  const { insertSpaces, tabSize, insertFinalNewline } = options;
  const edits = format(
    text.slice(skipped),
    range === undefined ? undefined : { offset: start - skipped, length: Math.max(0, end - start) },
    {
      insertSpaces,
      tabSize,
      eol: textStyle(text).newline,
      insertFinalNewline: insertFinalNewline === true,
      keepLines: options['keepLines'] === true,
    },
  );
  return edits.map(({ offset, length, content }) => ({
    range: lines.rangeOf({ start: offset + skipped, end: offset + length + skipped }),
    newText: content,
  }));
}
