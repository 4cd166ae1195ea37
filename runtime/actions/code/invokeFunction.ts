/**
 * Call a local function: .NET code beside the workflows, which is not executed here. The app setting
 * `LogicAppsWorkbench.Functions.<name>` may stand in for it: an HTTP address, which gets the parameters as JSON and gives the result, or a
 * JavaScript file of the project, which reads `parameters` and returns the result.
 */
import { parseValue } from '../../../language/json/parse';
import { stringify } from '../../../language/json/stringify';
import { isObject, objectOf } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { StepFailure, failed, succeeded } from '../../engine/failure';
import type { Outcome } from '../../engine/failure';
import type { ActionStep } from '../../engine/step';
import type { ActionHandler } from '../handler';
import { call } from '../http/http';
import { runScript } from './sandbox';

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
          `'${setting}' to an HTTP address that takes its parameters as JSON and answers with its result, or to a JavaScript file ` +
          `of the project that returns it.`,
      );
    }
    if (/\.c?js$/i.test(uri)) return runFile(step, uri, members.get('parameters') ?? objectOf({}));
    return call(step, objectOf({ method: 'POST', uri, body: members.get('parameters') ?? objectOf({}) }));
  },
};

function runFile(step: ActionStep, path: string, parameters: Value): Promise<Outcome> {
  const { services } = step.run;
  return services.work.during(async () => {
    const bytes = await services.ports.files.read(path);
    if (bytes === undefined) {
      throw new StepFailure('ScriptFileNotFound', `The script '${path}' of action '${step.name}' is not there.`);
    }
    const code = Buffer.from(bytes)
      .toString('utf8')
      .replace(/^\uFEFF/, '');
    const limits = { timeout: services.limits.scriptTimeout, memory: services.limits.scriptMemory };
    const context = stringify(objectOf({ parameters }));
    // On the first line, so that the lines of the script keep their numbers.
    const result = await runScript(`const { parameters } = workflowContext; ${code}`, context, limits, step.signal);
    if (!result.ok) {
      return failed(result.code, `The execution of the code of action '${step.name}' failed. ${result.message}`);
    }
    const parsed = result.json === undefined ? undefined : parseValue(result.json);
    return succeeded(objectOf({ body: parsed?.ok === true ? parsed.value : undefined }));
  });
}
