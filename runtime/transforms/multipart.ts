/** `multipart/*` bodies (RFC 2046) as the platform's `$multipart` array, both ways. */
import { binaryContent } from '../../language/json/content';
import type { EncodedBody } from './messageBody';
import { isObject, objectOf } from '../../language/json/value';
import type { Value } from '../../language/json/value';

const CRLF = Buffer.from('\r\n');
const HEADER_END = Buffer.from('\r\n\r\n');

/** The parts of a body, each `{headers, body}` with the body as content, whatever its type; undefined when the content type names no boundary. */
export function readMultipart(bytes: Uint8Array, contentType: string): Value[] | undefined {
  const boundary = /boundary\s*=\s*(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  const name = boundary?.[1] ?? boundary?.[2];
  if (name === undefined) return undefined;
  const data = Buffer.from(bytes);
  const marker = Buffer.from(`--${name}`);
  const parts: Value[] = [];
  let start = data.indexOf(marker);
  while (start >= 0) {
    const from = start + marker.length;
    if (data.subarray(from, from + 2).toString('latin1') === '--') break;
    const end = data.indexOf(marker, from);
    if (end < 0) break;
    parts.push(readPart(data.subarray(from, end)));
    start = end;
  }
  return parts;
}

function readPart(section: Buffer): Value {
  const opened = section.subarray(section.indexOf(CRLF) + CRLF.length);
  const headerEnd = opened.indexOf(HEADER_END);
  // A part without headers begins with the empty line itself.
  const bare = opened.subarray(0, 2).equals(CRLF);
  const head = bare ? '' : opened.subarray(0, Math.max(0, headerEnd)).toString('latin1');
  const bodyStart = bare ? 2 : headerEnd + HEADER_END.length;
  const body = opened.subarray(bodyStart, Math.max(bodyStart, opened.length - CRLF.length));
  const headers = new Map<string, Value>();
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }
  const type = [...headers].find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return objectOf({ headers, body: binaryContent(body, typeof type === 'string' ? type : 'application/octet-stream') });
}

/** Writes parts with a boundary of their own, or the one of the given content type; `encodePart` makes bytes of a part's body. */
export function writeMultipart(
  parts: readonly Value[],
  contentType: string | undefined,
  encodePart: (value: Value | undefined, declared: string | undefined) => EncodedBody | undefined,
): EncodedBody {
  const given = /boundary\s*=\s*(?:"([^"]+)"|([^;\s]+))/i.exec(contentType ?? '');
  const boundary = given?.[1] ?? given?.[2] ?? `----------${parts.length.toString(16).padStart(4, '0')}f4e7a1c9b2d8`;
  const chunks: Buffer[] = [];
  for (const part of parts) {
    const headers = isObject(part) ? part.get('headers') : undefined;
    const lines: string[] = [];
    let declared: string | undefined;
    if (isObject(headers)) {
      for (const [name, value] of headers) {
        if (typeof value !== 'string') continue;
        lines.push(`${name}: ${value}\r\n`);
        if (name.toLowerCase() === 'content-type') declared = value;
      }
    }
    const body = encodePart(isObject(part) ? part.get('body') : undefined, declared);
    if (declared === undefined && body?.contentType !== undefined) lines.push(`Content-Type: ${body.contentType}\r\n`);
    chunks.push(Buffer.from(`--${boundary}\r\n${lines.join('')}\r\n`), Buffer.from(body?.bytes ?? []), CRLF);
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  const base = contentType === undefined ? 'multipart/form-data' : (contentType.split(';')[0] ?? '').trim();
  return {
    bytes: Buffer.concat(chunks),
    contentType: given === null ? `${base}; boundary="${boundary}"` : contentType,
  };
}
