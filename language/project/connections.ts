/**
 * connections.json: the connections of a project by section. Secrets are never read out of it: a connection knows which
 * app settings and parameters it uses, not their values. Keys match without regard to case, as on the host.
 */
import { pointerOf } from '../json/path';
import { member, stringOf } from '../json/tree';
import type { JsonNode, JsonTree, PropertyNode } from '../json/tree';

export const connectionSections = [
  'managedApiConnections',
  'serviceProviderConnections',
  'functionConnections',
  'apiManagementConnections',
  'agentConnections',
  'agentMcpConnections',
  'knowledgeHubConnections',
] as const;
export type ConnectionSection = (typeof connectionSections)[number];

export interface Connection {
  readonly section: ConnectionSection;
  /** The name that workflows refer to. */
  readonly key: string;
  readonly property: PropertyNode;
  /** JSON pointer of the entry. */
  readonly path: string;
  readonly displayName: string | undefined;
  /** `serviceBus` of `/serviceProviders/serviceBus`, `office365` of a managed API's id, …; as written. */
  readonly connector: string | undefined;
}

export interface Connections {
  readonly tree: JsonTree;
  readonly entries: readonly Connection[];
}

/** Reads the text of a connections.json. Never throws; malformed entries are left out. */
export function readConnections(tree: JsonTree): Connections {
  const entries: Connection[] = [];
  for (const section of connectionSections) {
    const node = member(tree.root, section);
    if (node?.kind !== 'object') continue;
    for (const property of node.properties) {
      entries.push({
        section,
        key: property.key.value,
        property,
        path: pointerOf([section, property.key.value]),
        displayName: stringOf(member(property.value, 'displayName')),
        connector: connectorOf(section, property.value),
      });
    }
  }
  return { tree, entries };
}

function connectorOf(section: ConnectionSection, node: JsonNode | undefined): string | undefined {
  switch (section) {
    case 'managedApiConnections':
      return lastSegment(stringOf(member(member(node, 'api'), 'id')));
    case 'serviceProviderConnections':
      return lastSegment(stringOf(member(member(node, 'serviceProvider'), 'id')));
    case 'functionConnections':
      return lastSegment(stringOf(member(member(node, 'function'), 'id')));
    case 'apiManagementConnections':
      return lastSegment(stringOf(member(node, 'apiId')));
    case 'agentConnections':
      return stringOf(member(node, 'type'));
    case 'agentMcpConnections':
    case 'knowledgeHubConnections':
      return undefined;
  }
}

function lastSegment(id: string | undefined): string | undefined {
  const segment = id?.split('/').at(-1);
  return segment === '' ? undefined : segment;
}

/** The connection of a section with this key, in any case. */
export function findConnection(
  connections: Connections,
  section: ConnectionSection,
  key: string,
): Connection | undefined {
  const wanted = key.toLowerCase();
  return connections.entries.find((each) => each.section === section && each.key.toLowerCase() === wanted);
}
