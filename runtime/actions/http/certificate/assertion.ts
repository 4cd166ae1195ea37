/**
 * A client assertion: a token signed with a certificate, which proves who asks in place of a secret.
 * Source: "Microsoft identity platform application authentication certificate credentials".
 */
import { createHash, sign } from 'node:crypto';
import { readPkcs12 } from './pkcs12';

export interface AssertionRequest {
  readonly pfx: Buffer;
  readonly password: string;
  readonly clientId: string;
  /** The address at which the token is asked for. */
  readonly audience: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly id: string;
}

/** Seconds that an assertion is good for. */
const LIFETIME = 600;

/** Throws a `Pkcs12Error` when the certificate cannot be read. */
export function clientAssertion({ pfx, password, clientId, audience, now, id }: AssertionRequest): string {
  const { key, certificate } = readPkcs12(pfx, password);
  const seconds = Math.floor(now / 1000);
  const header = { alg: 'RS256', typ: 'JWT', x5t: createHash('sha1').update(certificate).digest('base64url') };
  const claims = { aud: audience, iss: clientId, sub: clientId, jti: id, nbf: seconds, exp: seconds + LIFETIME };
  const content = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
}
