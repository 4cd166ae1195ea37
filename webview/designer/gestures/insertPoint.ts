/** Where something new is to go: what the plus buttons of the canvas mean. */
import type { Scope } from '../../../language/workflow/model';
import type { DrawnLine } from '../canvas/drawing';
import type { OperationElement } from '../canvas/places';

export type InsertPoint =
  /** On a line: the new action takes over the line's runAfter, and the one below runs after it. */
  | { readonly kind: 'between'; readonly line: DrawnLine }
  /** Below an operation, before what runs after it has succeeded. */
  | { readonly kind: 'below'; readonly element: OperationElement }
  /** Beside what runs after an operation: a branch of its own. */
  | { readonly kind: 'after'; readonly element: OperationElement }
  /** First in a lane without actions. */
  | { readonly kind: 'into'; readonly scope: Scope }
  /** The trigger of a workflow that has none. */
  | { readonly kind: 'trigger' };
