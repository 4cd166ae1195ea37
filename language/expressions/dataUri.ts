/**
 * Data URIs (RFC 2397) with the host's own rules: `;base64` counts at the end only, without it the data is form-encoded text,
 * and the two functions that read them check different things. Observed on the host.
 */
import { base64Encode, utf8Encode } from '../json/base64';
import { formDecode } from './uri';

export interface DataUri {
  /** As written, without `;base64`; `text/plain` when empty. */
  readonly type: string;
  readonly base64: string;
  /** The media type stands first and is not empty, or nothing stands there at all. */
  readonly segments: readonly string[];
}

/** Undefined when the text is no data URI. */
export function parseDataUri(text: string): DataUri | undefined {
  if (!/^data:/i.test(text)) return undefined;
  const comma = text.indexOf(',');
  if (comma < 0) return undefined;
  const data = text.slice(comma + 1);
  let segments = text.slice('data:'.length, comma).split(';');
  const isBase64 = segments.at(-1)?.toLowerCase() === 'base64';
  if (isBase64) segments = segments.slice(0, -1);
  const bare = segments.length === 0 || (segments.length === 1 && segments[0] === '');
  return {
    type: bare ? 'text/plain' : segments.join(';'),
    base64: isBase64 ? data : base64Encode(utf8Encode(formDecode(data))),
    segments: bare ? ['text/plain'] : segments,
  };
}
