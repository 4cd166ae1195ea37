/** Messages over a socket: each is one line of JSON. */
import type { Socket } from 'node:net';

/** A line that grows beyond this is no message of ours. */
const MAX_LINE = 256 * 1024 * 1024;

export class LineMessages {
  readonly #socket: Socket;
  #parts: string[] = [];
  #length = 0;

  constructor(socket: Socket, receive: (message: unknown) => void) {
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string | Buffer) => this.#take(String(chunk), receive));
    // The end of the connection is what matters, and `close` tells it.
    socket.on('error', () => undefined);
  }

  send(message: unknown): void {
    if (this.#socket.writable) this.#socket.write(`${JSON.stringify(message)}\n`);
  }

  /** What was sent is still delivered. */
  end(): void {
    this.#socket.end();
  }

  #take(chunk: string, receive: (message: unknown) => void): void {
    const lines = chunk.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      const text = this.#parts.join('') + line;
      this.#parts = [];
      this.#length = 0;
      const message = parsed(text);
      if (message === undefined) {
        this.#socket.destroy();
        return;
      }
      receive(message);
    }
    this.#parts.push(last);
    this.#length += last.length;
    if (this.#length > MAX_LINE) this.#socket.destroy();
  }
}

/** Undefined for what is no message. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
