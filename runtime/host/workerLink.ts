/**
 * A host in a worker thread: an endless loop in it freezes nothing, and when it runs out of memory only it dies. Its death is told
 * as a `crashed` notice, and every command after it is refused.
 */
import { Worker } from 'node:worker_threads';
import type { HostOptions, RuntimeLink } from './commands';
import { HostError } from './commands';
import { closedError } from './link';
import { MessageLink } from './messageLink';
import { isWorkerMessage } from './messages';
import type { CommandMessage } from './messages';

export interface WorkerOptions {
  /** The built worker, `dist/worker.js`. */
  readonly file: string | URL;
  /** Megabytes of heap; a run that needs more ends the worker, not the process. */
  readonly memory?: number;
}

const DEFAULT_MEMORY = 2048;
/** Megabytes for what has just been made. Left to itself the engine takes several times as much, and is no faster for it. */
const YOUNG_MEMORY = 48;
/** Milliseconds that a host has to end its runs and close its files before its thread is ended. */
const GRACE = 3000;

/** Resolves when the host has opened the project; rejects with a `HostError` when it cannot. */
export async function linkToWorker(options: HostOptions, { file, memory }: WorkerOptions): Promise<RuntimeLink> {
  const link = new WorkerLink(options, file, memory ?? DEFAULT_MEMORY);
  try {
    await link.ready;
  } catch (error) {
    await link.dispose();
    throw error;
  }
  return link;
}

class WorkerLink extends MessageLink {
  readonly #worker: Worker;
  #isClosing = false;
  #disposed: Promise<void> | undefined;
  readonly #exited: Promise<void>;

  constructor(options: HostOptions, file: string | URL, memory: number) {
    super();
    const worker = new Worker(file, {
      workerData: options,
      resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: YOUNG_MEMORY },
      // The host says what it has to say as notices; a library's chatter must not reach the terminal of VS Code.
      stdout: true,
      stderr: true,
    });
    this.#worker = worker;
    this.#exited = new Promise((resolve) => worker.once('exit', () => resolve()));
    worker.on('message', (message: unknown) => {
      if (isWorkerMessage(message)) this.receive(message);
    });
    worker.on('error', (error: unknown) => this.#ended(reasonOf(error)));
    worker.on('exit', (code) => this.#ended(`Its thread ended with code ${code}.`));
  }

  protected override post(message: CommandMessage): void {
    if (message.name === 'close') this.#isClosing = true;
    this.#worker.postMessage(message);
  }

  override dispose(): Promise<void> {
    return (this.#disposed ??= this.#end());
  }

  async #end(): Promise<void> {
    if (!this.isGone) {
      let timer: NodeJS.Timeout | undefined;
      const grace = new Promise<void>((resolve) => (timer = setTimeout(resolve, GRACE)));
      const closed = this.send('close', {}).then(
        () => undefined,
        () => undefined,
      );
      this.#isClosing = true;
      await Promise.race([closed, grace]);
      clearTimeout(timer);
    }
    this.#isClosing = true;
    await this.#worker.terminate();
    await this.#exited;
  }

  /** The worker is gone, by our will or by its own. */
  #ended(reason: string): void {
    const error = this.#isClosing ? closedError() : new HostError('HostCrashed', `The host has crashed. ${reason}`);
    this.lost(error, !this.#isClosing);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return 'It ran out of memory: a run needs less data at once, or fewer iterations in parallel.';
  }
  return error.message;
}
