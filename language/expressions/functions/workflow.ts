/** Functions that read the run: actions, the trigger, loops, variables, parameters, settings. */
import { isObject } from '../../json/value';
import type { ObjectValue, Value } from '../../json/value';
import type { EvaluationContext } from '../context';
import { FunctionError, usage } from '../failure';
import { memberOf } from '../names';
import type { Type } from '../types';
import { stringAt } from './arguments';
import type { Arguments } from './arguments';
import type { Example, FunctionDefinition, ReferenceKind } from './definition';

/** What `actions('x')` returns; fails for an action that is not there. */
export function actionNamed(name: string, context: EvaluationContext, functionName: string): ObjectValue {
  const action = context.action(name);
  if (action !== undefined) return action;
  throw new FunctionError(
    `The template function '${functionName}' refers to the action '${name}', which is not defined in the template. ${usage(functionName)}`,
    "Write the action's name as in the definition, with underscores for blanks.",
    0,
  );
}

export function outputsOf(action: ObjectValue): Value {
  return memberOf(action, 'outputs') ?? null;
}

/** What `outputs('x')` returns; fails for an action that is not there. */
export function outputsNamed(name: string, context: EvaluationContext, functionName: string): Value {
  return context.actionOutputs?.(name) ?? outputsOf(actionNamed(name, context, functionName));
}

export function bodyOf(outputs: Value): Value {
  return isObject(outputs) ? (memberOf(outputs, 'body') ?? null) : null;
}

export function triggerOf(context: EvaluationContext, functionName: string): ObjectValue {
  const trigger = context.trigger();
  if (trigger !== undefined) return trigger;
  throw new FunctionError(
    `The template function '${functionName}' is not expected at this location: there is no trigger here.`,
  );
}

interface Reader {
  readonly name: string;
  readonly summary: string;
  readonly details?: string;
  readonly returns?: Type;
  readonly examples: readonly Example[];
  readonly deprecated?: string;
  readonly undocumented?: string;
}

/** A function of one name. */
export function byName(
  reader: Reader,
  argument: { readonly name: string; readonly description: string; readonly names: ReferenceKind },
  read: (name: string, context: EvaluationContext) => Value,
): FunctionDefinition {
  return {
    category: 'workflow',
    returns: 'any',
    ...reader,
    parameters: [{ ...argument, type: 'string' }],
    evaluate: (args: Arguments, context) => read(stringAt(args, 0), context),
  };
}

/** A function without arguments. */
export function plain(reader: Reader, read: (context: EvaluationContext) => Value): FunctionDefinition {
  return {
    category: 'workflow',
    returns: 'any',
    ...reader,
    parameters: [],
    evaluate: (_args, context) => read(context),
  };
}

const actionName = { name: 'actionName', description: 'The name of the action', names: 'action' } as const;

const finished = { outputs: { Get_user: { statusCode: 200, body: { UserName: 'ContosoInc' } } } };
const fired = { trigger: { name: 'manual', status: 'Succeeded', outputs: { body: { n: 5 } } } };

const readBody = (name: string, context: EvaluationContext): Value => bodyOf(outputsNamed(name, context, 'body'));
const readOutputs = (name: string, context: EvaluationContext): Value => outputsNamed(name, context, 'outputs');

const members =
  'Its members are name, startTime, endTime, inputs, outputs, status, code, trackingId and clientTrackingId.';

