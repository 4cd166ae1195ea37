/** `logicapps start`: runs a project on this machine until Ctrl-C, with its triggers armed and its HTTP host listening. */
import path from 'node:path';
import type { HostNotice, RuntimeLink, WorkflowSummary } from '../runtime/host/commands';
import { HostError } from '../runtime/host/commands';
import { watchProject } from '../runtime/host/watchProject';
import { openAttachPoint } from '../runtime/host/attachPoint';
import { openInThread } from '../runtime/host/open';
import { storeFileOf } from '../runtime/store/location';
import { parseArguments } from './arguments';
import { exitCodes, UsageError } from './io';
import type { Io } from './io';

export const DEFAULT_PORT = 7071;

/** Resolves when the host was told to stop: `stop` stands for Ctrl-C in tests. */
export async function start(args: readonly string[], io: Io, stop: AbortSignal = interrupted()): Promise<number> {
  const { positional, options, flags } = parseArguments(args, {
    options: ['port', 'host', 'store'],
    flags: ['memory', 'verbose'],
  });
  const [project, ...extra] = positional;
  if (project === undefined || extra.length > 0) throw new UsageError('One project folder is needed.');
  const folder = path.resolve(io.cwd, project);
  const port = portOf(options.get('port'));
  const store = options.get('store');
  let link: RuntimeLink;
  try {
    link = await openInThread({
      projectFolder: folder,
      port,
      hostName: options.get('host') ?? '127.0.0.1',
      armTriggers: true,
      ...(flags.has('memory')
        ? {}
        : { storeFile: store === undefined ? storeFileOf(folder) : path.resolve(io.cwd, store) }),
    });
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    io.err(`${error.message}\n`);
    return exitCodes.usage;
  }
  let closeAttachPoint: (() => Promise<void>) | undefined;
  try {
    const lines = new NoticeLines(io, port, flags.has('verbose'));
    link.onNotice((notice) => lines.show(notice), { events: flags.has('verbose') });
    const { workflows } = await link.send('listWorkflows', {});
    for (const line of workflows.flatMap(workflowLines)) io.out(`${line}\n`);
    closeAttachPoint = await openAttachPoint(link, folder, lines.url);
    io.out('\nPress Ctrl-C to stop.\n');
    const watch = watchProject(folder, () => void reload(link, io));
    await aborted(stop);
    watch.close();
    io.out('Stopping.\n');
  } finally {
    await closeAttachPoint?.();
    await link.dispose();
  }
  return exitCodes.fine;
}

/** An edited project is used by the runs that start from now on. */
async function reload(link: RuntimeLink, io: Io): Promise<void> {
  try {
    const { workflows } = await link.send('reload', {});
    io.out(`The project has changed: new runs use it.\n`);
    for (const { name, problems } of workflows) {
      for (const problem of problems) io.out(`${name} cannot run: ${problem}\n`);
    }
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    io.err(`The changed project is not used: ${error.message}\n`);
  }
}

function portOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new UsageError(`'${text}' is no port.`);
  return port;
}

/** What a user needs to call a workflow, or why it cannot run. */
function workflowLines(workflow: WorkflowSummary): string[] {
  const lines = ['', `${workflow.name}${workflow.stateless ? ' (stateless)' : ''}`];
  for (const problem of workflow.problems) lines.push(`  cannot run: ${problem}`);
  for (const trigger of workflow.triggers) {
    lines.push(`  ${trigger.name}: ${trigger.callbackUrl ?? trigger.type}`);
  }
  return lines;
}

/** Notices as lines of text: addresses and logs always, the beginning and end of runs too, single actions with --verbose. */
class NoticeLines {
  readonly #names = new Map<string, string>();
  readonly #io: Io;
  readonly #wishedPort: number;
  /** Where the host listens. */
  url: string | undefined;
  readonly #verbose: boolean;

  constructor(io: Io, wishedPort: number, verbose: boolean) {
    this.#io = io;
    this.#wishedPort = wishedPort;
    this.#verbose = verbose;
  }

  show(notice: HostNotice): void {
    switch (notice.type) {
      case 'listening': {
        this.url = notice.url;
        const isOther = this.#wishedPort !== 0 && notice.port !== this.#wishedPort;
        const why = isOther ? ` (port ${this.#wishedPort} is in use)` : '';
        this.#io.out(`Listening on ${notice.url}${why}\n`);
        return;
      }
      case 'log':
        this.#io.err(`${notice.level}: ${notice.message}\n`);
        return;
      case 'crashed':
        this.#io.err(`${notice.message}\n`);
        return;
      case 'event':
        if (this.#verbose) this.#event(notice);
        return;
      case 'held':
      case 'released':
      case 'reloaded':
    }
  }

  #event({ event }: HostNotice & { readonly type: 'event' }): void {
    const time = new Date(event.time).toISOString();
    if (event.type === 'runStarted') {
      this.#names.set(event.runId, event.workflow);
      this.#io.out(`${time} ${event.workflow} ${event.runId} started by ${event.trigger}\n`);
    } else if (event.type === 'actionFinished') {
      this.#io.out(`${time} ${this.#names.get(event.runId) ?? ''} ${event.step.action} ${event.status}\n`);
    } else if (event.type === 'runFinished') {
      this.#io.out(`${time} ${this.#names.get(event.runId) ?? ''} ${event.runId} ${event.status}\n`);
      this.#names.delete(event.runId);
    }
  }
}

/** Ctrl-C and a polite kill. A second Ctrl-C ends the process as it stands. */
function interrupted(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
