/**
 * A link over messages: commands with numbers go out, replies, refusals and notices come in. How messages travel is the business of
 * those who extend it. Once the other end is lost every command is refused with the reason.
 */
import type { CommandName, Commands, RuntimeLink } from './commands';
import { HostError } from './commands';
import { NoticeBoard } from './link';
import { isReplyTo, unpacked } from './messages';
import type { CommandMessage, WorkerMessage } from './messages';

interface Waiting {
  readonly take: (reply: unknown) => void;
  readonly refuse: (error: Error) => void;
}

/** Milliseconds of one turn of the event loop for what a host tells: the extension host has others to serve. */
const TURN = 8;

export abstract class MessageLink implements RuntimeLink {
  /** Resolves when the host has opened the project; rejects with a `HostError` when it cannot. */
  readonly ready: Promise<void>;
  readonly #board = new NoticeBoard();
  readonly #waiting = new Map<number, Waiting>();
  /** Received and not yet told, in order; a reply comes after what was said before it. */
  readonly #queue: WorkerMessage[] = [];
  #isTelling = false;
  #lastId = 0;
  /** Set when the other end takes no more commands. */
  #gone: HostError | undefined;

  constructor() {
    this.ready = new Promise((resolve, reject) => {
      this.#waiting.set(0, { take: () => resolve(), refuse: reject });
    });
  }

  protected abstract post(message: CommandMessage): void;
  abstract dispose(): Promise<void>;

  protected get isGone(): boolean {
    return this.#gone !== undefined;
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
      this.post({ id, name, request });
    });
  }

  onNotice: RuntimeLink['onNotice'] = (listener, interest) => this.#board.subscribe(listener, interest);

  protected receive(message: WorkerMessage): void {
    this.#queue.push(message);
    if (!this.#isTelling) this.#tell(TURN);
  }

  #tell(time: number): void {
    this.#isTelling = true;
    const end = performance.now() + time;
    try {
      do {
        const message = this.#queue.shift();
        if (message !== undefined) this.#handle(message);
      } while (this.#queue.length > 0 && performance.now() < end);
    } finally {
      this.#isTelling = this.#queue.length > 0;
      if (this.#isTelling) setImmediate(() => this.#tell(TURN));
    }
  }

  #handle(message: WorkerMessage): void {
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
        return;
      case 'packed':
        for (const notice of unpacked(message.text)) this.#board.post(notice);
    }
  }

  /** The other end is gone. `isCrash`: without our will, which everyone is told. */
  protected lost(error: HostError, isCrash: boolean): void {
    if (this.#gone !== undefined) return;
    this.#tell(Infinity);
    this.#gone = error;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    if (isCrash) this.#board.post({ type: 'crashed', message: error.message });
    for (const each of waiting) each.refuse(error);
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}
