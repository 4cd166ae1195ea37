/**
 * Execute JavaScript code: a script with `workflowContext` (trigger, actions, workflow), whose return value becomes the body.
 * Source: "Add and run JavaScript code inline".
 */
import { parseValue } from '../../../language/json/parse';
import { stringify } from '../../../language/json/stringify';
import { stringOf } from '../../../language/json/tree';
import { isArray, isObject, objectOf } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { StepFailure, succeeded } from '../../engine/failure';
import type { Outcome } from '../../engine/failure';
import { anyCase } from '../../engine/settings';
import type { ActionStep } from '../../engine/step';
import type { ActionHandler } from '../handler';
import { runScript } from './sandbox';

export const javaScriptCode: ActionHandler = {
  type: 'JavaScriptCode',
  mockable: true,
  start: (step) => run(step),
};

async function run(step: ActionStep): Promise<Outcome> {
  const { services } = step.run;
  // The code is no template: an @ in it is an @.
  const code = stringOf(anyCase(step.plan.inputsNode, 'code'));
  if (code === undefined) throw new StepFailure('InvalidTemplate', `The action '${step.name}' has no "code".`);
  const dependencies = step.evaluate(anyCase(step.plan.inputsNode, 'explicitDependencies'));
  step.recordInputs(objectOf({ code, explicitDependencies: dependencies }));
  const limits = { timeout: services.limits.scriptTimeout, memory: services.limits.scriptMemory };
  services.work.begin();
  const result = await runScript(
    code,
    stringify(workflowContext(step, code, dependencies)),
    limits,
    step.signal,
  ).finally(() => services.work.end());
  if (!result.ok) {
    return {
      status: 'Failed',
      code: result.code,
      error: {
        code: result.code,
        message: `The execution of the code of action '${step.name}' failed. ${result.message}`,
      },
    };
  }
  const parsed = result.json === undefined ? undefined : parseValue(result.json);
  return succeeded(objectOf({ body: parsed?.ok === true ? parsed.value : undefined }));
}

/** What the script reads: the trigger, the workflow, and the actions that it names or that are listed for it. */
function workflowContext(step: ActionStep, code: string, dependencies: Value | undefined): Value {
  const { run, context } = step;
  const listed = isObject(dependencies) ? dependencies.get('actions') : undefined;
  const names = new Set(isArray(listed) ? listed.filter((each): each is string => typeof each === 'string') : []);
  for (const plan of run.plan.actions.values()) if (code.includes(plan.name)) names.add(plan.name);
  const actions = new Map<string, Value>();
  for (const name of names) {
    const view = name === step.name ? undefined : context.action(name);
    if (view !== undefined) actions.set(name, view);
  }
  return objectOf({ actions, trigger: run.triggerView, workflow: run.workflowView });
}
