/**
 * What goes wrong when an expression is read or evaluated. Inside the evaluator a failure travels as an exception of the classes
 * below; the public functions catch it and return an `ExpressionFailure`.
 */
import type { TextRange } from '../text/range';
import type { Value } from '../json/value';

/** The platform's codes: the text cannot be read, or cannot be evaluated. Both reach the user as `InvalidTemplate`. */
export type FailureCode = 'InvalidTemplate' | 'ExpressionEvaluationFailed';

export interface ExpressionFailure {
  readonly code: FailureCode;
  /** In the platform's form; names the function or property, and what was given. */
  readonly message: string;
  /** What would be right, as one sentence, when there is something to say beyond the message. */
  readonly hint?: string;
  /** The place in the text that was evaluated: the expression, or the string it stands in. */
  readonly range: TextRange;
  /** The text that `range` refers to. */
  readonly text: string;
  /** Where that text stands in the value that was evaluated: keys and indexes from the root. */
  readonly path?: readonly (string | number)[];
}

export type Outcome =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly failure: ExpressionFailure };

/**
 * Thrown by a function that cannot do its work. The evaluator adds the place and, when `message` does not name the function, its name.
 * `message` is a whole sentence in the platform's form.
 */
export class FunctionError extends Error {
  constructor(
    message: string,
    readonly hint?: string,
    /** The argument at fault, from 0; without it the whole call is. */
    readonly argument?: number,
  ) {
    super(message);
  }
}

/**
 * Thrown for an argument of the wrong type or value. The evaluator makes the sentence: "The template language function 'f' expects its
 * first parameter 'text' <expectation>. The provided value is of type 'Null'."
 */
export class ArgumentError extends Error {
  constructor(
    /** Zero-based. */
    readonly index: number,
    /** Begins with "to be" or "to …": `to be of type string`. */
    readonly expectation: string,
    readonly given: Value | undefined,
    readonly hint?: string,
  ) {
    super(expectation);
  }
}

/** A failure with its place, on its way to the caller. */
export class LocatedError extends Error {
  constructor(
    message: string,
    readonly range: TextRange,
    readonly hint?: string,
    readonly code: FailureCode = 'InvalidTemplate',
  ) {
    super(message);
  }
}

/** The beginning of a text that a message quotes. */
export function excerpt(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`;
}

/** These have their place in the reference in lower case; all others are spelled as the function. */
const lowerAnchors: ReadonlySet<string> = new Set(['endsWith', 'indexOf', 'lastIndexOf', 'startsWith']);

/** The address the platform's own messages end with. */
export function usage(name?: string): string {
  const anchor = name === undefined ? '' : `#${lowerAnchors.has(name) ? name.toLowerCase() : name}`;
  return `Please see https://aka.ms/logicexpressions${anchor} for usage details.`;
}
