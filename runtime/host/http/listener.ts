/**
 * The HTTP listener: takes a port, reads requests whole within the limit, and hands them to a handler. It knows no routes.
 * It binds to loopback unless a host name says otherwise.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import type { IncomingRequest } from '../../engine/contract';
import type { Turns } from '../../engine/turns';
import { Answers } from './answers';
import { refusals } from './failures';
import type { HttpAnswer } from './failures';

/** `path` is the whole path as sent, without query. */
export type HttpHandler = (request: IncomingRequest) => Promise<HttpAnswer> | HttpAnswer;

export interface ListenerOptions {
  readonly port: number;
  readonly hostName: string;
  /** Bytes of a request body. */
  readonly bodyLimit: number;
  readonly handle: HttpHandler;
  readonly turns: Turns;
  /** A handler threw: a bug, which is told here and answered with 500. */
  readonly onError: (error: unknown) => void;
}

export interface Listener {
  readonly port: number;
  /** Frees the port; requests under way are cut off. */
  close(): Promise<void>;
}

/** Listens on the port, or on another free one when it is in use. Rejects when the host name cannot be bound. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const answers = new Answers();
  const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    readBody(request, options.bodyLimit, (body) => {
      if (body === 'too large') {
        answers.send(response, refusals.tooLarge(options.bodyLimit), true);
        return;
      }
      serve(options, request, body).then(
        (answer) => answers.send(response, answer),
        (error: unknown) => {
          options.onError(error);
          answers.send(response, refusals.bug());
        },
      );
    });
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  try {
    await bind(server, options.port, options.hostName);
  } catch (error) {
    if (!isInUse(error)) throw error;
    await bind(server, 0, options.hostName);
  }
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function bind(server: Server, port: number, hostName: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: hostName, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** EACCES: Windows reserves ranges of ports, and says so in this way. */
function isInUse(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES');
}

async function serve(
  { handle, turns }: ListenerOptions,
  message: IncomingMessage,
  body: Uint8Array | undefined,
): Promise<HttpAnswer> {
  const turn = turns.pass();
  if (turn !== undefined) await turn;
  const target = message.url ?? '/';
  const mark = target.indexOf('?');
  return handle({
    method: message.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers: pairs(message.rawHeaders),
    body,
  });
}

function pairs(raw: readonly string[]): [string, string][] {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) headers.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return headers;
}

/**
 * Hands on the body once it is there as a whole; undefined when the request has none, which is not the same as an empty one. A request
 * that is cut off is never handed on.
 */
function readBody(
  message: IncomingMessage,
  limit: number,
  take: (body: Uint8Array | undefined | 'too large') => void,
): void {
  const { headers } = message;
  const length = headers['content-length'];
  if (length === '0' || (length === undefined && headers['transfer-encoding'] === undefined)) {
    take(undefined);
    return;
  }
  if (Number(length) > limit) {
    take('too large');
    return;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  const onData = (chunk: Buffer): void => {
    size += chunk.length;
    if (size <= limit) {
      chunks.push(chunk);
      return;
    }
    message.off('data', onData).off('end', onEnd);
    chunks.length = 0;
    take('too large');
  };
  const onEnd = (): void => {
    const [only] = chunks;
    take(chunks.length === 1 ? only : Buffer.concat(chunks));
  };
  message.on('data', onData).on('end', onEnd);
}
