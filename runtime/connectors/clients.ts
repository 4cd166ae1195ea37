/**
 * The connectors that run on this machine. Each client is a bundle of its own, loaded when a workflow first needs it: the bundler keeps
 * these imports apart (see `scripts/build.mjs`).
 */
import type { ConnectorModule } from './connector';

const clients: Readonly<Record<string, () => Promise<ConnectorModule>>> = {
  azureblob: () => import('./azureBlob/client'),
  filesystem: () => import('./fileSystem/client'),
};

/** The loader of a connector's client, by its id in any case; undefined when it has none. */
export function connectorClient(connector: string): (() => Promise<ConnectorModule>) | undefined {
  return clients[connector.toLowerCase()];
}
