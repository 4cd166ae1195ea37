/** Entry of the worker thread: opens the host that `workerData` describes, and carries commands and notices over the port. */
import { parentPort, workerData } from 'node:worker_threads';
import type { CommandName, HostNotice } from './commands';
import { HostError } from './commands';
import { openHost } from './host';
import { NoticeBoard } from './link';
import type { RunningHost } from './link';
import { isCommandMessage, isHostOptions } from './messages';
import type { CommandMessage, WorkerMessage } from './messages';

const port = parentPort;
if (port === null) throw new Error('This file is the entry of a worker thread.');

const post = (message: WorkerMessage): void => port.postMessage(message);

/** Events come by the thousand: those of one turn of the event loop share a message, up to so many that reading it is no long work. */
const MAX_BATCH = 200;
let batch: HostNotice[] = [];
const flush = (): void => {
  const notices = batch;
  batch = [];
  if (notices.length > 0) post({ type: 'packed', text: JSON.stringify(notices) });
};
const board = new NoticeBoard();
board.subscribe((notice) => {
  const length = batch.push(notice);
  if (length === 1) setImmediate(flush);
  else if (length === MAX_BATCH) flush();
});

function refuse(id: number | undefined, error: unknown): void {
  flush();
  if (error instanceof HostError) {
    post({ type: 'refusal', id, code: error.code, message: error.message, bug: false });
  } else {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    post({ type: 'refusal', id, code: 'Bug', message, bug: true });
  }
}

async function answer<Name extends CommandName>(host: RunningHost, message: CommandMessage<Name>): Promise<void> {
  const { id, name, request } = message;
  try {
    if (name === 'close') await host.close();
    const reply = await host.handlers[name](request);
    // What happened before the reply is told before it.
    flush();
    post({ type: 'reply', id, reply });
  } catch (error) {
    refuse(id, error);
  }
}

async function main(): Promise<void> {
  if (!isHostOptions(workerData)) throw new Error('The worker was started without options.');
  const host = await openHost(workerData, board);
  port?.on('message', (message: unknown) => {
    if (isCommandMessage(message)) void answer(host, message);
  });
  flush();
  post({ type: 'ready' });
}

main().catch((error: unknown) => refuse(undefined, error));
