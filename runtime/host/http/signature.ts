/**
 * Signed addresses: `sp` names what an address permits, `sig` proves that this host gave it out (HMAC SHA-256, base64url).
 * The form is that of the platform's Shared Access Signatures; the key is ours.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { RunStore } from '../../store/store';

const NOTE = 'callback-key';
const VERSION = '1.0';
const MEMORY_LIMIT = 1000;

export class Signatures {
  readonly #key: Buffer;
  /** Callback addresses are few and asked for with each request. */
  readonly #known = new Map<string, Buffer>();

  constructor(key: Buffer) {
    this.#key = key;
  }

  /** The query of an address: `api-version=…&sp=…&sv=1.0&sig=…`. `subject` is what the address is about, e.g. the workflow. */
  query(apiVersion: string, subject: string, permission: string): string {
    const sig = this.#sign(subject, permission).toString('base64url');
    return `api-version=${apiVersion}&sp=${encodeURIComponent(permission)}&sv=${VERSION}&sig=${sig}`;
  }

  /** Checks the `sp`, `sv` and `sig` of a query against what the address is for; names match in any case. */
  check(query: string, subject: string, permission: string): 'valid' | 'missing' | 'wrong' {
    const expected = this.#sign(subject, permission);
    if (this.#isAsGiven(query, expected, permission)) return 'valid';
    const given = new URLSearchParams(query);
    const sig = given.get('sig');
    const sp = given.get('sp');
    if (sig === null || sp === null) return 'missing';
    if (sp.toLowerCase() !== permission.toLowerCase() || given.get('sv') !== VERSION) return 'wrong';
    const actual = Buffer.from(sig, 'base64url');
    return actual.length === expected.length && timingSafeEqual(actual, expected) ? 'valid' : 'wrong';
  }

  /** Most queries come back letter by letter as they were given out, and need not be taken apart. */
  #isAsGiven(query: string, expected: Buffer, permission: string): boolean {
    const start = query.indexOf('&sp=');
    const tail = `&sp=${encodeURIComponent(permission)}&sv=${VERSION}&sig=${expected.toString('base64url')}`;
    if (query.length - start !== tail.length || !/^api-version=[\d-]+$/.test(query.slice(0, start))) return false;
    return timingSafeEqual(Buffer.from(query.slice(start), 'latin1'), Buffer.from(tail, 'latin1'));
  }

  #sign(subject: string, permission: string): Buffer {
    const text = `${subject}\n${permission}\n${VERSION}`.toLowerCase();
    let signature = this.#known.get(text);
    if (signature === undefined) {
      signature = createHmac('sha256', this.#key).update(text).digest();
      if (this.#known.size >= MEMORY_LIMIT) this.#known.clear();
      this.#known.set(text, signature);
    }
    return signature;
  }
}

/**
 * The key of a project: random and kept beside its runs where there is a durable store, so that addresses given out stay valid.
 * In memory it is derived from the folder, for the same reason.
 */
export function callbackKey(store: RunStore, projectFolder: string): Buffer {
  if (!store.durable) return createHash('sha256').update(`callback key of ${projectFolder}`).digest();
  const kept = store.note(NOTE);
  if (kept !== undefined) return Buffer.from(kept, 'base64');
  const key = randomBytes(32);
  store.setNote(NOTE, key.toString('base64'));
  return key;
}
