/**
 * Call a local function: .NET code beside the workflows, which is not executed here. The app setting
 * `LogicAppsWorkbench.Functions.<name>` may name an HTTP address instead, which gets the parameters as JSON and gives the result.
 */
import { isObject, objectOf } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { StepFailure } from '../../engine/failure';
import type { ActionHandler } from '../handler';
import { call } from '../http/http';

export const functionSettingPrefix = 'LogicAppsWorkbench.Functions.';

export const invokeFunction: ActionHandler = {
  type: 'InvokeFunction',
  mockable: true,
  external: true,
  start(step) {
    const inputs = step.record.inputs ?? step.inputs();
    const members = isObject(inputs) ? inputs : new Map<string, Value>();
    const name = members.get('functionName');
    if (typeof name !== 'string')
      throw new StepFailure('InvalidTemplate', `The action '${step.name}' names no function.`);
    const setting = `${functionSettingPrefix}${name}`;
    const uri = step.run.parameters.appSetting(setting);
    if (uri === undefined) {
      throw new StepFailure(
        'NotSupportedLocally',
        `The function '${name}' is .NET code, which is not executed here. Mock the action in a scenario, or set the app setting ` +
          `'${setting}' to an HTTP address that takes its parameters as JSON and answers with its result.`,
      );
    }
    return call(step, objectOf({ method: 'POST', uri, body: members.get('parameters') ?? objectOf({}) }));
  },
};
