/**
 * The Expression type: date operations, each a function of the language in the form of an action.
 * Source: the designer's date and time operations.
 */
import type { Call } from '../../language/expressions/ast';
import { evaluateExpression } from '../../language/expressions/evaluate';
import { isObject, objectOf } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import { StepFailure, succeeded } from '../engine/failure';
import type { ActionStep } from '../engine/step';
import type { ActionHandler } from './handler';

interface Kind {
  readonly call: string;
  /** Members of the inputs in the order of the function's parameters; the last may be missing. */
  readonly members: readonly string[];
}

const kinds: Readonly<Record<string, Kind>> = {
  currenttime: { call: 'utcNow', members: [] },
  addtotime: { call: 'addToTime', members: ['baseTime', 'interval', 'timeUnit', 'formatString'] },
  subtractfromtime: { call: 'subtractFromTime', members: ['baseTime', 'interval', 'timeUnit', 'formatString'] },
  getfuturetime: { call: 'getFutureTime', members: ['interval', 'timeUnit', 'formatString'] },
  getpasttime: { call: 'getPastTime', members: ['interval', 'timeUnit', 'formatString'] },
  converttimezone: {
    call: 'convertTimeZone',
    members: ['baseTime', 'sourceTimeZone', 'destinationTimeZone', 'formatString'],
  },
};

export const expression: ActionHandler = {
  type: 'Expression',
  start(step) {
    const inputs = step.plan.inputs === undefined ? null : step.inputs();
    const kind = kinds[step.plan.kind?.toLowerCase() ?? ''];
    if (kind === undefined) {
      throw new StepFailure(
        'NotSupportedLocally',
        `The expression kind '${step.plan.kind ?? ''}' of action '${step.name}' is unknown.`,
      );
    }
    return succeeded(objectOf({ body: evaluate(step, kind, isObject(inputs) ? inputs : new Map<string, Value>()) }));
  },
};

function evaluate(step: ActionStep, kind: Kind, inputs: ObjectValue): Value {
  const nowhere = { start: 0, end: 0 };
  const args = kind.members.flatMap((name) => {
    const value = inputs.get(name);
    return value === undefined ? [] : [{ kind: 'literal' as const, value, ...nowhere }];
  });
  const ast: Call = { kind: 'call', name: kind.call, args, open: 0, closed: true, ...nowhere };
  const outcome = evaluateExpression({ ast, problems: [], text: '' }, step.context);
  if (outcome.ok) return outcome.value;
  throw new StepFailure('InvalidTemplate', outcome.failure.message);
}
