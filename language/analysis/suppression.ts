/**
 * Diagnostics that the author has answered with a comment in the file:
 *
 *     // logicapps-disable-next-line action-unknown, expression-type
 *     // logicapps-disable-line
 *     // logicapps-disable parameter-unused
 *
 * The last form counts for the whole file. Without codes, all are meant.
 */
import type { Diagnostic } from '../text/diagnostic';
import type { LineIndex } from '../text/range';

const comment = /\/[/*][ \t]*logicapps-disable(-next-line|-line)?\b([^\r\n*]*)/g;

/** Of diagnostics, those that no comment of the text answers. */
export function withoutSuppressed(diagnostics: readonly Diagnostic[], text: string, lines: LineIndex): Diagnostic[] {
  const suppressions = text.includes('logicapps-disable') ? readSuppressions(text, lines) : [];
  if (suppressions.length === 0) return [...diagnostics];
  return diagnostics.filter(({ code, range }) => {
    const { line } = lines.positionAt(range.start);
    return !suppressions.some(
      (each) => (each.line === undefined || each.line === line) && (each.codes.size === 0 || each.codes.has(code)),
    );
  });
}

interface Suppression {
  /** The only line it counts for; undefined: the whole file. */
  readonly line: number | undefined;
  /** Empty: all. */
  readonly codes: ReadonlySet<string>;
}

function readSuppressions(text: string, lines: LineIndex): Suppression[] {
  return [...text.matchAll(comment)].map(({ index, 1: where, 2: list = '' }) => {
    const { line } = lines.positionAt(index);
    return {
      line: where === '-next-line' ? line + 1 : where === '-line' ? line : undefined,
      // Words behind the codes say why: "parameter-unused: set by the pipeline".
      codes: new Set((list.split(':')[0] ?? '').split(/[\s,]+/).filter((code) => code !== '')),
    };
  });
}
