/** The world as this machine has it. */
import type { Ports } from '../../ports';
import type { Turns } from '../../engine/turns';
import { RealClock } from './clock';
import { FolderFiles } from './files';
import { UndiciClient } from './http';
import { RealIds } from './ids';
import { SpawnedProcesses } from './processes';

export interface NodePorts {
  readonly ports: Ports;
  close(): Promise<void>;
}

/** `responseLimit`: bytes. `given` replaces single ports. */
export function nodePorts(
  projectFolder: string,
  responseLimit: number,
  turns: Turns,
  given: Partial<Ports>,
): NodePorts {
  const clock = new RealClock();
  const http = new UndiciClient(responseLimit, turns);
  const ports: Ports = {
    clock,
    http,
    ids: new RealIds(),
    files: new FolderFiles(projectFolder),
    processes: new SpawnedProcesses(projectFolder),
    ...given,
  };
  return {
    ports,
    close: async () => {
      clock.close();
      await http.close();
    },
  };
}
