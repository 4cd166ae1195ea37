/** One reading of the project folder with the engine that runs it. A reload makes a new one; runs of the old one go on in it. */
import { stringOf } from '../../language/json/tree';
import { member } from '../../language/json/tree';
import type { Trigger, Workflow } from '../../language/workflow/model';
import type { EvaluationContext } from '../../language/expressions/context';
import { ConnectionClients } from '../connections/clients';
import { HttpConnections } from '../connections/httpConnections';
import { ConnectionResolver } from '../connections/resolve';
import { SettingSecrets } from '../connections/secrets';
import { ServiceProviders } from '../connectors/serviceProviders';
import { Engine } from '../engine/engine';
import type { EngineOptions } from '../engine/contract';
import { ParameterContext, ParameterValues } from '../engine/parameters';
import { projectFromFiles } from '../engine/project';
import type { RuntimeProject } from '../engine/project';
import type { Payload } from '../events';
import type { Ports } from '../ports';
import { BatchMessages } from '../triggers/batchMessages';
import { BatchCollector } from '../triggers/batches';
import { TriggerDispatcher } from '../triggers/dispatcher';
import type { HostOptions, WorkflowSummary } from './commands';
import type { ProjectNames } from './debug/inspect';
import type { HostAddresses } from './http/addresses';
import { readProjectFolder } from './projectFolder';

/** A shorter value would hide ordinary words. */
const SHORTEST_SECRET = 4;

export class LoadedProject {
  readonly project: RuntimeProject;
  readonly engine: Engine;
  readonly dispatcher: TriggerDispatcher;
  readonly batches: BatchCollector;
  /** App settings that the project names itself, as opposed to the whole environment. */
  readonly #settingNames: ReadonlySet<string>;
  readonly #secrets: SettingSecrets;
  /** As they stand in JSON; found when something is first shown. */
  #secretTexts: readonly string[] | undefined;
  readonly #keepsRuns = new Map<string, boolean>();
  readonly #ports: Ports;

  private constructor(
    files: ReadonlyMap<string, string>,
    options: HostOptions,
    engineOptions: Omit<EngineOptions, 'project'>,
    batchMessages: BatchMessages,
  ) {
    const given = { ...options.appSettings, ...options.secrets };
    const { parameters = {} } = options;
    const own = projectFromFiles(files, { appSettings: given });
    this.#settingNames = new Set([...own.appSettings.keys()].map((name) => name.toLowerCase()));
    this.project = projectFromFiles(files, { appSettings: { ...environment(), ...given }, parameters });
    this.#secrets = new SettingSecrets(this.project, Object.keys(options.secrets ?? {}));
    this.#ports = engineOptions.ports;
    const resolver = new ConnectionResolver(this.project, this.#ports);
    const connectors = new ConnectionClients([
      new HttpConnections(resolver, () => this.engine.services),
      new ServiceProviders(resolver),
    ]);
    this.batches = new BatchCollector(
      batchMessages,
      () => this.engine,
      () => this.dispatcher,
    );
    // A scenario brings connectors of its own.
    this.engine = new Engine({ connectors, ...engineOptions, project: this.project, batches: this.batches });
    this.dispatcher = new TriggerDispatcher(this.engine);
  }

  /** Rejects with a `HostError` when the folder is no project. */
  static async read(
    options: HostOptions,
    engineOptions: Omit<EngineOptions, 'project'>,
    batchMessages = new BatchMessages(),
  ): Promise<LoadedProject> {
    return new LoadedProject(await readProjectFolder(options.projectFolder), options, engineOptions, batchMessages);
  }

  /** The name of the folder as it is written, whatever case it was asked for in. */
  workflowName(name: string): string | undefined {
    if (this.project.workflows.has(name)) return name;
    const wanted = name.toLowerCase();
    return [...this.project.workflows.keys()].find((each) => each.toLowerCase() === wanted);
  }

  workflow(name: string): Workflow | undefined {
    const found = this.workflowName(name);
    return found === undefined ? undefined : this.project.workflows.get(found)?.workflow;
  }

  trigger(workflow: string, name: string): Trigger | undefined {
    const wanted = name.toLowerCase();
    return this.workflow(workflow)?.triggers.find((each) => each.name.toLowerCase() === wanted);
  }

  /**
   * Whether the project asks for the whole history of a stateless workflow's runs, which the platform does not keep by itself.
   * Source: "Create Standard workflows", enable run history for stateless workflows.
   */
  keepsStatelessRuns(workflow: string): boolean {
    let isKept = this.#keepsRuns.get(workflow);
    if (isKept === undefined) {
      const name = `Workflows.${workflow}.OperationOptions`.toLowerCase();
      const [, options = ''] = [...this.project.appSettings].find(([each]) => each.toLowerCase() === name) ?? [];
      isKept = options.toLowerCase().includes('withstatelessrunhistory');
      this.#keepsRuns.set(workflow, isKept);
    }
    return isKept;
  }

  summaries(addresses: HostAddresses): readonly WorkflowSummary[] {
    return [...this.project.workflows.keys()].map((name) => {
      const workflow = this.workflow(name);
      return {
        name,
        file: `${name}/workflow.json`,
        stateless: workflow?.stateless ?? false,
        triggers: (workflow?.triggers ?? []).map((trigger) => ({
          name: trigger.name,
          type: trigger.type,
          callbackUrl: isRequest(trigger) ? callbackUrl(addresses, name, trigger) : undefined,
        })),
        problems: this.engine.problems(name),
      };
    });
  }

  /** What an expression sees outside of any run: parameters and app settings. */
  context(): EvaluationContext {
    const { clock, ids } = this.#ports;
    const now = (): number => clock.now();
    return new ParameterContext(new ParameterValues(this.project, undefined, now, ids), now, ids);
  }

  /** A value that is about to be shown by a debugger: hidden when a secret app setting has come into it. */
  withoutSecrets(payload: Payload): Payload {
    const { json } = payload;
    if (json === undefined) return payload;
    this.#secretTexts ??= this.#ownSettings().flatMap(({ value, secret }) =>
      secret && value.length >= SHORTEST_SECRET ? [JSON.stringify(value).slice(1, -1)] : [],
    );
    return this.#secretTexts.some((each) => json.includes(each)) ? { secured: true } : payload;
  }

