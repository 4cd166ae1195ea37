/**
 * A load client: keeps a number of connections busy with one request each, over bare sockets, so that the client costs little beside
 * the server it measures.
 */
import { connect } from 'node:net';

/**
 * Sends the request again and again for `milliseconds` after a warm-up. Returns requests per second and latencies in milliseconds.
 * Throws when an answer has another status than `status`.
 */
export async function load(
  url,
  { connections = 10, milliseconds = 5000, warmUp = 2000, body = '{"n":1}', status = 200 } = {},
) {
  const { hostname, port, pathname, search, host } = new URL(url);
  const request = Buffer.from(
    `POST ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  const latencies = [];
  let total = 0;
  const begin = performance.now() + warmUp;
  const end = begin + milliseconds;
  const run = () =>
    new Promise((resolve, reject) => {
      const socket = connect({ port: Number(port), host: hostname === 'localhost' ? '127.0.0.1' : hostname });
      let sent = 0;
      let received = Buffer.alloc(0);
      const send = () => {
        sent = performance.now();
        if (sent >= end) {
          socket.end();
          resolve();
          return;
        }
        socket.write(request);
      };
      socket.on('connect', send);
      socket.on('error', reject);
      socket.setTimeout(10_000, () => socket.destroy(new Error('No answer came for 10 seconds.')));
      socket.on('close', () => resolve());
      socket.on('data', (data) => {
        received = received.length === 0 ? data : Buffer.concat([received, data]);
        const length = complete(received);
        if (length === undefined) return;
        const now = performance.now();
        if (!received.subarray(9, 12).equals(Buffer.from(String(status)))) {
          reject(new Error(`The answer was: ${received.toString('utf8', 0, 400)}`));
          socket.destroy();
          return;
        }
        received = received.subarray(length);
        total += 1;
        if (now >= begin && now <= end) latencies.push(now - sent);
        send();
      });
    });
  await Promise.all(Array.from({ length: connections }, run));
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? NaN;
  return {
    perSecond: (latencies.length * 1000) / milliseconds,
    p50: at(0.5),
    p99: at(0.99),
    requests: latencies.length,
    total,
  };
}

/** Bytes of the first answer in the buffer, or undefined when it is not all there. */
function complete(buffer) {
  const head = buffer.indexOf('\r\n\r\n');
  if (head < 0) return undefined;
  const headers = buffer.toString('latin1', 0, head);
  const length = /\r\ncontent-length: *(\d+)/i.exec(headers)?.[1];
  if (length !== undefined) {
    const total = head + 4 + Number(length);
    return buffer.length >= total ? total : undefined;
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(headers)) return head + 4;
  const end = buffer.indexOf('0\r\n\r\n', head + 4);
  return end < 0 ? undefined : end + 5;
}
