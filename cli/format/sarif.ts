/** SARIF 2.1.0, for code scanning. Source: OASIS "Static Analysis Results Interchange Format", version 2.1.0. */
import { diagnosticCodes } from '../../language/text/codes';
import type { Severity } from '../../language/text/diagnostic';
import type { CheckedFile } from './problem';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

export function formatSarif(files: readonly CheckedFile[]): string {
  const results = files.flatMap(({ file, document, diagnostics }) =>
    diagnostics.map(({ range, severity, code, message }) => {
      const { start, end } = document.lines.rangeOf(range);
      return {
        ruleId: code,
        level: levels[severity],
        message: { text: message },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: encodeURI(file) },
              region: {
                startLine: start.line + 1,
                startColumn: start.character + 1,
                endLine: end.line + 1,
                endColumn: end.character + 1,
              },
            },
          },
        ],
      };
    }),
  );
  const rules = Object.entries(diagnosticCodes).map(([id, { severity, title }]) => ({
    id,
    shortDescription: { text: title },
    defaultConfiguration: { level: levels[severity] },
  }));
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'logicapps', rules } }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}
