/** A host in this thread, for the terminal and for tests. The extension uses a worker: see `workerLink.ts`. */
import type { Ports } from '../ports';
import type { HostOptions, RuntimeLink } from './commands';
import { openHost } from './host';
import { linkInThread } from './link';

/** Rejects with a `HostError` when the folder is no project. `ports` replace those of this machine. */
export function openInThread(options: HostOptions, ports: Partial<Ports> = {}): Promise<RuntimeLink> {
  return linkInThread((board) => openHost(options, board, ports));
}
