/** Entry of the debug adapter as a process of its own, for any editor that speaks the protocol over standard input and output. */
import { readFile } from 'node:fs/promises';
import type { HostNotice, RuntimeLink } from '../../runtime/host/commands';
import { attachToHost } from '../../runtime/host/attach';
import { openInThread } from '../../runtime/host/open';
import { watchProject } from '../../runtime/host/watchProject';
import { storeFileOf } from '../../runtime/store/location';
import type { DebuggedProject, DebugHost } from './host';
import { hostOverrides } from './launchArguments';
import type { LaunchArguments } from './launchArguments';
import { LogicAppsDebugSession } from './session';

const DEFAULT_PORT = 7071;

const host: DebugHost = {
  open,
  processId: process.pid,
  readText: (file) => readFile(file, 'utf8').catch(() => undefined),
  logError: (message) => void process.stderr.write(`${message}\n`),
  // The answer is written before this process ends.
  disconnected: () => setImmediate(() => process.exit(0)),
};

async function open(launch: LaunchArguments): Promise<DebuggedProject> {
  const { project } = launch;
  if (launch.attach === true) {
    const { link, url } = await attachToHost(project);
    return { link, url, release: () => link.dispose() };
  }
  const link = await openInThread({
    port: DEFAULT_PORT,
    ...hostOverrides(launch),
    projectFolder: project,
    storeFile: storeFileOf(project),
  });
  let url: string | undefined;
  const warnings: string[] = [];
  // The first listener gets what was said before there was one: where the host listens.
  const unsubscribe = link.onNotice((notice: HostNotice) => {
    if (notice.type === 'listening') ({ url } = notice);
    else if (notice.type === 'log' && notice.level !== 'info') warnings.push(notice.message);
  });
  unsubscribe();
  const watch = watchProject(project, () => void reload(link));
  return {
    link,
    url,
    warnings,
    release: async () => {
      watch.close();
      await link.dispose();
    },
  };
}

/** An edited project is used by the runs that start from now on; the session hears of it from the host. */
async function reload(link: RuntimeLink): Promise<void> {
  try {
    await link.send('reload', {});
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
}

const session = new LogicAppsDebugSession(host);
const leave = (): void => void session.close().finally(() => process.exit(0));
process.on('SIGTERM', leave);
// An editor that is gone without a word leaves no process and no port behind.
process.stdin.on('close', leave);
session.start(process.stdin, process.stdout);
