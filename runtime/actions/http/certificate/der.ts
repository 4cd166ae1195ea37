/** Reads DER, the binary form of certificates and keys. Source: X.690. */

export class DerError extends Error {
  override readonly name = 'DerError';
}

export interface DerNode {
  readonly tag: number;
  readonly content: Buffer;
  /** Tag, length and content. */
  readonly bytes: Buffer;
}

/** The node at the beginning of the bytes. Throws a `DerError`. */
export function readDer(bytes: Buffer): DerNode {
  const tag = bytes[0];
  const first = bytes[1];
  if (tag === undefined || first === undefined) throw new DerError('The data ends too early.');
  let length = first;
  let start = 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4 || bytes.length < 2 + count) throw new DerError('A length is not valid.');
    length = bytes.readUIntBE(2, count);
    start += count;
  }
  if (bytes.length < start + length) throw new DerError('The data ends too early.');
  return { tag, content: bytes.subarray(start, start + length), bytes: bytes.subarray(0, start + length) };
}

/** The nodes in a sequence or set. */
export function children({ content }: DerNode): DerNode[] {
  const nodes: DerNode[] = [];
  for (let rest = content; rest.length > 0;) {
    const node = readDer(rest);
    nodes.push(node);
    rest = rest.subarray(node.bytes.length);
  }
  return nodes;
}

/** The node at a path of places. Throws a `DerError` when there is none. */
export function descend(node: DerNode, ...path: readonly number[]): DerNode {
  return path.reduce((each, place) => {
    const found = children(each)[place];
    if (found === undefined) throw new DerError('A part is missing.');
    return found;
  }, node);
}

/** An object identifier, with dots. */
export function identifier({ content }: DerNode): string {
  const parts: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    if (parts.length === 0)
      parts.push(Math.min(2, Math.floor(value / 40)), value - 40 * Math.min(2, Math.floor(value / 40)));
    else parts.push(value);
    value = 0;
  }
  return parts.join('.');
}

export function unsigned({ content }: DerNode): number {
  return content.reduce((value, byte) => value * 256 + byte, 0);
}
