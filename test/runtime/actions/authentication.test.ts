/** Authentication of outgoing requests, against real servers. */
import { execFileSync } from 'node:child_process';
import { X509Certificate, createHash, createVerify } from 'node:crypto';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeProject, TestHost } from '../host/projects';

const PASSWORD = 'fake-password';
const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
const at = (name: string): string => join(folder, name);
const hasOpenssl = runsOpenssl(['version']);

function runsOpenssl(args: readonly string[]): boolean {
  try {
    execFileSync('openssl', [...args], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Plainly fake, and made anew for every run of the tests. */
function makeCertificate(name: string, subject: string): void {
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${subject}`];
  runsOpenssl([...request, '-keyout', at(`${name}.key`), '-out', at(`${name}.crt`)]);
}

beforeAll(() => {
  if (!hasOpenssl) return;
  makeCertificate('client', 'fake client');
  makeCertificate('server', 'localhost');
  const pkcs12 = [
    'pkcs12',
    '-export',
    '-inkey',
    at('client.key'),
    '-in',
    at('client.crt'),
    '-passout',
    `pass:${PASSWORD}`,
  ];
  runsOpenssl([...pkcs12, '-out', at('client.pfx')]);
  runsOpenssl([...pkcs12, '-out', at('des.pfx'), '-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES']);
});

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

interface Received {
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly socket: Socket;
}

/** A server that notes what it gets and answers with JSON. */
async function serve(
  answer: (request: Received) => object,
  make: (listener: Parameters<typeof createServer>[1]) => Server = (listener) =>
    createServer(listener ?? (() => undefined)),
) {
  const received: Received[] = [];
  const server = make((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { url = '', headers, socket } = request;
      const one = { url, headers, socket, body: Buffer.concat(chunks).toString() };
      received.push(one);
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer(one)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return { received, port: (server.address() as AddressInfo).port };
}

/** Calls an address with an authentication, as often as `times`; gives how the run ended. */
async function call(uri: string, authentication: unknown, times = 1, appSettings: Record<string, string> = {}) {
  const inputs = { method: 'GET', uri, authentication, retryPolicy: { type: 'none' } };
  const project = makeProject({ wf: { actions: { Call: { type: 'Http', inputs, runAfter: {} } } } });
  const host = await TestHost.open(project.folder, { appSettings });
  open.push({ close: () => host.link.dispose() });
  let ended = '';
  for (let time = 0; time < times; time++) {
    const { runIds } = await host.link.send('fireTrigger', { workflow: 'wf' });
    ended = await host.ended(runIds[0] ?? '');
  }
  const failure = host.notices.flatMap((notice) =>
    notice.type === 'event' && notice.event.type === 'actionFinished' ? [notice.event.error] : [],
  );
  return { ended, error: failure.at(-1) };
}

describe('a request', () => {
  it('carries user and password, or what is written', async () => {
    const { received, port } = await serve(() => ({}));
    const uri = `http://127.0.0.1:${port}/`;
    await call(uri, { type: 'Basic', username: 'ann', password: 'fake:pass' });
    await call(uri, { type: 'Raw', value: 'Token abc' });
    await call(uri, { type: 'Raw', scheme: 'Key', parameter: 'k' });
    expect(received.map(({ headers }) => headers.authorization)).toEqual([
      `Basic ${Buffer.from('ann:fake:pass').toString('base64')}`,
      'Token abc',
      'Key k',
    ]);
  });

  it('carries the token of the managed identity, which is asked for once', async () => {
    const identity = await serve(() => ({ access_token: 'fake-token', expires_in: '3600' }));
    const service = await serve(() => ({}));
    const settings = { IDENTITY_ENDPOINT: `http://127.0.0.1:${identity.port}/token`, IDENTITY_HEADER: 'fake-header' };
    const authentication = { type: 'ManagedServiceIdentity', audience: 'https://vault.example.test' };
    const { ended } = await call(`http://127.0.0.1:${service.port}/`, authentication, 2, settings);
    expect(ended).toBe('Succeeded');
    expect(identity.received).toHaveLength(1);
    expect(identity.received[0]?.headers['x-identity-header']).toBe('fake-header');
    expect(identity.received[0]?.url).toContain('resource=https%3A%2F%2Fvault.example.test');
    expect(service.received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer fake-token',
      'Bearer fake-token',
    ]);
  });

  it('says what to do where there is no managed identity', async () => {
    const { error } = await call('http://127.0.0.1:1/', { type: 'ManagedServiceIdentity' });
    expect(error).toMatchObject({
      code: 'NotSupportedLocally',
      message: expect.stringContaining('IDENTITY_ENDPOINT') as string,
    });
  });
});

