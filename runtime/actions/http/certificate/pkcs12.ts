/**
 * Reads the private key and the certificate of a PKCS #12 file (.pfx), to sign with them. Node opens such files for TLS only.
 * Source: RFC 7292, and RFC 8018 for the encryption by password.
 */
import { createDecipheriv, createHash, createPrivateKey, pbkdf2Sync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { DerError, children, descend, identifier, readDer, unsigned } from './der';
import type { DerNode } from './der';

export interface Identity {
  readonly key: KeyObject;
  /** DER of the certificate that belongs to the key. */
  readonly certificate: Buffer;
}

/** A file that is none, a wrong password, or a way of encryption that is not known. */
export class Pkcs12Error extends Error {
  override readonly name = 'Pkcs12Error';
}

const DATA = '1.2.840.113549.1.7.1';
const ENCRYPTED_DATA = '1.2.840.113549.1.7.6';
const KEY_BAG = '1.2.840.113549.1.12.10.1.1';
const SHROUDED_KEY_BAG = '1.2.840.113549.1.12.10.1.2';
const CERTIFICATE_BAG = '1.2.840.113549.1.12.10.1.3';
const PBES2 = '1.2.840.113549.1.5.13';
const SHA1_AND_3DES = '1.2.840.113549.1.12.1.3';

/** Throws a `Pkcs12Error`. */
export function readPkcs12(file: Buffer, password: string): Identity {
  try {
    // PFX: version, the content, and a check of it.
    const content = descend(readDer(file), 1, 1, 0);
    const safes = children(readDer(content.content)).flatMap((info) => children(readDer(safeContents(info, password))));
    return identityIn(safes, password);
  } catch (error) {
    if (error instanceof Pkcs12Error) throw error;
    if (error instanceof DerError)
      throw new Pkcs12Error(`The certificate is no PKCS #12 file (.pfx): ${error.message}`);
    throw new Pkcs12Error('The certificate cannot be opened: the password is wrong, or the file is damaged.');
  }
}

function safeContents(info: DerNode, password: string): Buffer {
  const type = identifier(descend(info, 0));
  if (type === DATA) return descend(info, 1, 0).content;
  if (type !== ENCRYPTED_DATA)
    throw new Pkcs12Error('The certificate is encrypted for a recipient, which is not supported.');
  const encrypted = descend(info, 1, 0, 1);
  return decrypt(descend(encrypted, 1), descend(encrypted, 2).content, password);
}

function identityIn(bags: readonly DerNode[], password: string): Identity {
  let key: KeyObject | undefined;
  const certificates: Buffer[] = [];
  for (const bag of bags) {
    const value = descend(bag, 1, 0);
    switch (identifier(descend(bag, 0))) {
      case KEY_BAG:
        key ??= createPrivateKey({ key: value.bytes, format: 'der', type: 'pkcs8' });
        break;
      case SHROUDED_KEY_BAG: {
        const plain = decrypt(descend(value, 0), descend(value, 1).content, password);
        key ??= createPrivateKey({ key: readDer(plain).bytes, format: 'der', type: 'pkcs8' });
        break;
      }
      case CERTIFICATE_BAG:
        certificates.push(descend(value, 1, 0).content);
        break;
    }
  }
  // The certificate of the key comes first, those of its issuers follow.
  const [certificate] = certificates;
  if (key === undefined || certificate === undefined)
    throw new Pkcs12Error('The file holds no private key with a certificate.');
  return { key, certificate };
}

function decrypt(algorithm: DerNode, data: Buffer, password: string): Buffer {
  const name = identifier(descend(algorithm, 0));
  if (name === PBES2) return decryptPbes2(descend(algorithm, 1), data, password);
  if (name !== SHA1_AND_3DES) {
    throw new Pkcs12Error(
      'The certificate is encrypted in an outdated way. Export it again with AES, for example by `openssl pkcs12 -export` without -legacy.',
    );
  }
  const salt = descend(algorithm, 1, 0).content;
  const iterations = unsigned(descend(algorithm, 1, 1));
  const key = deriveKey(password, salt, iterations, 1, 24);
  const decipher = createDecipheriv('des-ede3-cbc', key, deriveKey(password, salt, iterations, 2, 8));
  return Buffer.concat([decipher.update(data), decipher.final()]);
}

const digests: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
const ciphers: Readonly<Record<string, { readonly name: string; readonly keyLength: number }>> = {
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyLength: 24 },
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyLength: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyLength: 24 },
  '2.16.840.1.101.3.4.1.42': { name: 'aes-256-cbc', keyLength: 32 },
};

const OBJECT_IDENTIFIER = 0x06;
const SEQUENCE = 0x30;

function decryptPbes2(parameters: DerNode, data: Buffer, password: string): Buffer {
  const [salt, count, ...options] = children(descend(parameters, 0, 1));
  const cipher = ciphers[identifier(descend(parameters, 1, 0))];
  // The length of the key may stand between the count and the digest; SHA-1 is the default.
  const pseudoRandom = options.find(({ tag }) => tag === SEQUENCE);
  const digest = pseudoRandom === undefined ? 'sha1' : digests[identifier(descend(pseudoRandom, 0))];
  if (
    cipher === undefined ||
    digest === undefined ||
    salt === undefined ||
    count === undefined ||
    salt.tag === OBJECT_IDENTIFIER
  )
    throw new Pkcs12Error('The certificate is encrypted in a way that is not known.');
  const key = pbkdf2Sync(Buffer.from(password, 'utf8'), salt.content, unsigned(count), cipher.keyLength, digest);
  const decipher = createDecipheriv(cipher.name, key, descend(parameters, 1, 1).content);
  return Buffer.concat([decipher.update(data), decipher.final()]);
}

/** The key derivation of PKCS #12 itself, with SHA-1. Source: RFC 7292, appendix B. `purpose`: 1 for a key, 2 for a vector. */
function deriveKey(password: string, salt: Buffer, iterations: number, purpose: number, length: number): Buffer {
  const block = 64;
  const letters = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const input = Buffer.concat([repeated(salt, block), repeated(letters, block)]);
  const parts: Buffer[] = [];
  for (let size = 0; size < length; size += 20) {
    let hash = createHash('sha1').update(Buffer.alloc(block, purpose)).update(input).digest();
    for (let round = 1; round < iterations; round++) hash = createHash('sha1').update(hash).digest();
    parts.push(hash);
    const addend = repeated(hash, block).subarray(0, block);
    for (let start = 0; start < input.length; start += block) addTo(input.subarray(start, start + block), addend);
  }
  return Buffer.concat(parts).subarray(0, length);
}

/** As often as it takes to fill whole blocks. */
function repeated(bytes: Buffer, block: number): Buffer {
  return bytes.length === 0 ? bytes : Buffer.alloc(block * Math.ceil(bytes.length / block), bytes);
}

/** Adds a number and one to another, in place. */
function addTo(target: Buffer, addend: Buffer): void {
  let carry = 1;
  for (let index = target.length - 1; index >= 0; index--) {
    const sum = (target[index] ?? 0) + (addend[index] ?? 0) + carry;
    target[index] = sum & 0xff;
    carry = sum >> 8;
  }
}
