/** Evaluates what a user types while debugging: conditions, log messages, watches, the debug console. */
import { evaluateExpression, evaluateTemplate } from '../../../language/expressions/evaluate';
import type { EvaluationContext } from '../../../language/expressions/context';
import type { Outcome } from '../../../language/expressions/failure';
import { parseValue } from '../../../language/json/parse';
import { stringify } from '../../../language/json/stringify';
import type { Value } from '../../../language/json/value';
import { stringOfValue } from '../../../language/expressions/text';
import type { Failure, Payload } from '../../events';
import type { Evaluation } from './breakpoints';

type Result = { readonly value: Value } | { readonly error: Failure };

function resultOf(outcome: Outcome): Result {
  if (outcome.ok) return { value: outcome.value };
  const { code, message, hint } = outcome.failure;
  return { error: { code, message: hint === undefined ? message : `${message} ${hint}` } };
}

/** What people type is an expression, with or without its `@`; a text with `@{…}` in it is a template. */
export function evaluateTyped(text: string, context: EvaluationContext): Result {
  const typed = text.trim();
  const isTemplate = typed.startsWith('@') || typed.includes('@{');
  return resultOf(isTemplate ? evaluateTemplate(typed, context) : evaluateExpression(typed, context));
}

/** `hiding` takes out of a message what must not be seen. */
export function evaluationWith(hiding: (payload: Payload) => Payload): Evaluation {
  return {
    expression: (text, context) => resultOf(evaluateExpression(text, context)),
    message(text, context) {
      const result = resultOf(evaluateTemplate(text, context));
      if ('error' in result) return result;
      const message = stringOfValue(result.value);
      return hiding(payloadOf(message)).secured === true ? SECRET : { text: message };
    },
  };
}

const SECRET = {
  error: { code: 'Forbidden', message: 'It reads an app setting that is a secret, which no log may show.' },
};

export function payloadOf(value: Value | undefined, secured = false): Payload {
  if (secured) return { secured: true };
  return value === undefined ? {} : { json: stringify(value) };
}

/** A value typed as JSON, or what is wrong with the text. */
export function valueOfJson(json: string): Result {
  const read = parseValue(json);
  return read.ok
    ? { value: read.value }
    : { error: { code: 'InvalidJson', message: `'${json}' is no JSON value: ${read.message}` } };
}
