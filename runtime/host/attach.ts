/** Attaches to a host that runs in another process, such as `logicapps start`. Its end is told as a `crashed` notice. */
import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { readAttachAddress } from './attachPoint';
import { HostError } from './commands';
import type { RuntimeLink } from './commands';
import { closedError } from './link';
import { LineMessages } from './lineMessages';
import { MessageLink } from './messageLink';
import { isWorkerMessage } from './messages';
import type { CommandMessage } from './messages';

export interface Attached {
  readonly link: RuntimeLink;
  /** Of the host's HTTP listener. */
  readonly url: string | undefined;
}

/** Rejects with a `HostError` when no host runs on the folder, or it refuses. Disposing the link leaves the host alone. */
export async function attachToHost(projectFolder: string): Promise<Attached> {
  const address = await readAttachAddress(projectFolder);
  if (address === undefined) throw notRunning(projectFolder);
  const socket = createConnection({ port: address.port, host: '127.0.0.1' });
  const link = new SocketLink(socket, address.token, () => notRunning(projectFolder));
  try {
    await link.ready;
  } catch (error) {
    await link.dispose();
    throw error;
  }
  return { link, url: address.url };
}

class SocketLink extends MessageLink {
  readonly #socket: Socket;
  readonly #messages: LineMessages;
  #isClosing = false;
  #isConnected = false;

  constructor(socket: Socket, token: string, unreachable: () => HostError) {
    super();
    this.#socket = socket;
    this.#messages = new LineMessages(socket, (message) => {
      if (isWorkerMessage(message)) this.receive(message);
    });
    socket.once('connect', () => {
      this.#isConnected = true;
      this.#messages.send({ token });
    });
    socket.once('close', () => {
      if (this.#isClosing) this.lost(closedError('The debugger has left the host.'), false);
      else if (!this.#isConnected) this.lost(unreachable(), false);
      else this.lost(new HostError('HostClosed', 'The host has been stopped.'), true);
    });
  }

  protected override post(message: CommandMessage): void {
    this.#messages.send(message);
  }

  override async dispose(): Promise<void> {
    this.#isClosing = true;
    if (this.#socket.destroyed) return;
    const closed = new Promise<void>((resolve) => this.#socket.once('close', () => resolve()));
    this.#socket.end();
    this.#socket.destroySoon();
    await closed;
  }
}

function notRunning(projectFolder: string): HostError {
  return new HostError(
    'NotRunning',
    `No host runs on '${projectFolder}' to attach to: start it with 'logicapps start'.`,
  );
}
