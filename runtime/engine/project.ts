/**
 * A project as the engine needs it: workflows read, parameters and app settings with their values. Built from file texts alone, so
 * that a folder, a scenario's inline files and a test come in the same way.
 */
import { parseTree, member, stringOf } from '../../language/json/tree';
import type { JsonNode, JsonTree } from '../../language/json/tree';
import { read } from '../../language/workflow/read';
import type { WorkflowReading } from '../../language/workflow/read';

export interface RuntimeProject {
  /** By folder name. */
  readonly workflows: ReadonlyMap<string, WorkflowReading>;
  /** Entries of parameters.json, by name as written. */
  readonly parameters: ReadonlyMap<string, ProjectParameterValue>;
  readonly connections: JsonTree | undefined;
  readonly host: JsonTree | undefined;
  /** App settings: local.settings.json, then what was laid over it. Names match in any case. */
  readonly appSettings: ReadonlyMap<string, string>;
}

export interface ProjectParameterValue {
  readonly type: string | undefined;
  readonly value: JsonNode;
}

export interface ProjectOverrides {
  /** Laid over local.settings.json: the environment, then what a scenario or the extension gives. */
  readonly appSettings?: Readonly<Record<string, string>>;
  /** JSON texts by name, laid over parameters.json. */
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * Builds a project from its files. `files` maps a path relative to the project folder (forward slashes) to its text; only
 * `<workflow>/workflow.json`, parameters.json, connections.json, host.json and local.settings.json are looked at.
 */
export function projectFromFiles(files: ReadonlyMap<string, string>, overrides: ProjectOverrides = {}): RuntimeProject {
  const workflows = new Map<string, WorkflowReading>();
  let parameters: JsonTree | undefined;
  let connections: JsonTree | undefined;
  let host: JsonTree | undefined;
  let settings: JsonTree | undefined;
  for (const [path, text] of files) {
    const folder = /^([^/]+)\/workflow\.json$/i.exec(path)?.[1];
    if (folder !== undefined) workflows.set(folder, read(parseTree(text)));
    else if (/^parameters\.json$/i.test(path)) parameters = parseTree(text);
    else if (/^connections\.json$/i.test(path)) connections = parseTree(text);
    else if (/^host\.json$/i.test(path)) host = parseTree(text);
    else if (/^local\.settings\.json$/i.test(path)) settings = parseTree(text);
  }
  return {
    workflows,
    parameters: withParameters(parameterValues(parameters), overrides.parameters ?? {}),
    connections,
    host,
    appSettings: settingValues(settings, overrides.appSettings ?? {}),
  };
}

function parameterValues(tree: JsonTree | undefined): Map<string, ProjectParameterValue> {
  const values = new Map<string, ProjectParameterValue>();
  if (tree?.root?.kind !== 'object') return values;
  for (const property of tree.root.properties) {
    const value = member(property.value, 'value');
    if (value !== undefined) values.set(property.key.value, { type: stringOf(member(property.value, 'type')), value });
  }
  return values;
}

function withParameters(
  values: Map<string, ProjectParameterValue>,
  overrides: Readonly<Record<string, string>>,
): Map<string, ProjectParameterValue> {
  for (const [name, json] of Object.entries(overrides)) {
    const existing = [...values.keys()].find((each) => each.toLowerCase() === name.toLowerCase()) ?? name;
    const { root } = parseTree(json);
    if (root !== undefined) values.set(existing, { type: values.get(existing)?.type, value: root });
  }
  return values;
}

function settingValues(tree: JsonTree | undefined, overrides: Readonly<Record<string, string>>): Map<string, string> {
  const values = new Map<string, string>();
  const node = member(tree?.root, 'Values');
  if (node?.kind === 'object') {
    for (const property of node.properties) {
      const { value } = property;
      if (value?.kind === 'string') values.set(property.key.value, value.value);
      else if (value?.kind === 'number') values.set(property.key.value, value.text);
      else if (value?.kind === 'literal')
        values.set(property.key.value, value.value === null ? '' : String(value.value));
    }
  }
  for (const [name, value] of Object.entries(overrides)) {
    const existing = [...values.keys()].find((each) => each.toLowerCase() === name.toLowerCase());
    values.set(existing ?? name, value);
  }
  return values;
}
