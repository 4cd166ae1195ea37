/**
 * Carries what was committed from the write-ahead log into the database file, in a thread of its own: that is the one step which waits
 * for the disk, and a host that answers requests must not wait with it. The thread starts with the first megabytes, so that a host that
 * writes little has none. Source: sqlite.org/wal.html, checkpointing.
 */
import { Worker } from 'node:worker_threads';

/** Bytes of events after which a checkpoint is due. */
const DUE = 16 * 1024 * 1024;

/** Megabytes: the thread does next to nothing. */
const resourceLimits = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 16, stackSizeMb: 1 };

/** The thread's own code: a word on the port is a checkpoint; one that fails is made up for by the next. */
const program = `
const { workerData, parentPort } = require('node:worker_threads');
process.emitWarning = () => undefined;
const { DatabaseSync } = require('node:sqlite');
const database = new DatabaseSync(workerData);
const checkpoint = database.prepare('PRAGMA wal_checkpoint(PASSIVE)');
parentPort.on('message', (message) => {
  if (message === 'end') {
    database.close();
    parentPort.close();
    return;
  }
  try {
    checkpoint.get();
  } finally {
    parentPort.postMessage('done');
  }
});
`;

export class Checkpoints {
  readonly #file: string;
  #worker: Worker | undefined;
  #written = 0;
  #isBusy = false;
  /** The thread could not work: SQLite's own checkpoints, far apart, are what is left. */
  #hasFailed = false;

  /** `file`: of the database. */
  constructor(file: string) {
    this.#file = file;
  }

  /** So many bytes were committed. */
  wrote(bytes: number): void {
    this.#written += bytes;
    if (this.#written < DUE || this.#isBusy || this.#hasFailed) return;
    this.#written = 0;
    this.#isBusy = true;
    (this.#worker ??= this.#start()).postMessage('checkpoint');
  }

  close(): void {
    this.#worker?.postMessage('end');
    this.#worker = undefined;
    this.#hasFailed = true;
  }

  #start(): Worker {
    const worker = new Worker(program, { eval: true, workerData: this.#file, resourceLimits });
    worker.on('message', () => (this.#isBusy = false));
    worker.on('error', () => {
      this.#worker = undefined;
      this.#hasFailed = true;
    });
    worker.unref();
    return worker;
  }
}
