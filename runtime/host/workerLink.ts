/**
 * A host in a worker thread: an endless loop in it freezes nothing, and when it runs out of memory only it dies. Its death is told
 * as a `crashed` notice, and every command after it is refused.
 */
import { Worker } from 'node:worker_threads';
import type { CommandName, Commands, HostOptions, RuntimeLink } from './commands';
import { HostError } from './commands';
import { closedError, NoticeBoard } from './link';
import { isReplyTo, isWorkerMessage } from './messages';
import type { WorkerMessage } from './messages';

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

interface Waiting {
  readonly take: (reply: unknown) => void;
  readonly refuse: (error: Error) => void;
}

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

class WorkerLink implements RuntimeLink {
  readonly ready: Promise<void>;
  readonly #worker: Worker;
  readonly #board = new NoticeBoard();
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  /** Set when the worker takes no more commands. */
  #gone: HostError | undefined;
  #isClosing = false;
  #disposed: Promise<void> | undefined;
  readonly #exited: Promise<void>;

  constructor(options: HostOptions, file: string | URL, memory: number) {
    const worker = new Worker(file, {
      workerData: options,
      resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: YOUNG_MEMORY },
      // The host says what it has to say as notices; a library's chatter must not reach the terminal of VS Code.
      stdout: true,
      stderr: true,
    });
    this.#worker = worker;
    this.#exited = new Promise((resolve) => worker.once('exit', () => resolve()));
    this.ready = new Promise((resolve, reject) => {
      this.#waiting.set(0, { take: () => resolve(), refuse: reject });
    });
    worker.on('message', (message: unknown) => {
      if (isWorkerMessage(message)) this.#receive(message);
    });
    worker.on('error', (error: unknown) => this.#lost(reasonOf(error)));
    worker.on('exit', (code) => this.#lost(`Its thread ended with code ${code}.`));
  }

  send<Name extends CommandName>(name: Name, request: Commands[Name]['request']): Promise<Commands[Name]['reply']> {
    if (this.#gone !== undefined) return Promise.reject(this.#gone);
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {
        take: (reply) => {
          if (isReplyTo(name, reply)) resolve(reply);
          else reject(new Error(`The host gave no reply to '${name}'.`));
        },
        refuse: reject,
      });
      if (name === 'close') this.#isClosing = true;
      this.#worker.postMessage({ id, name, request });
    });
  }

  onNotice: RuntimeLink['onNotice'] = (listener, interest) => this.#board.subscribe(listener, interest);

  dispose(): Promise<void> {
    return (this.#disposed ??= this.#end());
  }

  async #end(): Promise<void> {
    if (this.#gone === undefined) {
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

  #receive(message: WorkerMessage): void {
    switch (message.type) {
      case 'ready':
        this.#take(0)?.take({});
        return;
      case 'reply':
        this.#take(message.id)?.take(message.reply);
        return;
      case 'refusal':
        this.#take(message.id ?? 0)?.refuse(
          message.bug ? new Error(message.message) : new HostError(message.code, message.message),
        );
        return;
      case 'notices':
        for (const notice of message.notices) this.#board.post(notice);
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  /** The worker is gone, by our will or by its own. */
  #lost(reason: string): void {
    if (this.#gone !== undefined) return;
    this.#gone = this.#isClosing ? closedError() : new HostError('HostCrashed', `The host has crashed. ${reason}`);
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    if (!this.#isClosing) this.#board.post({ type: 'crashed', message: this.#gone.message });
    for (const each of waiting) each.refuse(this.#gone);
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
    return 'It ran out of memory: a run needs less data at once, or fewer iterations in parallel.';
  }
  return error.message;
}