describe.skipIf(!hasOpenssl)('a certificate', () => {
  const pfx = (name = 'client.pfx'): string => readFileSync(at(name)).toString('base64');

  it('is shown to a server that asks for one', async () => {
    const secure = await serve(
      ({ socket }) => ({ name: socket instanceof TLSSocket ? socket.getPeerCertificate().subject?.CN : undefined }),
      (listener) =>
        createTlsServer(
          {
            key: readFileSync(at('server.key')),
            cert: readFileSync(at('server.crt')),
            requestCert: true,
            rejectUnauthorized: false,
          },
          listener,
        ),
    );
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    // The server's own certificate is of nobody's trust.
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    open.push({
      close: () => {
        if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
        else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
      },
    });
    const uri = `https://127.0.0.1:${secure.port}/`;
    expect(await call(uri, { type: 'ClientCertificate', pfx: pfx(), password: PASSWORD })).toMatchObject({
      ended: 'Succeeded',
    });
    const peer = secure.received[0]?.socket;
    expect(peer instanceof TLSSocket && peer.getPeerCertificate().subject?.CN).toBe('fake client');
    expect((await call(uri, { type: 'ClientCertificate', pfx: pfx(), password: 'wrong' })).ended).toBe('Failed');
  });

  it.each(['client.pfx', 'des.pfx'])('proves who asks for a token (%s)', async (file) => {
    const entra = await serve(() => ({ access_token: 'fake-token', expires_in: 3600 }));
    const service = await serve(() => ({}));
    const authority = `http://127.0.0.1:${entra.port}`;
    const authentication = {
      type: 'ActiveDirectoryOAuth',
      authority,
      tenant: 'fake-tenant',
      audience: 'https://api.example.test',
      clientId: 'fake-client',
      pfx: pfx(file),
      password: PASSWORD,
    };
    expect(await call(`http://127.0.0.1:${service.port}/`, authentication, 2)).toMatchObject({ ended: 'Succeeded' });
    expect(service.received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer fake-token',
      'Bearer fake-token',
    ]);
    expect(entra.received).toHaveLength(1);
    const form = new URLSearchParams(entra.received[0]?.body);
    expect(form.get('client_secret')).toBeNull();
    expect(form.get('resource')).toBe('https://api.example.test');
    const [header = '', claims = '', signature = ''] = (form.get('client_assertion') ?? '').split('.');
    const certificate = new X509Certificate(readFileSync(at('client.crt')));
    const verified = createVerify('sha256')
      .update(`${header}.${claims}`)
      .verify(certificate.publicKey, signature, 'base64url');
    expect(verified).toBe(true);
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({
      alg: 'RS256',
      x5t: createHash('sha1').update(certificate.raw).digest('base64url'),
    });
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      iss: 'fake-client',
      sub: 'fake-client',
      aud: `${authority}/fake-tenant/oauth2/token`,
    });
  });

  it('that cannot be opened says why', async () => {
    const authentication = {
      type: 'ActiveDirectoryOAuth',
      tenant: 't',
      audience: 'a',
      clientId: 'c',
      pfx: pfx(),
      password: 'wrong',
    };
    expect((await call('http://127.0.0.1:1/', authentication)).error).toMatchObject({
      code: 'InvalidAuthentication',
      message: expect.stringContaining('the password is wrong') as string,
    });
    const neither = { type: 'ActiveDirectoryOAuth', tenant: 't', audience: 'a', clientId: 'c' };
    expect((await call('http://127.0.0.1:1/', neither)).error?.message).toContain('neither a secret nor a certificate');
  });
});
