/** Base64 and UTF-8 without the help of a platform: this room runs in browsers and in Node alike. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SIXTETS = new Int16Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) SIXTETS[ALPHABET.charCodeAt(i)] = i;

/**
 * So many UTF-16 code units become a string at once, because strings built one by one are slow; a multiple of 4. They are collected in
 * plain arrays: to spread a typed one takes ten times as long.
 */
const CHUNK = 0x1000;

function textOf(units: readonly number[]): string {
  return String.fromCharCode(...units);
}

const CODES = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
const EQUALS = 0x3d;

export function base64Encode(bytes: Uint8Array): string {
  const units: number[] = [];
  const parts: string[] = [];
  let count = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    if (count === CHUNK) {
      parts.push(textOf(units));
      count = 0;
    }
    const left = bytes.length - i;
    const triple = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    units[count] = CODES[triple >> 18] ?? 0;
    units[count + 1] = CODES[(triple >> 12) & 63] ?? 0;
    units[count + 2] = left < 2 ? EQUALS : (CODES[(triple >> 6) & 63] ?? 0);
    units[count + 3] = left < 3 ? EQUALS : (CODES[triple & 63] ?? 0);
    count += 4;
  }
  units.length = count;
  parts.push(textOf(units));
  return parts.join('');
}

/** Decodes as .NET's Convert.FromBase64String does: white space is skipped, padding is needed. Undefined when it is not base64. */
export function base64Decode(text: string): Uint8Array | undefined {
  const compact = /[\s]/.test(text) ? text.replace(/[ \t\r\n]/g, '') : text;
  if (compact.length % 4 !== 0) return undefined;
  const padding = compact.endsWith('==') ? 2 : compact.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((compact.length / 4) * 3 - padding);
  const symbols = compact.length - padding;
  let bits = 0;
  let filled = 0;
  let at = 0;
  for (let i = 0; i < symbols; i++) {
    const sixtet = SIXTETS[compact.charCodeAt(i)] ?? -1;
    if (sixtet < 0) return undefined;
    bits = ((bits << 6) | sixtet) & 0xffff;
    filled += 6;
    if (filled >= 8) {
      filled -= 8;
      bytes[at++] = (bits >> filled) & 0xff;
    }
  }
  return bytes;
}

/** UTF-8; a surrogate without its partner becomes U+FFFD. */
export function utf8Encode(text: string): Uint8Array {
  // No UTF-16 code unit takes more than three bytes.
  const bytes = new Uint8Array(text.length * 3);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    let point = text.charCodeAt(i);
    if (point >= 0xd800 && point <= 0xdfff) {
      point = text.codePointAt(i) ?? 0;
      if (point > 0xffff) i++;
      else point = 0xfffd;
    }
    if (point < 0x80) {
      bytes[at++] = point;
    } else {
      if (point < 0x800) {
        bytes[at++] = 0xc0 | (point >> 6);
      } else {
        if (point < 0x10000) {
          bytes[at++] = 0xe0 | (point >> 12);
        } else {
          bytes[at++] = 0xf0 | (point >> 18);
          bytes[at++] = 0x80 | ((point >> 12) & 63);
        }
        bytes[at++] = 0x80 | ((point >> 6) & 63);
      }
      bytes[at++] = 0x80 | (point & 63);
    }
  }
  return bytes.slice(0, at);
}

/** The length of the sequence a lead byte begins and the range of its second byte (Unicode 15, table 3-7); 0 for no lead byte. */
function sequence(lead: number): readonly [length: number, low: number, high: number] {
  if (lead >= 0xc2 && lead <= 0xdf) return [2, 0x80, 0xbf];
  if (lead === 0xe0) return [3, 0xa0, 0xbf];
  if (lead === 0xed) return [3, 0x80, 0x9f];
  if (lead >= 0xe1 && lead <= 0xef) return [3, 0x80, 0xbf];
  if (lead === 0xf0) return [4, 0x90, 0xbf];
  if (lead >= 0xf1 && lead <= 0xf3) return [4, 0x80, 0xbf];
  if (lead === 0xf4) return [4, 0x80, 0x8f];
  return [0, 0, 0];
}

/** UTF-8; every maximal part of an invalid sequence becomes one U+FFFD, as in .NET and on the web. */
export function utf8Decode(bytes: Uint8Array): string {
  const units: number[] = [];
  const parts: string[] = [];
  let count = 0;
  for (let i = 0; i < bytes.length;) {
    if (count >= CHUNK) {
      units.length = count;
      parts.push(textOf(units));
      count = 0;
    }
    const lead = bytes[i] ?? 0;
    i++;
    if (lead < 0x80) {
      units[count++] = lead;
      continue;
    }
    const [length, low, high] = sequence(lead);
    let point = length === 0 ? 0 : lead & (0xff >> (length + 1));
    let taken = 1;
    while (taken < length) {
      const next = bytes[i] ?? 0;
      if (next < (taken === 1 ? low : 0x80) || next > (taken === 1 ? high : 0xbf)) break;
      point = (point << 6) | (next & 63);
      i++;
      taken++;
    }
    if (length === 0 || taken < length) {
      units[count++] = 0xfffd;
    } else if (point < 0x10000) {
      units[count++] = point;
    } else {
      units[count++] = 0xd7c0 + (point >> 10);
      units[count++] = 0xdc00 + (point & 0x3ff);
    }
  }
  units.length = count;
  parts.push(textOf(units));
  return parts.join('');
}
