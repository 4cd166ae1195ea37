/** Changes to a text, and their application. Everything that changes a document does it through these. */
import type { TextRange } from './range';

export interface TextEdit {
  readonly range: TextRange;
  readonly newText: string;
}

/**
 * The text after all edits. Ranges refer to the text before any edit and must not overlap;
 * edits at the same place are applied in the order given.
 * Throws RangeError when two edits overlap: that is a bug of the caller.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits.map((edit, order) => ({ edit, order }));
  sorted.sort((a, b) => a.edit.range.start - b.edit.range.start || a.order - b.order);
  let result = '';
  let done = 0;
  for (const { edit } of sorted) {
    if (edit.range.start < done) throw new RangeError(`Overlapping edits at offset ${edit.range.start}`);
    result += text.slice(done, edit.range.start) + edit.newText;
    done = edit.range.end;
  }
  return result + text.slice(done);
}
