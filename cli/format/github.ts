/** Workflow commands of GitHub Actions: findings appear beside the lines of a pull request. */
import type { Severity } from '../../language/text/diagnostic';
import type { CheckedFile } from './problem';

const levels: Readonly<Record<Severity, string | undefined>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: undefined,
};

export function formatGithub(files: readonly CheckedFile[]): string {
  return files
    .flatMap(({ file, document, diagnostics }) =>
      diagnostics.flatMap(({ range, severity, code, message }) => {
        const level = levels[severity];
        if (level === undefined) return [];
        const { start, end } = document.lines.rangeOf(range);
        const place = [
          `file=${property(file)}`,
          `line=${start.line + 1}`,
          `col=${start.character + 1}`,
          `endLine=${end.line + 1}`,
          `endColumn=${end.character + 1}`,
          `title=${property(code)}`,
        ];
        return [`::${level} ${place.join(',')}::${data(message)}\n`];
      }),
    )
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
