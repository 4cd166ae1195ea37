/**
 * The six actions on variables. Source: "Create variables to store values in Azure Logic Apps"; wording of errors as the platform
 * shows it.
 */
import { isArray, isObject, objectOf } from '../../../language/json/value';
import type { ObjectValue, Value } from '../../../language/json/value';
import { StepFailure, succeeded } from '../../engine/failure';
import type { Outcome } from '../../engine/failure';
import type { ActionStep } from '../../engine/step';
import { textOf } from '../../engine/text';
import {
  addNumbers,
  isNumber,
  negate,
  notInitialized,
  typeName,
  variableType,
  variableTypes,
} from '../../engine/variables';
import type { Variable } from '../../engine/variables';
import type { ActionHandler } from '../handler';

export const initializeVariable: ActionHandler = {
  type: 'InitializeVariable',
  start(step) {
    const inputs = objectInputs(step);
    const variables = inputs.get('variables');
    if (!isArray(variables)) throw new StepFailure('InvalidTemplate', `The action '${step.name}' has no "variables".`);
    for (const each of variables) {
      const name = isObject(each) ? each.get('name') : undefined;
      const type = isObject(each) ? each.get('type') : undefined;
      if (typeof name !== 'string' || typeof type !== 'string') {
        throw new StepFailure('InvalidTemplate', `A variable of action '${step.name}' has no "name" or no "type".`);
      }
      const known = variableType(type);
      if (known === undefined) {
        throw new StepFailure(
          'InvalidTemplate',
          `The variable '${name}' has the unknown type '${type}'. The types are ${variableTypes.join(', ')}.`,
        );
      }
      const value = isObject(each) ? each.get('value') : undefined;
      step.variable(step.run.variables.initialize(name, known, value ?? undefined));
    }
    return succeeded();
  },
};

export const setVariable: ActionHandler = {
  type: 'SetVariable',
  start(step) {
    const inputs = objectInputs(step);
    const variable = step.variable(step.run.variables.set(nameOf(step, inputs), inputs.get('value') ?? null));
    return succeeded(objectOf({ body: objectOf({ name: variable.name, value: variable.value }) }));
  },
};

export const incrementVariable: ActionHandler = { type: 'IncrementVariable', start: (step) => change(step, false) };
export const decrementVariable: ActionHandler = { type: 'DecrementVariable', start: (step) => change(step, true) };

function change(step: ActionStep, down: boolean): Outcome {
  const inputs = objectInputs(step);
  const variable = existing(step, inputs);
  const by = inputs.get('value') ?? 1;
  if (!isNumber(variable.value) || !isNumber(by)) {
    const verb = down ? 'decremented' : 'incremented';
    throw new StepFailure(
      'BadRequest',
      `The variable '${variable.name}' of type '${variable.type}' cannot be ${verb} by a value of type '${typeName(by)}'. ` +
        `Only variables of types 'Integer, Float' that hold a number can be ${verb}.`,
    );
  }
  const sum = addNumbers(variable.value, down ? negate(by) : by);
  if (sum === undefined) {
    throw new StepFailure(
      'BadRequest',
      `The value of variable '${variable.name}' would leave the range of 64-bit integers.`,
    );
  }
  return told(step.variable(step.run.variables.set(variable.name, sum)));
}

export const appendToArrayVariable: ActionHandler = {
  type: 'AppendToArrayVariable',
  start(step) {
    const inputs = objectInputs(step);
    const variable = existing(step, inputs);
    const value = inputs.get('value') ?? null;
    if (!isArray(variable.value)) throw cannotAppend(step, variable, value);
    if (isArray(value)) throw cannotAppend(step, variable, value);
    return told(step.variable(step.run.variables.append(variable, value), value), value);
  },
};

export const appendToStringVariable: ActionHandler = {
  type: 'AppendToStringVariable',
  start(step) {
    const inputs = objectInputs(step);
    const variable = existing(step, inputs);
    const value = inputs.get('value') ?? null;
    if (typeof variable.value !== 'string' || isArray(value) || value === null)
      throw cannotAppend(step, variable, value);
    const text = textOf(value);
    return told(step.variable(step.run.variables.set(variable.name, variable.value + text), text), text);
  },
};

function objectInputs(step: ActionStep): ObjectValue {
  const inputs = step.inputs();
  if (isObject(inputs)) return inputs;
  throw new StepFailure('InvalidTemplate', `The inputs of action '${step.name}' must be an object.`);
}

function nameOf(step: ActionStep, inputs: ObjectValue): string {
  const name = inputs.get('name');
  if (typeof name === 'string') return name;
  throw new StepFailure('InvalidTemplate', `The action '${step.name}' names no variable.`);
}

function existing(step: ActionStep, inputs: ObjectValue): Variable {
  const name = nameOf(step, inputs);
  const variable = step.run.variables.get(name);
  if (variable !== undefined) return variable;
  const failure = notInitialized(name);
  throw new StepFailure(failure.code, failure.message);
}

/** The outputs name the new value; of something that was appended they name that alone. */
function told(variable: Variable, appended?: Value): Outcome {
  return succeeded(objectOf({ body: objectOf({ name: variable.name, value: appended ?? variable.value }) }));
}

function cannotAppend(step: ActionStep, variable: Variable, value: Value): StepFailure {
  return new StepFailure(
    'BadRequest',
    `The input value is of type '${typeName(value)}' which cannot be appended to the variable '${variable.name}' of type '${variable.type}'. ` +
      `The action type '${step.plan.type}' only supports values of types 'Float, Integer, String, Boolean, Object'.`,
  );
}
