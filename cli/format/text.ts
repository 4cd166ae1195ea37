/** For people: one line a finding, `file:line:column`, and a closing line with counts. Hints are left out. */
import type { Severity } from '../../language/text/diagnostic';
import type { CheckedFile } from './problem';

export function formatText(files: readonly CheckedFile[]): string {
  const lines: string[] = [];
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { file, document, diagnostics } of files) {
    for (const { range, severity, code, message } of diagnostics) {
      counts[severity]++;
      if (severity === 'hint') continue;
      const { line, character } = document.lines.positionAt(range.start);
      lines.push(`${file}:${line + 1}:${character + 1} ${severity} ${code}: ${message}`);
    }
  }
  const checked = `${files.length} ${files.length === 1 ? 'file' : 'files'} checked`;
  lines.push(`${checked}: ${counted(counts.error, 'error')}, ${counted(counts.warning, 'warning')}.`);
  return `${lines.join('\n')}\n`;
}

function counted(count: number, name: string): string {
  return count === 0 ? `no ${name}s` : `${count} ${name}${count === 1 ? '' : 's'}`;
}