  /** What a debugger lists of a workflow's project. */
  names(workflow: string): ProjectNames {
    const parameters = new Map<string, { readonly name: string; readonly kind: string | undefined }>();
    for (const [name, { type }] of this.project.parameters) parameters.set(name.toLowerCase(), { name, kind: type });
    for (const { name, type } of this.workflow(workflow)?.parameters ?? []) {
      parameters.set(name.toLowerCase(), { name, kind: type ?? parameters.get(name.toLowerCase())?.kind });
    }
    const appSettings = this.#ownSettings();
    const plan = this.engine.problems(workflow).length === 0 ? this.engine.plan(workflow) : undefined;
    const securedTriggers = plan?.triggers.map(({ settings }) => settings.secured) ?? [];
    return {
      parameters: [...parameters.values()],
      appSettings,
      securedTrigger: {
        inputs: securedTriggers.some(({ inputs }) => inputs),
        outputs: securedTriggers.some(({ outputs }) => outputs),
      },
      hidesInputs: (action) => plan?.actions.get(action.toLowerCase())?.settings.secured.inputs === true,
      withoutSecrets: (payload) => this.withoutSecrets(payload),
    };
  }

  #ownSettings(): ProjectNames['appSettings'] {
    return [...this.project.appSettings]
      .filter(([name]) => this.#settingNames.has(name.toLowerCase()))
      .map(([name, value]) => ({ name, value, secret: this.#secrets.isSecret(name, value) }));
  }
}

export function isRequest(trigger: Trigger): boolean {
  return trigger.type.toLowerCase() === 'request' || trigger.type.toLowerCase() === 'manual';
}

/** The method that callers must use; POST unless the trigger says otherwise. */
export function methodOf(trigger: Trigger): string {
  return stringOf(member(trigger.inputs, 'method'))?.toUpperCase() ?? 'POST';
}

export function relativePathOf(trigger: Trigger): string | undefined {
  const path = stringOf(member(trigger.inputs, 'relativePath'));
  return path === undefined || path === '' ? undefined : path.replace(/^\//, '');
}

/** With the relative path as the trigger declares it, `{…}` and all: the caller fills it in. */
export function callbackUrl(addresses: HostAddresses, workflow: string, trigger: Trigger): string {
  const path = relativePathOf(trigger);
  const base = addresses.triggerPath(workflow, trigger.name);
  return `${base}${path === undefined ? '' : `/${path}`}?${addresses.triggerQuery(workflow, trigger.name)}`;
}

function environment(): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined) values[name] = value;
  }
  return values;
}
