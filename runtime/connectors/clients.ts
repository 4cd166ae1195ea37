/**
 * The connectors that run on this machine. Clients import heavy packages when they connect; those are bundles of their own (see
 * `lazyPackages` in `scripts/build.mjs`).
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
