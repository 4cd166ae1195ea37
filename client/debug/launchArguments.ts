/** What a launch configuration can say, and how it is read: the one place that looks at the untyped arguments of a client. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { HostOptions } from '../../runtime/host/commands';

/** What starts a run as soon as the debugger is ready. */
export interface LaunchTrigger {
  /** The workflow's only trigger when missing. */
  readonly name?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Path behind the trigger's own address. */
  readonly relativePath?: string;
  /** Without the question mark. */
  readonly query?: string;
  /** Any JSON for a Request trigger; a string is sent as it is. */
  readonly body?: unknown;
  /** In place of `body`: bytes as they are. */
  readonly bodyBase64?: string;
  /** Any JSON: what another kind of trigger brings. */
  readonly outputs?: unknown;
}

export interface LaunchArguments {
  /** Absolute path of the project folder. */
  readonly project: string;
  /** Folder name of the workflow that `trigger` starts; breakpoints of every workflow of the project count. */
  readonly workflow?: string;
  readonly trigger?: LaunchTrigger;
  readonly port?: number;
  readonly stopOnEntry: boolean;
  /** True: recurrence and polling triggers fire by themselves. */
  readonly armTriggers: boolean;
  /** Laid over local.settings.json for this session. */
  readonly appSettings?: Readonly<Record<string, string>>;
  /** JSON texts by name, laid over parameters.json for this session. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** A `*.test.json` that says what fires the trigger and, unless `mocks` is off, what answers calls. */
  readonly scenario?: { readonly file: string; readonly id?: string; readonly mocks: boolean };
  /** Set for `attach`: the host runs already, and goes on afterwards. */
  readonly attach?: boolean;
  readonly noDebug: boolean;
}

/** What a launch asks of the host that runs the project. */
export function hostOverrides({
  port,
  armTriggers,
  appSettings,
  parameters,
  scenario,
}: LaunchArguments): Pick<HostOptions, 'port' | 'armTriggers' | 'appSettings' | 'parameters' | 'scenario'> {
  return {
    armTriggers,
    ...(port === undefined ? {} : { port }),
    ...(appSettings === undefined ? {} : { appSettings }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(scenario === undefined ? {} : { scenario }),
  };
}

/** The arguments, or what is wrong with them, in words for the person who wrote them. */
export function readLaunchArguments(
  given: DebugProtocol.LaunchRequestArguments,
): { readonly launch: LaunchArguments } | { readonly problem: string } {
  const members = new Map<string, unknown>(Object.entries(given));
  const project = members.get('project');
  if (typeof project !== 'string' || project === '') {
    return { problem: 'The launch configuration needs "project": the folder of the logic app.' };
  }
  const workflow = members.get('workflow');
  if (workflow !== undefined && typeof workflow !== 'string') {
    return { problem: '"workflow" in the launch configuration must be the name of a workflow folder.' };
  }
  const port = members.get('port');
  if (port !== undefined && !isPort(port)) {
    return { problem: '"port" in the launch configuration must be a number from 0 to 65535.' };
  }
  const appSettings = members.get('appSettings');
  if (appSettings !== undefined && !isTexts(appSettings)) {
    return { problem: '"appSettings" in the launch configuration must be an object of texts.' };
  }
  const trigger = members.get('trigger');
  const read = trigger === undefined ? undefined : readTrigger(trigger);
  if (typeof read === 'string') return { problem: read };
  const parameters = members.get('parameters');
  if (parameters !== undefined && !isObject(parameters)) {
    return { problem: '"parameters" in the launch configuration must be an object: names and their values.' };
  }
  for (const name of ['scenario', 'case']) {
    const value = members.get(name);
    if (value !== undefined && typeof value !== 'string') {
      return { problem: `"${name}" in the launch configuration must be a text.` };
    }
  }
  const mocks = members.get('mocks');
  if (mocks !== undefined && typeof mocks !== 'boolean') {
    return { problem: '"mocks" in the launch configuration must be true or false.' };
  }
  for (const name of ['stopOnEntry', 'armTriggers', 'noDebug']) {
    const value = members.get(name);
    if (value !== undefined && typeof value !== 'boolean') {
      return { problem: `"${name}" in the launch configuration must be true or false.` };
    }
  }
  if (read !== undefined && workflow === undefined && members.get('scenario') === undefined) {
    return { problem: 'A launch configuration with "trigger" needs "workflow" too.' };
  }
  return {
    launch: {
      project,
      ...(workflow === undefined ? {} : { workflow }),
      ...(read === undefined ? {} : { trigger: read }),
      ...(port === undefined ? {} : { port }),
      ...(appSettings === undefined ? {} : { appSettings }),
      ...(parameters === undefined ? {} : { parameters: jsonTexts(parameters) }),
      ...scenarioOf(members.get('scenario'), members.get('case'), mocks !== false),
      stopOnEntry: members.get('stopOnEntry') === true,
      armTriggers: members.get('armTriggers') === true,
      noDebug: given.noDebug === true,
    },
  };
}

function scenarioOf(file: unknown, id: unknown, mocks: boolean): Pick<LaunchArguments, 'scenario'> {
  if (typeof file !== 'string' || file === '') return {};
  return { scenario: { file, mocks, ...(typeof id === 'string' && id !== '' ? { id } : {}) } };
}

function jsonTexts(values: object): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) texts[name] = JSON.stringify(value);
  return texts;
}

/** `trigger` may be the name alone. */
function readTrigger(given: unknown): LaunchTrigger | string {
  if (typeof given === 'string') return { name: given };
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return '"trigger" in the launch configuration must be a name, or an object such as {"body": {…}}.';
  }
  const members = new Map<string, unknown>(Object.entries(given));
  if (members.get('saved') === true) {
    return '"trigger.saved" is known in VS Code only, which keeps saved requests: give "body" and "headers" here.';
  }
  const headers = members.get('headers');
  if (headers !== undefined && !isTexts(headers)) {
    return '"trigger.headers" in the launch configuration must be an object of texts.';
  }
  for (const name of ['name', 'method', 'relativePath', 'query']) {
    const value = members.get(name);
    if (value !== undefined && typeof value !== 'string') {
      return `"trigger.${name}" in the launch configuration must be a text.`;
    }
  }
  const text = (name: string): Record<string, string> => {
    const value = members.get(name);
    return typeof value === 'string' ? { [name]: value } : {};
  };
  return {
    ...text('name'),
    ...text('method'),
    ...text('relativePath'),
    ...text('query'),
    ...(headers === undefined ? {} : { headers }),
    ...(members.has('body') ? { body: members.get('body') } : {}),
    ...(members.has('outputs') ? { outputs: members.get('outputs') } : {}),
  };
}

function isPort(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => typeof each === 'string')
  );
}
