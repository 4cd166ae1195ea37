/**
 * Evaluation of expressions, of the strings of a workflow, and of whole values with templates inside. Results and failures are
 * values; what has been parsed and compiled is kept.
 */
import { isObject, isArray } from '../json/value';
import type { Value } from '../json/value';
import type { Evaluator, ParsedExpression, ParsedTemplate, SyntaxProblem, Template } from './ast';
import { compile } from './compile';
import type { EvaluationContext } from './context';
import { FunctionError, LocatedError } from './failure';
import type { ExpressionFailure, Outcome } from './failure';
import { interpret } from './interpret';
import { parse } from './parser';
import { parseTemplate } from './template';
import { limited, stringOfValue } from './text';

/** Evaluates an expression without its leading `@`. */
export function evaluateExpression(source: string | ParsedExpression, context: EvaluationContext): Outcome {
  if (typeof source === 'string') return outcome(expressions.of(source), source, context);
  if (source.isUsed === true || source.problems.length > 0) {
    return outcome(compiledExpression(source), source.text, context);
  }
  source.isUsed = true;
  try {
    return { ok: true, value: interpret(source.ast, source.text, context) };
  } catch (error) {
    return { ok: false, failure: failureOf(error, source.text) };
  }
}

/** Evaluates a string as it stands in a workflow: plain text, `@expression` or text with `@{expression}`. */
export function evaluateTemplate(source: string | ParsedTemplate, context: EvaluationContext): Outcome {
  const text = typeof source === 'string' ? source : source.text;
  return outcome(typeof source === 'string' ? templates.of(source) : compiledTemplate(source), text, context);
}

/**
 * Evaluates every string of a value, property names too, and leaves the rest as it is. A failure tells the path of the string.
 */
export function evaluateValue(value: Value, context: EvaluationContext): Outcome {
  if (typeof value === 'string') return evaluateTemplate(value, context);
  const path: (string | number)[] = [];
  try {
    return { ok: true, value: evaluated(value, context, path) };
  } catch (error) {
    if (error instanceof PlacedFailure) return { ok: false, failure: error.failure };
    throw error;
  }
}

class PlacedFailure extends Error {
  constructor(readonly failure: ExpressionFailure) {
    super(failure.message);
  }
}

/** The path is the place of `value`, changed in step; a failure copies it. */
function evaluated(value: Value, context: EvaluationContext, path: (string | number)[]): Value {
  if (typeof value === 'string') {
    const result = evaluateTemplate(value, context);
    if (result.ok) return result.value;
    throw new PlacedFailure({ ...result.failure, path: [...path] });
  }
  if (isArray(value)) {
    return value.map((item, index) => {
      path.push(index);
      const result = evaluated(item, context, path);
      path.pop();
      return result;
    });
  }
  if (!isObject(value)) return value;
  const members = new Map<string, Value>();
  for (const [key, member] of value) {
    path.push(key);
    const name = key.includes('@') ? stringOfValue(evaluated(key, context, path)) : key;
    members.set(name, evaluated(member, context, path));
    path.pop();
  }
  return members;
}

function outcome(evaluate: Evaluator, text: string, context: EvaluationContext): Outcome {
  try {
    return { ok: true, value: evaluate(context) };
  } catch (error) {
    return { ok: false, failure: failureOf(error, text) };
  }
}

/** Makes a failure of what the evaluator threw; a bug goes on as an exception. */
function failureOf(error: unknown, text: string): ExpressionFailure {
  if (error instanceof LocatedError) {
    const { code, message, range, hint } = error;
    const place = { start: range.start, end: range.end };
    return { code, message, range: place, text, ...(hint === undefined ? undefined : { hint }) };
  }
  const range = { start: 0, end: text.length };
  if (error instanceof FunctionError) return { code: 'InvalidTemplate', message: error.message, range, text };
  // The two limits of the JavaScript engine a workflow can meet: the length of a string and the height of the stack.
  if (error instanceof RangeError) {
    const message = 'The template language expression cannot be evaluated because its result is too large.';
    return { code: 'InvalidTemplate', message, range, text };
  }
  throw error;
}

function compiledExpression(parsed: ParsedExpression): Evaluator {
  return (parsed.compiled ??= unreadable(parsed.problems, parsed.text) ?? compile(parsed.ast, parsed.text));
}

function compiledTemplate(parsed: ParsedTemplate): Evaluator {
  const { template, problems, text } = parsed;
  return (template.compiled ??= unreadable(problems, text) ?? compileTemplate(template, text));
}

function unreadable(problems: readonly SyntaxProblem[], text: string): Evaluator | undefined {
  const [first] = problems;
  if (first === undefined) return undefined;
  const error = new LocatedError(syntaxMessage(first, text), first, first.hint);
  return () => {
    throw error;
  };
}

/** A syntax problem as the platform words it for a whole text. */
export function syntaxMessage(problem: SyntaxProblem, text: string): string {
  const expression = text.startsWith('@') && !text.startsWith('@{') ? text.slice(1) : text;
  return `Unable to parse template language expression '${expression}': ${problem.message}.`;
}

function compileTemplate(template: Template, text: string): Evaluator {
  if (template.kind === 'text') return () => template.text;
  if (template.kind === 'expression') return compile(template.expression, text);
  const parts = template.parts.map((part): string | Evaluator =>
    part.kind === 'text' ? part.text : compile(part.expression, text),
  );
  return (context) => {
    let result = '';
    for (const part of parts) result += typeof part === 'string' ? part : stringOfValue(part(context));
    return limited(result);
  };
}

/** What has been compiled, by its text. The oldest go when there are too many. */
class CompiledTexts {
  readonly #compile: (text: string) => Evaluator;
  readonly #byText = new Map<string, Evaluator>();

  constructor(compileText: (text: string) => Evaluator) {
    this.#compile = compileText;
  }

  of(text: string): Evaluator {
    let compiled = this.#byText.get(text);
    if (compiled === undefined) {
      compiled = this.#compile(text);
      if (this.#byText.size >= MAX_COMPILED) {
        for (const oldest of [...this.#byText.keys()].slice(0, MAX_COMPILED / 4)) this.#byText.delete(oldest);
      }
      if (text.length <= MAX_KEPT_LENGTH) this.#byText.set(text, compiled);
    }
    return compiled;
  }
}

const MAX_COMPILED = 4096;
/** Longer texts (whole documents in a Compose action) are not worth keeping twice. */
const MAX_KEPT_LENGTH = 16_384;

const expressions = new CompiledTexts((text) => compiledExpression(parse(text)));
const templates = new CompiledTexts((text) => compiledTemplate(parseTemplate(text)));
