/** URIs as .NET's Uri class takes them apart, and the escapes in them. */
import { utf8Decode, utf8Encode } from '../json/base64';

/** Uri.EscapeDataString: everything but the unreserved characters of RFC 3986. */
export function escapeUriComponent(text: string): string {
  // With the flag u this matches surrogates without their partner only.
  const wellFormed = text.replace(/[\ud800-\udfff]/gu, '\ufffd');
  return encodeURIComponent(wellFormed).replace(/[!'()*]/g, (character) => percent(character.charCodeAt(0)));
}

function percent(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

const ESCAPES = /(?:%[0-9a-fA-F]{2})+/g;

function bytesOf(run: string): Uint8Array {
  const bytes = new Uint8Array(run.length / 3);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(run.slice(i * 3 + 1, i * 3 + 3), 16);
  return bytes;
}

/** Uri.UnescapeDataString: what does not decode to UTF-8 stays as it is. */
export function unescapeUriComponent(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(ESCAPES, (run) => {
    const bytes = bytesOf(run);
    const decoded = utf8Decode(bytes);
    return decoded.includes('\ufffd') ? decodedWherePossible(bytes) : decoded;
  });
}

/** Decodes the valid sequences among bytes and escapes the others again. */
function decodedWherePossible(bytes: Uint8Array): string {
  let result = '';
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    const sequence = bytes.slice(at, at + length);
    const character = utf8Decode(sequence);
    const valid = sequence.length === length && [...character].length === 1 && character !== '\ufffd';
    result += valid ? character : percent(lead);
    at += valid ? length : 1;
  }
  return result;
}

/** WebUtility.UrlDecode: `+` is a blank, escapes are UTF-8. */
export function formDecode(text: string): string {
  return text.replaceAll('+', ' ').replace(ESCAPES, (run) => utf8Decode(bytesOf(run)));
}

export interface Uri {
  /** In lower case. */
  readonly scheme: string;
  /** In lower case; empty when there is none. */
  readonly host: string;
  /** The default of the scheme when none is written; -1 when it has none. */
  readonly port: number;
  /** At least `/` when there is a host. */
  readonly path: string;
  /** With the `?`, or empty. */
  readonly query: string;
}

const defaultPorts: Readonly<Record<string, number>> = {
  ftp: 21,
  ftps: 990,
  gopher: 70,
  http: 80,
  https: 443,
  ldap: 389,
  mailto: 25,
  'net.tcp': 808,
  nntp: 119,
  telnet: 23,
  ws: 80,
  wss: 443,
};

const ABSOLUTE = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#\\]*))?([^?#]*)(\?[^#]*)?(?:#[^]*)?$/;
const AUTHORITY = /^(?:[^@]*@)?(\[[0-9A-Fa-f:.]+\]|[^:@[\]]*)(?::(\d*))?$/;

/** Undefined when the text is no absolute URI. */
export function parseUri(text: string): Uri | undefined {
  const match = ABSOLUTE.exec(text.trim());
  if (match === null) return undefined;
  const [, schemeText = '', authority, pathText = '', query = ''] = match;
  const scheme = schemeText.toLowerCase();
  const fallback = (Object.hasOwn(defaultPorts, scheme) ? defaultPorts[scheme] : undefined) ?? -1;
  if (authority === undefined) {
    // Schemes of the web need a host.
    return /^(https?|ftp|wss?)$/.test(scheme)
      ? undefined
      : { scheme, host: '', port: fallback, path: escapeUnsafe(pathText), query: escapeUnsafe(query) };
  }
  const parts = AUTHORITY.exec(authority);
  const host = parts?.[1];
  if (host === undefined || (host === '' && scheme !== 'file') || /[\s<>"{}|^`%]/.test(host)) return undefined;
  const port = parts?.[2] === undefined || parts[2] === '' ? fallback : Number(parts[2]);
  if (port > 65_535) return undefined;
  const path = withoutDots(pathText.replaceAll('\\', '/'));
  return {
    scheme,
    host: host.toLowerCase(),
    port,
    path: escapeUnsafe(path === '' ? '/' : path),
    query: escapeUnsafe(query),
  };
}

/** Resolves `.` and `..` segments (RFC 3986, 5.2.4). */
function withoutDots(path: string): string {
  if (!/(^|\/)\.\.?(\/|$)/.test(path)) return path;
  const kept: string[] = [];
  const segments = path.split('/');
  segments.forEach((segment, index) => {
    const last = index === segments.length - 1;
    if (segment === '..') {
      if (kept.length > 1) kept.pop();
      if (last) kept.push('');
    } else if (segment === '.') {
      if (last) kept.push('');
    } else {
      kept.push(segment);
    }
  });
  return kept.join('/');
}

/** Escapes what must not stand in a URI at all; escapes that are there stay. */
function escapeUnsafe(text: string): string {
  return text.replace(/[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]+|%(?![0-9A-Fa-f]{2})/g, (run) =>
    Array.from(utf8Encode(run), percent).join(''),
  );
}
