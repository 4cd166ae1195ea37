/** A problem in the user's document: a value, never an exception. Codes live in `codes.ts`, the one table. */
import type { TextEdit } from './edit';
import type { TextRange } from './range';
import type { DiagnosticCode } from './codes';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** A change that would mend the problem, offered as a quick fix. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** True for at most one fix of a diagnostic: the one a user most likely wants. */
  readonly preferred?: boolean;
}

export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly range: TextRange;
  /** JSON pointer of the node the problem is about. */
  readonly path: string;
  readonly fixes?: readonly Fix[];
}
