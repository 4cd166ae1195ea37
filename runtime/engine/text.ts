/** Values inside text, where a failure of the conversion is no failure of the action. */
import { FunctionError } from '../../language/expressions/failure';
import { stringOfValue } from '../../language/expressions/text';
import { stringify } from '../../language/json/stringify';
import type { Value } from '../../language/json/value';

/** The value as interpolation writes it; content that cannot be decoded as its JSON. */
export function textOf(value: Value): string {
  try {
    return stringOfValue(value);
  } catch (error) {
    if (error instanceof FunctionError) return stringify(value);
    throw error;
  }
}