const actionFunctions: readonly FunctionDefinition[] = [
  plain(
    {
      name: 'action',
      summary: 'Returns the current action with its inputs, outputs, status and times.',
      details: `Works in the until conditions, tracked properties and unsubscribe calls of an action. ${members}`,
      returns: 'object',
      examples: [
        { expression: 'action().status', result: '"Succeeded"', context: { action: { status: 'Succeeded' } } },
      ],
    },
    (context) => {
      const action = context.currentAction();
      if (action !== undefined) return action;
      throw new FunctionError("The template function 'action' is not expected at this location.");
    },
  ),
  byName(
    {
      name: 'actions',
      summary: 'Returns an action with its inputs, outputs, status and times.',
      details: members,
      returns: 'object',
      examples: [
        { expression: "actions('Get_user').outputs.body.UserName", result: '"ContosoInc"', context: finished },
      ],
    },
    actionName,
    (name, context) => actionNamed(name, context, 'actions'),
  ),
  byName(
    {
      name: 'body',
      summary: "Returns the body of an action's outputs.",
      examples: [{ expression: "body('Get_user')?['UserName']", result: '"ContosoInc"', context: finished }],
    },
    actionName,
    readBody,
  ),
  byName(
    {
      name: 'outputs',
      summary: "Returns an action's outputs.",
      examples: [{ expression: "outputs('Get_user')?['statusCode']", result: '200', context: finished }],
    },
    actionName,
    readOutputs,
  ),
  byName(
    {
      name: 'actionBody',
      summary: "Returns the body of an action's outputs.",
      examples: [{ expression: "actionBody('Get_user')?['UserName']", result: '"ContosoInc"', context: finished }],
      deprecated: 'body',
      undocumented: 'An older name of body().',
    },
    actionName,
    readBody,
  ),
  byName(
    {
      name: 'actionOutputs',
      summary: "Returns an action's outputs.",
      examples: [{ expression: "actionOutputs('Get_user')?['statusCode']", result: '200', context: finished }],
      deprecated: 'outputs',
      undocumented: 'An older name of outputs().',
    },
    actionName,
    readOutputs,
  ),
  byName(
    {
      name: 'result',
      summary: 'Returns the results of the actions directly inside a scope, loop, condition or switch, as an array.',
      returns: 'array',
      examples: [
        {
          expression: "result('Scope')[0].status",
          result: '"Failed"',
          context: { results: { Scope: [{ name: 'HTTP', status: 'Failed' }] } },
        },
      ],
    },
    { name: 'scopedActionName', description: 'The name of the scope', names: 'scope' },
    (name, context) => {
      const result = context.result(name);
      if (result !== undefined) return result;
      throw new FunctionError(
        `The template function 'result' refers to '${name}', which is no scoped action of the template. ${usage('result')}`,
        'Name a Scope, For each, Until, Condition or Switch action.',
        0,
      );
    },
  ),
];

const triggerFunctions: readonly FunctionDefinition[] = [
  plain(
    {
      name: 'trigger',
      summary: 'Returns the trigger with its inputs, outputs, status and times.',
      details:
        "In the trigger's own inputs it is the one that fired before, in its conditions the one that has just fired.",
      returns: 'object',
      examples: [{ expression: 'trigger().outputs.body.n', result: '5', context: fired }],
    },
    (context) => triggerOf(context, 'trigger'),
  ),
  plain(
    {
      name: 'triggerBody',
      summary: "Returns the body of the trigger's outputs; null when it has none.",
      examples: [{ expression: "triggerBody()?['n']", result: '5', context: fired }],
    },
    (context) => bodyOf(outputsOf(triggerOf(context, 'triggerBody'))),
  ),
  plain(
    {
      name: 'triggerOutputs',
      summary: "Returns the trigger's outputs.",
      examples: [{ expression: "triggerOutputs()?['body']", result: '{"n":5}', context: fired }],
    },
    (context) => outputsOf(triggerOf(context, 'triggerOutputs')),
  ),
  plain(
    {
      name: 'listCallbackUrl',
      summary: 'Returns the URL that calls the trigger or action it stands in.',
      details: 'Works in the subscribe call of a webhook.',
      returns: 'string',
      examples: [
        {
          expression: 'listCallbackUrl()',
          result: '"https://contoso.com/callback"',
          context: { callbackUrl: 'https://contoso.com/callback' },
        },
      ],
    },
    (context) => {
      const url = context.callbackUrl();
      if (url !== undefined) return url;
      throw new FunctionError(
        "The template function 'listCallbackUrl' is not expected at this location.",
        'It works in the inputs of webhook triggers and actions.',
      );
    },
  ),
  plain(
    {
      name: 'workflow',
      summary: 'Returns what there is to know about the workflow and its run.',
      details: 'Its members are name, type, id, location, tags and run, which has name, type and id.',
      returns: 'object',
      examples: [
        { expression: 'workflow().run.name', result: '"0858"', context: { workflow: { run: { name: '0858' } } } },
      ],
    },
    (context) => {
      const workflow = context.workflow();
      if (workflow !== undefined) return workflow;
      throw new FunctionError("The template function 'workflow' is not expected at this location.");
    },
  ),
];

