/** What Select, Query, Table and Join share: the source array, and its error in the platform's words. */
import { isArray } from '../../../language/json/value';
import type { ArrayValue, Value } from '../../../language/json/value';
import type { JsonNode } from '../../../language/json/tree';
import { StepFailure } from '../../engine/failure';
import { anyCase } from '../../engine/settings';
import type { ActionStep } from '../../engine/step';
import { typeName } from '../../engine/variables';

/** The evaluated `from`. Throws a `StepFailure` when it is no array. */
export function sourceOf(step: ActionStep): ArrayValue {
  const value = step.evaluate(anyCase(step.plan.inputsNode, 'from'));
  if (isArray(value)) return value;
  throw new StepFailure(
    'BadRequest',
    `The 'from' property value in the '${step.plan.type.toLowerCase()}' action inputs is of type '${typeName(value)}'. ` +
      `The value must be an array.`,
  );
}

/** What the run history shows: `from` evaluated, what is evaluated per item as it is written. */
export function shownInputs(step: ActionStep, from: Value): Value {
  const shown = new Map<string, Value>();
  const { inputsNode } = step.plan;
  if (inputsNode?.kind !== 'object') return from;
  for (const { key, value } of inputsNode.properties) {
    if (value === undefined) continue;
    shown.set(key.value, key.value.toLowerCase() === 'from' ? from : asWritten(value));
  }
  return shown;
}

function asWritten(node: JsonNode): Value {
  switch (node.kind) {
    case 'string':
      return node.value;
    case 'number':
      return Number(node.text);
    case 'literal':
      return node.value;
    case 'array':
      return node.items.map(asWritten);
    case 'object':
      return new Map(
        node.properties.flatMap(({ key, value }): [string, Value][] =>
          value === undefined ? [] : [[key.value, asWritten(value)]],
        ),
      );
  }
}
