/** Connections named by operations exist in connections.json, in the section that the type of operation looks in. */
import { jsonText } from '../../json/escape';
import { findConnection } from '../../project/connections';
import type { Connections, ConnectionSection } from '../../project/connections';
import { connectionUses } from '../../workflow/connectionUses';
import type { ConnectionUse } from '../../workflow/connectionUses';
import { isComputed } from '../computed';
import type { Finding, WorkflowRule } from '../rule';
import { nearest, suggestion } from '../spelling';

export const connectionsRule: WorkflowRule = {
  name: 'connections',
  *check({ workflow, project }) {
    // Consumption workflows get their connections from a parameter; a loose file may have a connections.json elsewhere.
    if (workflow.shape !== 'standard' || project.documents.size === 0) return;
    for (const use of connectionUses(workflow)) {
      if (use.node.kind !== 'string') continue;
      if (isComputed(use.node.value) || use.node.value === '') continue;
      yield* checkUse(use, use.node.value, project.connections);
    }
  },
};

function* checkUse(use: ConnectionUse, name: string, connections: Connections | undefined): Iterable<Finding> {
  const { node, path, section } = use;
  if (connections === undefined) {
    yield {
      code: 'connection-unknown',
      // Many projects make the file when they are deployed.
      severity: 'warning',
      range: node,
      path,
      message: `There is no connection '${name}': the project has no connections.json.`,
    };
    return;
  }
  if (findConnection(connections, section, name) !== undefined) return;
  const elsewhere = connections.entries.find((each) => each.key.toLowerCase() === name.toLowerCase());
  if (elsewhere !== undefined) {
    yield {
      code: 'connection-wrong-kind',
      range: node,
      path,
      message: `'${elsewhere.key}' is ${kindName(elsewhere.section)}, but a ${use.operation.type} operation needs ${kindName(section)}.`,
    };
    return;
  }
  const near = nearest(
    name,
    connections.entries.filter((each) => each.section === section).map((each) => each.key),
  );
  yield {
    code: 'connection-unknown',
    range: node,
    path,
    message: `There is no connection '${name}' in "${section}" of connections.json.${suggestion(near)}`,
    fixes:
      near === undefined
        ? []
        : [{ title: `Change to '${near}'`, edits: [{ range: node, newText: jsonText(near) }], preferred: true }],
  };
}

const kindNames: Readonly<Record<ConnectionSection, string>> = {
  managedApiConnections: 'a managed API connection',
  serviceProviderConnections: 'a built-in (service provider) connection',
  functionConnections: 'an Azure function connection',
  apiManagementConnections: 'an API Management connection',
  agentConnections: 'a model connection of agents',
  agentMcpConnections: 'an MCP server connection',
  knowledgeHubConnections: 'a knowledge hub connection',
};

function kindName(section: ConnectionSection): string {
  return kindNames[section];
}