const loopFunctions: readonly FunctionDefinition[] = [
  byName(
    {
      name: 'items',
      summary: 'Returns the current item of a For each loop.',
      examples: [
        { expression: "items('myLoop')?['name']", result: '"n1"', context: { items: { myLoop: { name: 'n1' } } } },
      ],
    },
    { name: 'loopName', description: 'The name of the For each action', names: 'loop' },
    (name, context) => {
      const item = context.items(name);
      if (item !== undefined) return item;
      throw new FunctionError(
        `The template function 'items' refers to '${name}', which is no For each action around this one. ${usage('items')}`,
        'Name the loop this action is in.',
        0,
      );
    },
  ),
  byName(
    {
      name: 'iterationIndexes',
      summary: 'Returns the index of the current iteration of an Until loop, from 0.',
      returns: 'integer',
      examples: [
        { expression: "iterationIndexes('Until_Max')", result: '3', context: { iterationIndexes: { Until_Max: 3 } } },
      ],
    },
    { name: 'loopName', description: 'The name of the Until action', names: 'until' },
    (name, context) => {
      const index = context.iterationIndex(name);
      if (index !== undefined) return index;
      throw new FunctionError(
        `The template function 'iterationIndexes' refers to '${name}', which is no Until action around this one. ${usage('iterationIndexes')}`,
        'Name the Until loop this action is in.',
        0,
      );
    },
  ),
];

const settingFunctions: readonly FunctionDefinition[] = [
  byName(
    {
      name: 'parameters',
      summary: 'Returns the value of a parameter of the workflow.',
      examples: [
        {
          expression: "parameters('fullName')",
          result: '"Sophia Owen"',
          context: { parameters: { fullName: 'Sophia Owen' } },
        },
      ],
    },
    { name: 'parameterName', description: 'The name of the parameter', names: 'parameter' },
    (name, context) => {
      const value = context.parameter(name);
      if (value !== undefined) return value;
      throw new FunctionError(
        `The template function 'parameters' refers to the workflow parameter '${name}', which is not found. ${usage('parameters')}`,
        "Declare it in parameters.json or in the definition's parameters.",
        0,
      );
    },
  ),
  byName(
    {
      name: 'variables',
      summary: 'Returns the value of a variable.',
      examples: [{ expression: "variables('numItems')", result: '20', context: { variables: { numItems: 20 } } }],
    },
    { name: 'variableName', description: 'The name of the variable', names: 'variable' },
    (name, context) => {
      const value = context.variable(name);
      if (value !== undefined) return value;
      throw new FunctionError(
        `The template function 'variables' refers to the variable '${name}', which is not initialized. ${usage('variables')}`,
        'Declare it by an Initialize variable action that runs before.',
        0,
      );
    },
  ),
  byName(
    {
      name: 'appsetting',
      summary: 'Returns the value of an app setting, from local.settings.json on this machine.',
      details: 'Works in connections.json and parameters.json of Standard projects.',
      returns: 'string',
      examples: [
        {
          expression: "appsetting('BaseUrl')",
          result: '"https://contoso.com"',
          context: { appsettings: { BaseUrl: 'https://contoso.com' } },
        },
      ],
    },
    { name: 'appSettingName', description: 'The name of the app setting', names: 'appSetting' },
    (name, context) => {
      const value = context.appSetting(name);
      if (value !== undefined) return value;
      throw new FunctionError(
        `The template function 'appsetting' refers to the app setting '${name}', which is not set.`,
        "Add it to 'Values' in local.settings.json.",
        0,
      );
    },
  ),
];

export const workflowFunctions: readonly FunctionDefinition[] = [
  ...actionFunctions,
  ...triggerFunctions,
  ...loopFunctions,
  ...settingFunctions,
];
