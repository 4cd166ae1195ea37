/**
 * An expression call by call: the calls in the order in which they are made, each told when its arguments are known and it is about to
 * be made. Values are found by evaluating, which has no effect on the run.
 */
import type { Call, Expression } from '../../../language/expressions/ast';
import type { EvaluationContext } from '../../../language/expressions/context';
import { evaluateExpression } from '../../../language/expressions/evaluate';
import { parameterAt } from '../../../language/expressions/functions/definition';
import { findFunction } from '../../../language/expressions/functions/registry';
import type { Value } from '../../../language/json/value';

export interface Evaluated {
  /** The text of the part, or the name of the parameter that it is given for. */
  readonly name: string;
  readonly expression: string;
  readonly value: Value | undefined;
  /** Why there is no value. */
  readonly problem?: string;
}

export interface CallStop {
  readonly call: Call;
  /** Of the call that is about to be made. */
  readonly args: readonly Evaluated[];
}

/** `text` is what the ranges of the expression are in. */
export function* callsOf(expression: Expression, text: string, context: EvaluationContext): Generator<CallStop> {
  switch (expression.kind) {
    case 'access':
      yield* callsOf(expression.target, text, context);
      yield* callsOf(expression.key, text, context);
      return;
    case 'call':
      yield* callsOfCall(expression, text, context);
      return;
    case 'literal':
    case 'hole':
  }
}

function* callsOfCall(call: Call, text: string, context: EvaluationContext): Generator<CallStop> {
  const definition = findFunction(call.name);
  const evaluated: Evaluated[] = [];
  for (const [index, arg] of call.args.entries()) {
    if (definition?.lazy === true && !isNeeded(call, index, evaluated)) continue;
    yield* callsOf(arg, text, context);
    const name = (definition && parameterAt(definition, index)?.name) ?? `argument ${index + 1}`;
    evaluated.push({ ...evaluatedPart(arg, text, context), name });
  }
  yield { call, args: evaluated };
}

/** `if` evaluates one of its branches, `coalesce` no more than it needs; of other lazy functions only the first is certain. */
function isNeeded(call: Call, index: number, before: readonly Evaluated[]): boolean {
  if (index === 0) return true;
  const name = call.name.toLowerCase();
  if (name === 'if') return index === (before[0]?.value === true ? 1 : 2);
  return name === 'coalesce' && before.every(({ value }) => value === null);
}

export function evaluatedPart(part: Expression, text: string, context: EvaluationContext): Evaluated {
  const expression = text.slice(part.start, part.end);
  const outcome = evaluateExpression({ ast: part, problems: [], text }, context);
  return outcome.ok
    ? { name: expression, expression, value: outcome.value }
    : { name: expression, expression, value: undefined, problem: outcome.failure.message };
}
