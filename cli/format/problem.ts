/** A checked file as the formats take it. */
import type { ProjectDocument } from '../../language/project/document';
import type { Diagnostic } from '../../language/text/diagnostic';

export interface CheckedFile {
  /** Relative to the current folder where possible, with forward slashes. */
  readonly file: string;
  readonly document: ProjectDocument;
  readonly diagnostics: readonly Diagnostic[];
}
