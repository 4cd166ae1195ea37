/** The clients of a project's connections, of every kind: the first that knows a connection serves it. */
import type { ConnectorClient, ConnectorClients, ConnectorRequest } from '../engine/contract';

export class ConnectionClients implements ConnectorClients {
  constructor(private readonly kinds: readonly ConnectorClients[]) {}

  client(request: ConnectorRequest): ConnectorClient | undefined {
    for (const kind of this.kinds) {
      const client = kind.client(request);
      if (client !== undefined) return client;
    }
    return undefined;
  }
}
