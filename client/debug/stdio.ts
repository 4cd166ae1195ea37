/** Entry of the debug adapter as a process of its own, for any editor that speaks the protocol over standard input and output. */
import { readFile } from 'node:fs/promises';
import type { HostNotice } from '../../runtime/host/commands';
import { openInThread } from '../../runtime/host/open';
import { storeFileOf } from '../../runtime/store/location';
import type { DebuggedProject, DebugHost } from './host';
import type { LaunchArguments } from './launchArguments';
import { LogicAppsDebugSession } from './session';

const DEFAULT_PORT = 7071;

const host: DebugHost = {
  open,
  readText: (file) => readFile(file, 'utf8').catch(() => undefined),
  logError: (message) => void process.stderr.write(`${message}\n`),
  // The answer is written before this process ends.
  disconnected: () => setImmediate(() => process.exit(0)),
};

async function open({ project, port, armTriggers, appSettings }: LaunchArguments): Promise<DebuggedProject> {
  const link = await openInThread({
    projectFolder: project,
    port: port ?? DEFAULT_PORT,
    storeFile: storeFileOf(project),
    armTriggers,
    ...(appSettings === undefined ? {} : { appSettings }),
  });
  let url: string | undefined;
  // The first listener gets what was said before there was one: where the host listens.
  const unsubscribe = link.onNotice((notice: HostNotice) => {
    if (notice.type === 'listening') ({ url } = notice);
  });
  unsubscribe();
  return { link, url, onReloaded: () => () => undefined, release: () => link.dispose() };
}

const session = new LogicAppsDebugSession(host);
const leave = (): void => void session.close().finally(() => process.exit(0));
process.on('SIGTERM', leave);
// An editor that is gone without a word leaves no process and no port behind.
process.stdin.on('close', leave);
session.start(process.stdin, process.stdout);
