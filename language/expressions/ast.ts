/** The syntax tree of an expression. Every node knows its place in the text that was parsed. */
import type { TextRange } from '../text/range';
import type { Value } from '../json/value';
import type { EvaluationContext } from './context';

/** `'text'`, `1`, `2.5`, `true`, `null`. */
export interface Literal extends TextRange {
  readonly kind: 'literal';
  readonly value: Value;
}

/** `name(args)`. The name stands at `start`, `name.length` long. */
export interface Call extends TextRange {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
  /** The offset of `(`, or `end` when it is missing in half-typed text. */
  readonly open: number;
  /** False when `)` is missing. */
  readonly closed: boolean;
}

/** `target.key`, `target['key']`, `target[0]`, `target[expression]`, each also after `?`. */
export interface Access extends TextRange {
  readonly kind: 'access';
  readonly target: Expression;
  /** For `.name` a string literal whose range is the name. */
  readonly key: Expression;
  readonly dotted: boolean;
  /** With `?`: null instead of an error when there is nothing. */
  readonly safe: boolean;
  /** The offset of the first of `?`, `.` and `[`. */
  readonly operator: number;
}

/** A place where an expression is missing or cannot be read. */
export interface Hole extends TextRange {
  readonly kind: 'hole';
}

export type Expression = Literal | Call | Access | Hole;

/** Something that cannot be read. */
export interface SyntaxProblem extends TextRange {
  readonly message: string;
  /** What would be right. */
  readonly hint?: string;
}

/** A tree made ready to evaluate. Throws LocatedError. */
export type Evaluator = (context: EvaluationContext) => Value;

/** Where the evaluator keeps what it compiled: beside the tree, which is cheaper than a WeakMap for trees that live shortly. */
export interface Compilable {
  compiled?: Evaluator | undefined;
}

export interface ParsedExpression extends Compilable {
  /** Set by the first evaluation: what is evaluated a second time is worth compiling. */
  isUsed?: boolean;
  readonly ast: Expression;
  readonly problems: readonly SyntaxProblem[];
  readonly text: string;
}

export interface TextPart extends TextRange {
  readonly kind: 'text';
  /** Decoded: `@@{` has become `@{`. */
  readonly text: string;
}

export interface ExpressionPart extends TextRange {
  readonly kind: 'expression';
  readonly expression: Expression;
}

/** What a string of a workflow is. Expressions inside have ranges in the whole string. */
export type Template = Compilable &
  /** Plain text. */
  (
    | { readonly kind: 'text'; readonly text: string }
    /** `@expression`: keeps the type of its value. */
    | { readonly kind: 'expression'; readonly expression: Expression }
    /** Text with `@{expression}` in it: always a string. The range of an expression part runs from `@{` to `}`. */
    | { readonly kind: 'interpolation'; readonly parts: readonly (TextPart | ExpressionPart)[] }
  );

export interface ParsedTemplate {
  readonly template: Template;
  readonly problems: readonly SyntaxProblem[];
  readonly text: string;
}

/** The expressions of a template, in order. */
export function expressionsOf(template: Template): readonly Expression[] {
  if (template.kind === 'text') return [];
  if (template.kind === 'expression') return [template.expression];
  return template.parts.flatMap((part) => (part.kind === 'expression' ? [part.expression] : []));
}

/** Visits a node and everything below it, parents first. Trees are never deeper than the parser's MAX_DEPTH. */
export function walk(node: Expression, visit: (node: Expression) => void): void {
  visit(node);
  if (node.kind === 'call') {
    for (const arg of node.args) walk(arg, visit);
  } else if (node.kind === 'access') {
    walk(node.target, visit);
    walk(node.key, visit);
  }
}
