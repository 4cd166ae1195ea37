/**
 * Messages in parts, for actions whose `contentTransfer` is `Chunked`: an upload announces itself and follows part by part, an answer
 * that is one part of more is asked for its rest. Source: "Handle large messages with chunking".
 */
import { numberOf } from '../../engine/numbers';
import type { ActionStep } from '../../engine/step';
import type { RequestParts } from './request';
import { send } from './send';
import type { Answer, Sender } from './send';

const MEGABYTE = 1_048_576;
/** The platform's largest part, used when neither service nor action names a size. */
const DEFAULT_CHUNK = 52_428_800;

/** True for an action that asks for chunked transfer. */
export function isChunked(step: ActionStep): boolean {
  if (step.run.services.behaviour.disableChunking === true) return false;
  const mode = step.plan.settings.runtime('contentTransfer', 'transferMode');
  return mode?.kind === 'string' && mode.value.toLowerCase() === 'chunked';
}

export async function sendInChunks(step: ActionStep, sender: Sender, parts: RequestParts): Promise<Answer> {
  if (parts.body === undefined || parts.body.length === 0) return download(sender, parts);
  const megabytes = numberOf(step.plan.settings.runtime('contentTransfer', 'uploadChunkSizeInMB'));
  return upload(sender, parts, parts.body, megabytes === undefined ? DEFAULT_CHUNK : megabytes * MEGABYTE);
}

async function upload(sender: Sender, parts: RequestParts, body: Uint8Array, size: number): Promise<Answer> {
  const bare = parts.headers.filter(([name]) => !name.toLowerCase().startsWith('content-'));
  let answer = await send(sender, {
    ...parts,
    headers: [...bare, ['x-ms-transfer-mode', 'chunked'], ['x-ms-content-length', String(body.length)]],
    body: undefined,
  });
  for (let start = 0; start < body.length;) {
    if (!('response' in answer) || answer.response.statusCode >= 300) return answer;
    const { headers } = answer.response;
    const location = headers['location'];
    const next = location === undefined ? (start === 0 ? undefined : parts.url) : URL.parse(location, parts.url)?.href;
    // A service that names no address for the parts does not know chunking: it gets the message in one piece.
    if (next === undefined) return send(sender, parts);
    parts = { ...parts, url: next };
    const length = Math.min(chunkSize(headers['x-ms-chunk-size'], size), body.length - start);
    const end = start + length - 1;
    answer = await send(sender, {
      method: 'PATCH',
      url: next,
      headers: [...parts.headers, ['Content-Range', `bytes=${start}-${end}/${body.length}`]],
      body: body.subarray(start, end + 1),
    });
    start = end + 1;
  }
  return answer;
}

function chunkSize(asked: string | undefined, standard: number): number {
  const size = asked === undefined ? undefined : Math.trunc(Number(asked));
  return size !== undefined && size > 0 ? size : standard;
}

async function download(sender: Sender, parts: RequestParts): Promise<Answer> {
  const first = await send(sender, parts);
  if (!('response' in first) || parts.method !== 'GET') return first;
  const pieces = [first.response.body];
  let range = contentRange(first.response.headers['content-range']);
  if (first.response.statusCode !== 206 || range === undefined) return first;
  while (range.end + 1 < range.total) {
    const from: number = range.end + 1;
    const to = Math.min(from + (range.end - range.start), range.total - 1);
    const answer = await send(sender, { ...parts, headers: [...parts.headers, ['Range', `bytes=${from}-${to}`]] });
    if (!('response' in answer) || answer.response.statusCode !== 206) return answer;
    const next = contentRange(answer.response.headers['content-range']);
    // A service that does not move on would be asked for ever.
    if (next === undefined || next.end <= range.end) return answer;
    pieces.push(answer.response.body);
    range = next;
  }
  return { response: { ...first.response, statusCode: 200, body: Buffer.concat(pieces) } };
}

interface Range {
  readonly start: number;
  readonly end: number;
  readonly total: number;
}

function contentRange(value: string | undefined): Range | undefined {
  const match = /^bytes[ =](\d+)-(\d+)\/(\d+)$/.exec(value?.trim() ?? '');
  return match === null ? undefined : { start: Number(match[1]), end: Number(match[2]), total: Number(match[3]) };
}
