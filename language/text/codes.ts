/** The one table of diagnostic codes: stable names, default severity, and the title of the documentation page. */
import type { Severity } from './diagnostic';

interface CodeEntry {
  readonly severity: Severity;
  readonly title: string;
}

export const diagnosticCodes = {
  'json-syntax': { severity: 'error', title: 'The file is not valid JSON' },
  'workflow-missing-definition': { severity: 'error', title: 'The file holds no workflow definition' },
  'workflow-invalid-type': { severity: 'error', title: 'A property has the wrong JSON type' },
  'workflow-missing-property': { severity: 'error', title: 'A required property is missing' },
  'action-duplicate-name': { severity: 'error', title: 'Two actions share a name' },
  'action-missing-type': { severity: 'error', title: 'An action or trigger has no type' },
  'run-after-invalid': { severity: 'error', title: 'A runAfter entry has the wrong shape' },
} as const satisfies Record<string, CodeEntry>;

export type DiagnosticCode = keyof typeof diagnosticCodes;
