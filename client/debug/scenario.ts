/** What a scenario says of a launch: the workflow, and what its trigger is given. */
import { dirname, resolve } from 'node:path';
import { stringify } from '../../language/json/stringify';
import { caseIn } from '../../runtime/host/scenarioHost';
import type { ScenarioCase } from '../../runtime/scenario/case';
import { bytesOf } from '../../runtime/scenario/body';
import { ScenarioError } from '../../runtime/scenario/fields';
import type { LaunchArguments, LaunchTrigger } from './launchArguments';
import { Refusal } from './refusal';
import type { ReadText } from './workflowSources';

/** What the configuration says itself stands above the scenario. Rejects with a `Refusal` or a `HostError`. */
export async function withScenario(launch: LaunchArguments, readText: ReadText): Promise<LaunchArguments> {
  const { scenario, project } = launch;
  if (scenario === undefined) return launch;
  const file = resolve(project, scenario.file);
  const text = await readText(file);
  if (text === undefined) throw new Refusal(`The scenario '${file}' cannot be read.`);
  const chosen = caseIn(text, file, scenario.id);
  const { workflow = chosen.workflow } = launch;
  try {
    const trigger = launch.trigger ?? (await triggerOf(chosen, dirname(file)));
    // The runtime reads the same case, also when it was the first of several.
    return { ...launch, workflow, trigger, scenario: { ...scenario, file, id: chosen.id } };
  } catch (error) {
    throw error instanceof ScenarioError ? new Refusal(error.message) : error;
  }
}

async function triggerOf({ trigger }: ScenarioCase, folder: string): Promise<LaunchTrigger> {
  const name = trigger.name === undefined ? {} : { name: trigger.name };
  if (trigger.type === 'poll') return name;
  if (trigger.type === 'fire') {
    const { outputs } = trigger;
    // As JavaScript's own values: they become JSON text again on their way to the runtime.
    const given: unknown = outputs === undefined ? undefined : JSON.parse(stringify(outputs));
    return { ...name, ...(given === undefined ? {} : { outputs: given }) };
  }
  const { method, query, relativePath, contentType, body } = trigger;
  const encoded = await bytesOf(body, folder);
  const headers = Object.fromEntries(trigger.headers);
  const type = contentType ?? encoded?.contentType;
  const hasType = Object.keys(headers).some((each) => each.toLowerCase() === 'content-type');
  return {
    ...name,
    method,
    headers: type === undefined || hasType ? headers : { ...headers, 'Content-Type': type },
    ...(query === '' ? {} : { query }),
    ...(relativePath === '' ? {} : { relativePath: relativePath.replace(/^\//, '') }),
    ...(encoded === undefined ? {} : { bodyBase64: Buffer.from(encoded.bytes).toString('base64') }),
  };
}
