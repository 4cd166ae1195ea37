/**
 * How a host is reached: in the same thread (CLI, tests), or in a worker (the extension). Both behave alike: refusals are
 * `HostError`s, notices come in order, and what a host said before anyone listened is kept for the first listener.
 */
import type { CommandName, Commands, HostNotice, NoticeInterest, RuntimeLink } from './commands';
import { HostError } from './commands';

/** Each command's answer; a handler throws a `HostError` to refuse. */
export type CommandHandlers = {
  readonly [Name in CommandName]: (
    request: Commands[Name]['request'],
  ) => Promise<Commands[Name]['reply']> | Commands[Name]['reply'];
};

/** A host that runs, as a link sees it. */
export interface RunningHost {
  readonly handlers: CommandHandlers;
  close(): Promise<void>;
}

export function closedError(reason = 'The host has been stopped.'): HostError {
  return new HostError('HostClosed', reason);
}

/** A few notices are enough: where the host listens, and what went wrong at its start. */
const KEPT_NOTICES = 200;

export class NoticeBoard {
  readonly #listeners = new Map<(notice: HostNotice) => void, NoticeInterest>();
  #kept: HostNotice[] | undefined = [];

  /** False when nobody would get an event: it need not be made up or sent. */
  get wantsEvents(): boolean {
    for (const { events } of this.#listeners.values()) if (events !== false) return true;
    return false;
  }

  readonly post = (notice: HostNotice): void => {
    if (this.#kept !== undefined) {
      if (this.#kept.length < KEPT_NOTICES && notice.type !== 'event') this.#kept.push(notice);
      return;
    }
    for (const [listener, { events }] of this.#listeners) {
      if (events !== false || notice.type !== 'event') listener(notice);
    }
  };

  subscribe(listener: (notice: HostNotice) => void, interest: NoticeInterest = {}): () => void {
    this.#listeners.set(listener, interest);
    const kept = this.#kept ?? [];
    this.#kept = undefined;
    for (const notice of kept) listener(notice);
    return () => this.#listeners.delete(listener);
  }
}

/** Runs a host in this thread. `open` is given the function that posts notices. Rejects with a `HostError` when it cannot open. */
export async function linkInThread(open: (board: NoticeBoard) => Promise<RunningHost>): Promise<RuntimeLink> {
  const board = new NoticeBoard();
  const host = await open(board);
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => (closing ??= host.close());
  return {
    send: async (name, request) => {
      if (closing !== undefined) throw closedError();
      if (name === 'close') {
        await close();
      }
      return host.handlers[name](request);
    },
    onNotice: (listener, interest) => board.subscribe(listener, interest),
    dispose: close,
  };
}
