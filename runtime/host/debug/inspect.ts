/** What a debugger shows of a held step, scope by scope. Everything is read on demand and hidden where `secureData` says so. */
import type { ObjectValue, Value } from '../../../language/json/value';
import { isObject, objectOf } from '../../../language/json/value';
import type { Frame } from '../../engine/gate';
import { timestamp } from '../../engine/time';
import type { Attempt, Payload } from '../../events';
import type { Inspected, InspectScope } from '../commands';
import { payloadOf } from './evaluation';

/** What only the project knows; values come from the frame. */
export interface ProjectNames {
  /** `secureData` of the trigger. */
  readonly securedTrigger: { readonly inputs: boolean; readonly outputs: boolean };
  /** True for an action whose inputs are hidden by `secureData`: the items of such a loop are. */
  readonly hidesInputs: (action: string) => boolean;
  readonly parameters: readonly { readonly name: string; readonly kind: string | undefined }[];
  readonly appSettings: readonly { readonly name: string; readonly value: string; readonly secret: boolean }[];
  /** Hides what a secret app setting has come into. */
  withoutSecrets(payload: Payload): Payload;
}

const quoted = (name: string): string => `'${name.replaceAll("'", "''")}'`;

export function inspect(
  frame: Frame,
  scope: Exclude<InspectScope, 'expression'>,
  names: ProjectNames,
): readonly Inspected[] {
  switch (scope) {
    case 'trigger':
      return triggerItems(frame, names);
    case 'action':
      return actionItems(frame);
    case 'loop':
      return loopItems(frame, names);
    case 'variables':
      return frame.variables().map(({ name, kind, value }) => ({
        name,
        kind,
        expression: `variables(${quoted(name)})`,
        value: frame.shown(value, `variables(${quoted(name)})`),
      }));
    case 'parameters':
      return names.parameters.map(({ name, kind }) => ({
        name,
        ...(kind === undefined ? {} : { kind }),
        expression: `parameters(${quoted(name)})`,
        value: names.withoutSecrets(payloadOf(parameter(frame, name), kind?.toLowerCase().startsWith('secure'))),
      }));
    case 'appSettings':
      return names.appSettings.map(({ name, value, secret }) => ({
        name,
        expression: `appsetting(${quoted(name)})`,
        value: payloadOf(value, secret),
      }));
    case 'run':
      return runItems(frame);
  }
}

/** A parameter that cannot be evaluated must not hide the others. */
function parameter(frame: Frame, name: string): Value | undefined {
  try {
    return frame.context.parameter(name);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function triggerItems(frame: Frame, { securedTrigger: secured }: ProjectNames): Inspected[] {
  const trigger = frame.context.trigger();
  if (trigger === undefined) return [];
  const outputs = trigger.get('outputs');
  const items: Inspected[] = [];
  if (isObject(outputs)) {
    for (const [name, value] of outputs) {
      const expression = name === 'body' ? 'triggerBody()' : `triggerOutputs()?[${quoted(name)}]`;
      items.push({ name, expression, value: payloadOf(value, secured.outputs) });
    }
  } else if (outputs !== undefined) {
    items.push({ name: 'outputs', expression: 'triggerOutputs()', value: payloadOf(outputs, secured.outputs) });
  }
  return [...items, ...members(trigger, 'trigger()', ['outputs'], secured.inputs)];
}

function actionItems(frame: Frame): Inspected[] {
  if (frame.step === undefined) return [];
  const { result, secured } = frame;
  const items: Inspected[] = [];
  const inputs = frame.inputs();
  if ('error' in inputs) items.push({ name: 'inputs', kind: 'error', value: payloadOf(inputs.error.message) });
  else items.push({ name: 'inputs', value: payloadOf(inputs.value, secured.inputs) });
  const attempts = frame.attempts();
  if (attempts.length > 0) items.push({ name: 'requests', value: payloadOf(attempts.map(attemptItem)) });
  if (result === undefined) return items;
  const own = `outputs(${quoted(frame.name)})`;
  items.push({ name: 'outputs', expression: own, value: payloadOf(result.outputs, secured.outputs) });
  items.push({ name: 'status', value: payloadOf(result.status) }, { name: 'code', value: payloadOf(result.code) });
  if (result.error !== undefined) {
    items.push({ name: 'error', kind: result.error.code, value: payloadOf(result.error.message) });
  }
  return items;
}

/** One request as a row: what was asked, what came back and how long it took. */
function attemptItem({ number, method, url, statusCode, code, startTime, endTime, error }: Attempt): Value {
  return objectOf({
    attempt: number,
    ...(method === undefined ? {} : { request: `${method} ${url ?? ''}`.trim() }),
    status: statusCode === undefined ? code : `${statusCode} ${code}`,
    startTime: timestamp(startTime),
    milliseconds: Math.round(endTime - startTime),
    ...(error === undefined ? {} : { error: `${error.code}: ${error.message}` }),
  });
}

/** Innermost loop first: `item()` is the one that people look for. */
function loopItems(frame: Frame, { hidesInputs }: ProjectNames): Inspected[] {
  const loops = frame.enclosing.flatMap(({ step, iteration }) =>
    iteration === undefined ? [] : [{ name: step.action, iteration }],
  );
  return loops.reverse().flatMap(({ name, iteration }): Inspected[] => {
    const { index, count, item } = iteration;
    const isUntil = item === undefined;
    const expression = isUntil ? `iterationIndexes(${quoted(name)})` : `items(${quoted(name)})`;
    return [
      ...(isUntil ? [] : [{ name: `${name}: item`, expression, value: payloadOf(item, hidesInputs(name)) }]),
      { name: `${name}: index`, ...(isUntil ? { expression } : {}), value: payloadOf(index) },
      ...(count === undefined ? [] : [{ name: `${name}: count`, value: payloadOf(count) }]),
    ];
  });
}

function runItems(frame: Frame): Inspected[] {
  const workflow = frame.context.workflow();
  return [
    { name: 'runId', value: payloadOf(frame.runId) },
    ...(isObject(workflow) ? members(workflow, 'workflow()', [], false) : []),
  ];
}

function members(object: ObjectValue, expression: string, without: readonly string[], secured: boolean): Inspected[] {
  return [...object]
    .filter(([name]) => !without.includes(name))
    .map(([name, value]) => ({
      name,
      expression: `${expression}?[${quoted(name)}]`,
      value: payloadOf(value, secured && name === 'inputs'),
    }));
}
