/** Which operation uses which connection: the text that names it, and the section of connections.json it must be in. */
import { member } from '../json/tree';
import type { JsonNode, StringNode } from '../json/tree';
import { pointerOf } from '../json/path';
import type { ConnectionSection } from '../project/connections';
import type { Operation, Workflow } from './model';

export interface ConnectionUse {
  readonly section: ConnectionSection;
  readonly operation: Operation;
  /** Usually a string; anything else is a mistake. */
  readonly node: JsonNode;
  /** JSON pointer of the node. */
  readonly path: string;
}

interface Place {
  readonly section: ConnectionSection;
  readonly path: readonly string[];
}

/** Where a type of operation names its connection in Standard workflows. */
const places: Readonly<Record<string, readonly Place[]>> = {
  ApiConnection: [managed()],
  ApiConnectionWebhook: [managed()],
  ApiConnectionNotification: [managed()],
  OpenApiConnection: [managed()],
  OpenApiConnectionWebhook: [managed()],
  OpenApiConnectionNotification: [managed()],
  ServiceProvider: [
    { section: 'serviceProviderConnections', path: ['inputs', 'serviceProviderConfiguration', 'connectionName'] },
  ],
  Function: [{ section: 'functionConnections', path: ['inputs', 'function', 'connectionName'] }],
  ApiManagement: [{ section: 'apiManagementConnections', path: ['inputs', 'apiManagement', 'connection'] }],
  McpClientTool: [{ section: 'agentMcpConnections', path: ['inputs', 'connectionReference', 'connectionName'] }],
};

function managed(): Place {
  return { section: 'managedApiConnections', path: ['inputs', 'host', 'connection', 'referenceName'] };
}

/** Every use of a connection by triggers and actions. */
export function connectionUses(workflow: Workflow): ConnectionUse[] {
  return [...workflow.triggers, ...workflow.actions].flatMap((operation) => [
    ...(places[operation.type] ?? []).flatMap(({ section, path }) => {
      const node = path.reduce<JsonNode | undefined>((each, name) => member(each, name), operation.node);
      return node === undefined ? [] : [{ section, operation, node, path: operation.path + pointerOf(path) }];
    }),
    ...(operation.type === 'Agent' ? modelUses(operation) : []),
  ]);
}

/** An agent names the connections of its models one by one. */
function modelUses(operation: Operation): ConnectionUse[] {
  const models = member(operation.inputs, 'modelConfigurations');
  if (models?.kind !== 'object') return [];
  return models.properties.flatMap(({ key, value }) => {
    const node = member(value, 'referenceName');
    if (node === undefined) return [];
    const path = operation.path + pointerOf(['inputs', 'modelConfigurations', key.value, 'referenceName']);
    return [{ section: 'agentConnections' as const, operation, node, path }];
  });
}

/** The name when it is a plain text. */
export function connectionName(use: ConnectionUse): StringNode | undefined {
  return use.node.kind === 'string' ? use.node : undefined;
}
