/**
 * Where a debugger attaches to a host that runs already: a socket on this machine's loopback address, guarded by a token that stands in
 * a file which only the user can read. One debugger at a time; when it goes, with or without a word, held runs go on.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { storeFileOf } from '../store/location';
import type { HostNotice, RuntimeLink } from './commands';
import { HostError } from './commands';
import { LineMessages } from './lineMessages';
import { isCommandMessage } from './messages';
import type { CommandMessage, WorkerMessage } from './messages';

const LOOPBACK = '127.0.0.1';
const TOKEN_BYTES = 32;

export interface AttachAddress {
  readonly port: number;
  readonly token: string;
  readonly pid: number;
  /** Of the HTTP listener. */
  readonly url: string | undefined;
}

/** The file that says where to attach to the host of a project. */
export function attachFileOf(projectFolder: string): string {
  return join(dirname(storeFileOf(projectFolder)), 'debug.json');
}

/** Undefined when no host has said where, or what it said cannot be read. */
export async function readAttachAddress(projectFolder: string): Promise<AttachAddress | undefined> {
  try {
    const read: unknown = JSON.parse(await readFile(attachFileOf(projectFolder), 'utf8'));
    return isAttachAddress(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

/** Lets debuggers attach to a host. Resolves with a function that ends it; the host itself stays. */
export async function openAttachPoint(
  link: RuntimeLink,
  projectFolder: string,
  url: string | undefined,
): Promise<() => Promise<void>> {
  const token = randomBytes(TOKEN_BYTES).toString('hex');
  const sockets = new Set<Socket>();
  let attached: Socket | undefined;
  const server = createServer((socket) => {
    sockets.add(socket);
    const client = new AttachedClient(socket, link, token, {
      enter: () => {
        if (attached !== undefined) return false;
        attached = socket;
        return true;
      },
      leave: () => {
        if (attached === socket) attached = undefined;
      },
    });
    socket.once('close', () => {
      sockets.delete(socket);
      void client.gone();
    });
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  const file = attachFileOf(projectFolder);
  const address: AttachAddress = { port, token, pid: process.pid, url };
  await mkdir(dirname(file), { recursive: true });
  await rm(file, { force: true });
  await writeFile(file, JSON.stringify(address), { mode: 0o600 });
  return async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    // Another host of the same project may have written its own since.
    if ((await readAttachAddress(projectFolder))?.token !== token) return;
    await rm(file, { force: true });
    // A folder that holds history stays.
    await rmdir(dirname(file)).catch(() => undefined);
  };
}

interface Door {
  /** False when another debugger is inside. */
  enter(): boolean;
  leave(): void;
}

class AttachedClient {
  readonly #messages: LineMessages;
  readonly #link: RuntimeLink;
  readonly #door: Door;
  #unsubscribe: (() => void) | undefined;
  #batch: HostNotice[] = [];

  constructor(socket: Socket, link: RuntimeLink, token: string, door: Door) {
    this.#link = link;
    this.#door = door;
    this.#messages = new LineMessages(socket, (message) => {
      if (this.#unsubscribe === undefined) this.#greeted(message, token);
      else if (isCommandMessage(message)) void this.#answer(message);
    });
  }

  /** Nobody waits for held runs any more. */
  async gone(): Promise<void> {
    if (this.#unsubscribe === undefined) return;
    this.#unsubscribe();
    this.#door.leave();
    try {
      await this.#link.send('setBreakpoints', { breakpoints: [], exceptions: [] });
      await this.#link.send('setDebugging', { enabled: false });
    } catch (error) {
      // A host that has been stopped holds nothing.
      if (!(error instanceof HostError)) throw error;
    }
  }

  #greeted(message: unknown, token: string): void {
    const given = typeof message === 'object' && message !== null && 'token' in message ? message.token : undefined;
    if (typeof given !== 'string' || !sameText(given, token)) {
      this.#refuse(undefined, new HostError('NotAllowed', 'The token is not that of this host.'));
      this.#messages.end();
    } else if (!this.#door.enter()) {
      this.#refuse(
        undefined,
        new HostError('AlreadyDebugging', 'Another debugger is attached to this host: stop it first.'),
      );
      this.#messages.end();
    } else {
      this.#unsubscribe = this.#link.onNotice((notice) => {
        // Events come by the thousand: those of one turn of the event loop share one message.
        if (this.#batch.push(notice) === 1) setImmediate(() => this.#flush());
      });
      this.#post({ type: 'ready' });
    }
  }

  async #answer({ id, name, request }: CommandMessage): Promise<void> {
    try {
      if (name === 'close') throw new HostError('NotAllowed', 'A debugger that has attached does not stop the host.');
      const reply = await this.#link.send(name, request);
      // What happened before the reply is told before it.
      this.#flush();
      this.#post({ type: 'reply', id, reply });
    } catch (error) {
      this.#flush();
      this.#refuse(id, error);
    }
  }

  #refuse(id: number | undefined, error: unknown): void {
    const bug = !(error instanceof HostError);
    const message = error instanceof Error ? error.message : String(error);
    this.#post({ type: 'refusal', id, code: bug ? 'Bug' : error.code, message, bug });
  }

  #flush(): void {
    const notices = this.#batch;
    this.#batch = [];
    if (notices.length > 0) this.#post({ type: 'notices', notices });
  }

  #post(message: WorkerMessage): void {
    this.#messages.send(message);
  }
}

function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function isAttachAddress(value: unknown): value is AttachAddress {
  return (
    typeof value === 'object' &&
    value !== null &&
    'port' in value &&
    typeof value.port === 'number' &&
    'token' in value &&
    typeof value.token === 'string'
  );
}
