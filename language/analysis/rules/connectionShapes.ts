/**
 * Entries of connections.json by themselves: their sections, what each kind cannot do without, how they sign in, and for built-in
 * connectors that are known here, the parameters of the way they connect. Source: the connection models of the open designer.
 */
import { findConnector } from '../../catalog/manifest';
import type { ConnectorManifest } from '../../catalog/manifest';
import { jsonText } from '../../json/escape';
import { pointerOf } from '../../json/path';
import { member, property, stringOf } from '../../json/tree';
import type { JsonNode, PropertyNode } from '../../json/tree';
import { connectionSections } from '../../project/connections';
import type { ProjectDocument } from '../../project/document';
import { isComputed } from '../computed';
import type { Finding, ProjectRule } from '../rule';
import { nearest, suggestion } from '../spelling';

export const connectionShapesRule: ProjectRule = {
  name: 'connectionShapes',
  *check({ connectors }, document) {
    if (document.kind !== 'connections') return;
    yield* checkSections(document);
    for (const { section, entry } of entriesOf(document)) {
      const { key, value } = entry;
      const path = pointerOf([section, key.value]);
      if (value !== undefined && value.kind !== 'object') {
        const message = `The connection '${key.value}' must be an object.`;
        yield { code: 'connection-invalid', range: value, path, message };
        continue;
      }
      // A connection made at run time gets its resource then.
      if (member(value, 'runtimeSource') !== undefined) continue;
      yield* checkRequired(section, entry, path);
      yield* checkAuthentication(entry, path);
      if (section === 'serviceProviderConnections') yield* checkParameters(entry, path, connectors);
    }
  },
};

/** What each kind of connection cannot do without. */
const required: Readonly<Record<string, readonly (readonly string[])[]>> = {
  managedApiConnections: [
    ['api', 'id'],
    ['connection', 'id'],
  ],
  serviceProviderConnections: [['serviceProvider', 'id']],
  functionConnections: [['function', 'id']],
  apiManagementConnections: [['apiId']],
};

function* checkSections({ tree: { root } }: ProjectDocument): Iterable<Finding> {
  if (root?.kind !== 'object') return;
  for (const { key, value } of root.properties) {
    const path = pointerOf([key.value]);
    const isSection = connectionSections.some((each) => each === key.value);
    if (isSection && value !== undefined && value.kind !== 'object' && !isNull(value)) {
      const message = `"${key.value}" must be an object.`;
      yield { code: 'connection-invalid', range: value, path, message };
    }
    const near = isSection ? undefined : nearest(key.value, connectionSections);
    if (near === undefined) continue;
    yield {
      code: 'connection-invalid',
      range: key,
      path,
      message: `There is no section "${key.value}".${suggestion(near)}`,
      fixes: [{ title: `Change to '${near}'`, edits: [{ range: key, newText: jsonText(near) }], preferred: true }],
    };
  }
}

function isNull(node: JsonNode): boolean {
  return node.kind === 'literal' && node.value === null;
}

function* entriesOf({ tree }: ProjectDocument): Iterable<{ readonly section: string; readonly entry: PropertyNode }> {
  for (const section of connectionSections) {
    const node = member(tree.root, section);
    if (node?.kind !== 'object') continue;
    for (const entry of node.properties) yield { section, entry };
  }
}

function* checkRequired(section: string, { key, value }: PropertyNode, path: string): Iterable<Finding> {
  for (const parts of required[section] ?? []) {
    const found = parts.reduce<JsonNode | undefined>((each, name) => member(each, name), value);
    if (found !== undefined) continue;
    yield {
      code: 'connection-invalid',
      range: key,
      path,
      message: `The connection '${key.value}' needs "${parts.join('.')}".`,
    };
  }
}

/** What each way to sign in cannot do without, as far as it is the same for all connections. */
const signIn: Readonly<Record<string, readonly string[]>> = {
  ManagedServiceIdentity: [],
  Raw: ['scheme', 'parameter'],
  ActiveDirectoryOAuth: ['tenant', 'clientId'],
  QueryString: ['name', 'value'],
  Key: [],
  Basic: [],
  ClientCertificate: [],
  None: [],
};

function* checkAuthentication({ key, value }: PropertyNode, path: string): Iterable<Finding> {
  const authentication = property(value, 'authentication');
  if (authentication?.value?.kind !== 'object') return;
  const typeNode = member(authentication.value, 'type');
  const type = stringOf(typeNode);
  const inside = `${path}/authentication`;
  if (typeNode === undefined || type === undefined || isComputed(type)) return;
  const known = Object.keys(signIn).find((each) => each.toLowerCase() === type.toLowerCase());
  if (known === undefined) {
    const near = nearest(type, Object.keys(signIn));
    yield {
      code: 'connection-invalid',
      // Other kinds may come with other connectors.
      severity: near === undefined ? 'information' : 'warning',
      range: typeNode,
      path: `${inside}/type`,
      message: `'${type}' is not a known kind of authentication.${suggestion(near)}`,
      fixes:
        near === undefined
          ? []
          : [{ title: `Change to '${near}'`, edits: [{ range: typeNode, newText: jsonText(near) }], preferred: true }],
    };
    return;
  }
  for (const name of signIn[known] ?? []) {
    if (member(authentication.value, name) !== undefined) continue;
    yield {
      code: 'connection-invalid',
      range: authentication.key,
      path: inside,
      message: `Authentication of type ${known} of the connection '${key.value}' needs "${name}".`,
    };
  }
}

/** Parameters of built-in connectors whose manifest is known. */
function* checkParameters(
  { key, value }: PropertyNode,
  path: string,
  connectors: readonly ConnectorManifest[],
): Iterable<Finding> {
  const id = stringOf(member(member(value, 'serviceProvider'), 'id'));
  const connector = findConnector(connectors, id?.split('/').at(-1) ?? '');
  if (connector === undefined) return;
  const setNode = member(value, 'parameterSetName');
  const setName = stringOf(setNode)?.toLowerCase();
  const set = connector.parameterSets.find((each) => each.name.toLowerCase() === setName);
  // Without a name, any of the sets will do; others than those known here may exist.
  if (set === undefined) return;
  const given = member(value, 'parameterValues');
  for (const { name } of set.parameters.filter((each) => each.required)) {
    if (member(given, name) !== undefined) continue;
    yield {
      code: 'connection-invalid',
      severity: 'warning',
      range: key,
      path,
      message: `The connection '${key.value}' by "${set.name}" needs "parameterValues.${name}".`,
    };
  }
}
