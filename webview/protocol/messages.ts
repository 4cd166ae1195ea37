/**
 * Every message between the extension and the designer, both ways. The document's text is the truth: the extension sends it, the
 * designer draws it and answers with edits to exactly that version. All places are offsets into the text of the version named.
 */
import type { FormField } from '../../language/catalog/form';
import type { Severity } from '../../language/text/diagnostic';
import type { TextEdit } from '../../language/text/edit';
import type { TextRange } from '../../language/text/range';
import type { RunOverlay } from './run';

/** A diagnostic of the document, whoever reported it. */
export interface ShownProblem {
  readonly range: TextRange;
  readonly severity: Severity;
  readonly message: string;
  readonly code: string | undefined;
}

export interface ShownBreakpoint {
  /** The line of the breakpoint. */
  readonly range: TextRange;
  readonly enabled: boolean;
}

/** Inputs and outputs of one step, already redacted, as formatted JSON; each with the reason when there is none. */
export interface StepValues {
  readonly action: string;
  readonly repetition: readonly number[];
  readonly inputs: string | undefined;
  readonly outputs: string | undefined;
  /** Why something is missing, for the user. */
  readonly note: string | undefined;
}

/** From the extension. */
export type HostMessage =
  | {
      readonly type: 'document';
      readonly text: string;
      readonly version: number;
      /** Name to show, without folders of the machine. */
      readonly fileName: string;
      readonly readOnly: boolean;
    }
  | { readonly type: 'problems'; readonly version: number; readonly problems: readonly ShownProblem[] }
  | { readonly type: 'breakpoints'; readonly version: number; readonly breakpoints: readonly ShownBreakpoint[] }
  /** The cursor moved in a text editor of the same document. */
  | { readonly type: 'cursor'; readonly version: number; readonly offset: number }
  /** The run to show over the drawing; null takes it away. */
  | { readonly type: 'run'; readonly overlay: RunOverlay | null }
  | { readonly type: 'stepValues'; readonly values: StepValues }
  /** What can be filled in for a type of operation. */
  | {
      readonly type: 'form';
      readonly role: 'trigger' | 'action';
      readonly operationType: string;
      readonly fields: readonly FormField[];
    }
  /** An edit was not applied; the document message that follows holds the text as it is. */
  | { readonly type: 'editRejected'; readonly message: string };

/** From the designer. */
export type DesignerMessage =
  /** The designer listens: the extension answers with everything it knows. */
  | { readonly type: 'ready' }
  | {
      readonly type: 'edit';
      readonly version: number;
      /** What the edit does, for the undo stack and messages: "Rename action". */
      readonly label: string;
      readonly edits: readonly TextEdit[];
    }
  /** Renames what has its name at the offset, with all its references, as the language server does it. */
  | { readonly type: 'rename'; readonly version: number; readonly offset: number; readonly newName: string }
  /** Shows and focuses the place in a text editor. */
  | { readonly type: 'reveal'; readonly version: number; readonly range: TextRange }
  /** Marks the place in text editors that are visible already, without taking the focus. */
  | { readonly type: 'select'; readonly version: number; readonly range: TextRange }
  | { readonly type: 'toggleBreakpoint'; readonly version: number; readonly offset: number }
  | { readonly type: 'openText' }
  | { readonly type: 'showProblems' }
  | { readonly type: 'askStepValues'; readonly action: string; readonly repetition: readonly number[] }
  | { readonly type: 'askForm'; readonly role: 'trigger' | 'action'; readonly operationType: string }
  /** A bug in the designer, for the log. */
  | { readonly type: 'failed'; readonly message: string };
