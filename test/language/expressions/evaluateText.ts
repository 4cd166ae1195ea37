/** Evaluates an expression that gives a string; what fails reads `failed: …`. */
import { evaluateExpression, evaluateJsonContext } from '../../../language/expressions/index';
import { stringify } from '../../../language/json/stringify';

export function evaluateText(expression: string): string {
  const outcome = evaluateExpression(expression, evaluateJsonContext(new Map()));
  if (!outcome.ok) return `failed: ${outcome.failure.message}`;
  return typeof outcome.value === 'string' ? outcome.value : stringify(outcome.value);
}
