/**
 * The HTTP listener: takes a port, reads requests whole within the limit, and hands them to a handler. It knows no routes.
 * It binds to loopback unless a host name says otherwise.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { IncomingRequest } from '../../engine/contract';
import type { Turns } from '../turns';
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

/** Bytes up to which joining header and body is cheaper than a second write. */
const ONE_WRITE = 65_536;

/** Listens on the port, or on another free one when it is in use. Rejects when the host name cannot be bound. */
export async function listen(options: ListenerOptions): Promise<Listener> {
  const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    serve(options, request, response).catch((error: unknown) => {
      options.onError(error);
      if (!response.headersSent) send(response, refusals.bug());
      else response.destroy();
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

async function serve(options: ListenerOptions, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(message, options.bodyLimit);
  if (body === 'too large') {
    send(response, refusals.tooLarge(options.bodyLimit), true);
    return;
  }
  if (body === 'cut off') return;
  const turn = options.turns.pass();
  if (turn !== undefined) await turn;
  const target = message.url ?? '/';
  const mark = target.indexOf('?');
  const answer = await options.handle({
    method: message.method ?? 'GET',
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? '' : target.slice(mark + 1),
    headers: pairs(message.rawHeaders),
    body,
  });
  send(response, answer);
}

function pairs(raw: readonly string[]): [string, string][] {
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) headers.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return headers;
}

/** Undefined: the request has no body, which is not the same as an empty one. */
async function readBody(
  message: IncomingMessage,
  limit: number,
): Promise<Uint8Array | undefined | 'too large' | 'cut off'> {
  const { headers } = message;
  const length = headers['content-length'];
  if (length === undefined && headers['transfer-encoding'] === undefined) return undefined;
  if (length === '0') return undefined;
  if (Number(length) > limit) return 'too large';
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve) => {
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        message.removeAllListeners('data');
        resolve('too large');
      } else {
        chunks.push(chunk);
      }
    });
    message.on('end', () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    message.on('error', () => resolve('cut off'));
    message.on('close', () => resolve('cut off'));
  });
}

function send(response: ServerResponse, answer: HttpAnswer, close = false): void {
  if (response.destroyed) return;
  const headers: string[] = [];
  for (const [name, value] of answer.headers) headers.push(name, value);
  const { statusCode, body } = answer;
  const bodiless = statusCode === 204 || statusCode === 304 || statusCode < 200;
  const bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.length);
  if (!bodiless) headers.push('Content-Length', String(bytes.length));
  if (close) headers.push('Connection', 'close');
  try {
    response.writeHead(statusCode, headers);
  } catch (error) {
    // A workflow can ask for headers that HTTP cannot carry, such as one with a line break.
    const reason = error instanceof Error ? error.message : String(error);
    send(response, refusals.badHeaders(reason), close);
    return;
  }
  if (bodiless) response.end();
  // As text of single bytes a body goes out with the header in one write; Node sends buffers in a write of their own.
  else if (bytes.length < ONE_WRITE) response.end(bytes.toString('latin1'), 'latin1');
  else response.end(bytes);
}
