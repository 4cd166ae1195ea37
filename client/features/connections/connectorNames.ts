/** Names of connectors and kinds of connections, for people. Pure. */
import type { ConnectionSection } from '../../../language/project/connections';

/** Names that taking an id apart would spell wrong. */
const names: Readonly<Record<string, string>> = {
  azureblob: 'Azure Blob Storage',
  azurequeues: 'Azure Queue Storage',
  azuretables: 'Azure Table Storage',
  azurefile: 'Azure File Storage',
  azurecosmosdb: 'Azure Cosmos DB',
  documentdb: 'Azure Cosmos DB',
  eventhub: 'Event Hubs',
  eventhubs: 'Event Hubs',
  ftp: 'FTP',
  sftp: 'SFTP',
  sftpwithssh: 'SFTP-SSH',
  smtp: 'SMTP',
  sql: 'SQL Server',
  db2: 'DB2',
  mq: 'IBM MQ',
  sap: 'SAP',
  jdbc: 'JDBC',
  as2: 'AS2',
  sharepointonline: 'SharePoint',
  teams: 'Microsoft Teams',
  commondataservice: 'Dataverse',
  onedriveforbusiness: 'OneDrive for Business',
  keyvault: 'Azure Key Vault',
};

const kinds: Readonly<Record<ConnectionSection, string>> = {
  managedApiConnections: 'managed connector',
  serviceProviderConnections: 'built-in connector',
  functionConnections: 'Azure function',
  apiManagementConnections: 'API Management',
  agentConnections: 'model of agents',
  agentMcpConnections: 'MCP server',
  knowledgeHubConnections: 'knowledge hub',
};

export function kindName(section: ConnectionSection): string {
  return kinds[section];
}

/** `serviceBus` → `Service Bus`; undefined when there is no connector to name. */
export function connectorName(id: string | undefined): string | undefined {
  if (id === undefined) return undefined;
  const known = names[id.toLowerCase()];
  if (known !== undefined) return known;
  const words = id.replaceAll(/([a-z])([A-Z0-9])/g, '$1 $2').replaceAll(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Name of a VS Code icon. */
export function kindIcon(section: ConnectionSection): string {
  switch (section) {
    case 'managedApiConnections':
      return 'cloud';
    case 'serviceProviderConnections':
      return 'plug';
    case 'functionConnections':
      return 'symbol-event';
    case 'apiManagementConnections':
      return 'server-environment';
    case 'agentConnections':
      return 'hubot';
    case 'agentMcpConnections':
      return 'tools';
    case 'knowledgeHubConnections':
      return 'library';
  }
}
