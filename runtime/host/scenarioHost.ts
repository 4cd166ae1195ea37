/** A host that runs by a scenario: what leaves the workflow is answered by the case's mocks, its settings are laid over the project's. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { EngineBehaviour, ConnectorClients } from '../engine/contract';
import type { Ports } from '../ports';
import { readCases } from '../scenario/case';
import type { ScenarioCase } from '../scenario/case';
import { ScenarioError } from '../scenario/fields';
import { CaseMocks } from '../scenario/mocks';
import { runsForReal } from '../scenario/runner';
import type { HostOptions } from './commands';
import { HostError } from './commands';
import { RealClock } from './ports/clock';

export interface ScenarioHost {
  readonly ports: Partial<Ports>;
  /** Undefined when the connections of the project are used. */
  readonly connectors: ConnectorClients | undefined;
  readonly behaviour: EngineBehaviour;
  readonly appSettings: Readonly<Record<string, string>>;
}

/** Rejects with a `HostError` that says what is wrong with the file. `workflows`: names of the project as it is when asked. */
export async function scenarioHost(
  { projectFolder, scenario }: HostOptions,
  workflows: () => readonly string[],
): Promise<ScenarioHost | undefined> {
  if (scenario === undefined) return undefined;
  const file = resolve(projectFolder, scenario.file);
  const chosen = caseIn(await textOf(file), file, scenario.id);
  const { settings: appSettings, disableRetries, disableChunking } = chosen;
  const behaviour = {
    disableRetries,
    disableChunking,
    // Whoever answers by mocks does not miss a token.
    ignoreManagedIdentity: chosen.ignoreManagedIdentity || scenario.mocks,
  };
  if (!scenario.mocks) return { ports: {}, connectors: undefined, behaviour, appSettings };
  const clock = new RealClock();
  const mocks = new CaseMocks(chosen, dirname(file), clock, clock.now(), (type, inputs) =>
    runsForReal(type, inputs, new Set(workflows().map((name) => name.toLowerCase())), chosen.unmatched !== undefined),
  );
  return { ports: { http: mocks, mocks }, connectors: mocks, behaviour, appSettings };
}

/** The case of this id, or the only or first one. Throws a `HostError`. */
export function caseIn(text: string, file: string, id: string | undefined): ScenarioCase {
  try {
    const cases = readCases(text);
    const chosen = id === undefined ? cases[0] : cases.find((each) => each.id === id);
    if (chosen !== undefined) return chosen;
    const known = cases.map((each) => `'${each.id}'`).join(', ');
    throw new ScenarioError(id === undefined ? 'It holds no case.' : `It holds no case '${id}', only ${known}.`);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw new HostError('ScenarioNotRead', `The scenario '${file}' cannot be used. ${error.message}`);
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    throw new HostError('ScenarioNotRead', `The scenario '${file}' cannot be read.`);
  }
}
