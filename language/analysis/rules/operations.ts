/**
 * Operations of built-in connectors: the connection is of the same connector, the operation exists, and what it cannot do without is
 * given. Only connectors with a manifest are known.
 */
import { findConnector, findOperation } from '../../catalog/manifest';
import type { ConnectorManifest, OperationManifest } from '../../catalog/manifest';
import { startValue } from '../../catalog/startValue';
import { jsonText } from '../../json/escape';
import { member, property, stringOf } from '../../json/tree';
import type { JsonNode } from '../../json/tree';
import { findConnection } from '../../project/connections';
import type { Project } from '../../project/project';
import { lookupShared } from '../../catalog/operationSchemas';
import { insertProperty } from '../../workflow/changes/insertProperty';
import type { Operation, Workflow } from '../../workflow/model';
import { isComputed } from '../computed';
import type { Finding, WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';

export const operationsRule: WorkflowRule = {
  name: 'operations',
  *check({ workflow, project }) {
    for (const operation of [...workflow.triggers, ...workflow.actions]) {
      if (operation.type !== 'ServiceProvider') continue;
      const configuration = member(operation.inputs, 'serviceProviderConfiguration');
      const id = stringOf(member(configuration, 'serviceProviderId'));
      if (id === undefined || isComputed(id)) continue;
      const provider = id.split('/').at(-1) ?? '';
      yield* checkProvider(operation, configuration, provider, project);
      const connector = findConnector(project.connectors, provider);
      if (connector !== undefined) yield* checkOperation(workflow, operation, configuration, connector);
    }
  },
};

const place = '/inputs/serviceProviderConfiguration';

function* checkProvider(
  operation: Operation,
  configuration: JsonNode | undefined,
  provider: string,
  { connections }: Project,
): Iterable<Finding> {
  const node = member(configuration, 'connectionName');
  const name = stringOf(node);
  if (node === undefined || name === undefined || connections === undefined || isComputed(name)) return;
  const connection = findConnection(connections, 'serviceProviderConnections', name);
  const connector = connection?.connector;
  if (connector === undefined || isComputed(connector) || connector.toLowerCase() === provider.toLowerCase()) return;
  yield {
    code: 'connection-wrong-kind',
    range: node,
    path: `${operation.path}${place}/connectionName`,
    message: `'${name}' connects to ${connector}, but this is an operation of ${provider}.`,
  };
}

function* checkOperation(
  workflow: Workflow,
  operation: Operation,
  configuration: JsonNode | undefined,
  connector: ConnectorManifest,
): Iterable<Finding> {
  const node = member(configuration, 'operationId');
  const id = stringOf(node);
  if (node === undefined || id === undefined || id === '' || isComputed(id)) return;
  const isAction = 'scope' in operation;
  const manifest = findOperation(connector, id);
  if (manifest === undefined) {
    const others = connector.operations.filter((each) => (each.kind === 'action') === isAction);
    const near = nearest(
      id,
      others.map((each) => each.id),
    );
    yield {
      code: 'operation-unknown',
      // A slip of the pen is worth more than a hint.
      ...(near === undefined ? {} : { severity: 'warning' as const }),
      range: node,
      path: `${operation.path}${place}/operationId`,
      message: `'${id}' is not a known operation of ${connector.title}; it cannot be checked or run here.${suggestion(near)}`,
      fixes:
        near === undefined
          ? []
          : [{ title: `Change to '${near}'`, edits: [{ range: node, newText: jsonText(near) }], preferred: true }],
    };
    return;
  }
  if ((manifest.kind === 'action') !== isAction) {
    yield {
      code: 'workflow-invalid-context',
      range: node,
      path: `${operation.path}${place}/operationId`,
      message: `'${manifest.title}' is ${isAction ? 'a trigger' : 'an action'} of ${connector.title}.`,
    };
    return;
  }
  yield* checkParameters(workflow, operation, manifest);
}

function* checkParameters(workflow: Workflow, operation: Operation, manifest: OperationManifest): Iterable<Finding> {
  const given = property(operation.inputs, 'parameters');
  if (given?.value?.kind !== 'object') return;
  for (const name of manifest.parameters.required ?? []) {
    if (member(given.value, name) !== undefined) continue;
    const value = startValue(manifest.parameters.properties?.[name], lookupShared);
    yield {
      code: 'workflow-missing-property',
      range: given.key,
      path: `${operation.path}/inputs/parameters`,
      message: `'${manifest.title}' needs the parameter "${name}".`,
      fixes: [
        { title: `Add "${name}"`, edits: insertProperty(workflow.tree, given.value, name, value), preferred: true },
      ],
    };
  }
}
