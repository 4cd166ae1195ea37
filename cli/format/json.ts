/** The stable machine form: a JSON array of findings, positions zero-based. */
import type { CheckedFile } from './problem';

export function formatJson(files: readonly CheckedFile[]): string {
  const findings = files.flatMap(({ file, document, diagnostics }) =>
    diagnostics.map(({ range, severity, code, message, path }) => ({
      file,
      range: document.lines.rangeOf(range),
      severity,
      code,
      message,
      path,
    })),
  );
  return `${JSON.stringify(findings, null, 2)}\n`;
}
