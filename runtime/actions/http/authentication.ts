/**
 * Authentication of outgoing requests. Source: "Secure access and data", authentication types for outbound calls.
 * Tokens of Microsoft Entra ID are fetched through the HTTP port and kept until shortly before they expire.
 */
import { isObject } from '../../../language/json/value';
import type { ObjectValue, Value } from '../../../language/json/value';
import { StepFailure } from '../../engine/failure';
import type { EngineServices } from '../../engine/services';
import { textOf } from '../../engine/text';
import { parseValue } from '../../../language/json/parse';
import { numberOf } from '../../engine/numbers';
import type { HttpRequest, RequestOrigin } from '../../ports';
import type { RequestParts } from './request';

export type Authenticated = Pick<HttpRequest, 'headers' | 'certificate'>;

const AUTHORITY = 'https://login.microsoftonline.com';
/** A token is renewed this long before its end. */
const MARGIN = 300_000;

interface Token {
  readonly value: string;
  readonly until: number;
}

const tokens = new WeakMap<EngineServices, Map<string, Token>>();

/** Adds what an `authentication` object asks for. Throws a `StepFailure` when it cannot be had. */
export async function authenticate(
  services: EngineServices,
  parts: RequestParts,
  authentication: Value | undefined,
  origin: RequestOrigin,
  signal: AbortSignal,
): Promise<Authenticated> {
  if (!isObject(authentication)) return parts;
  const type = textOf(authentication.get('type') ?? '').toLowerCase();
  switch (type) {
    case 'none':
    case '':
      return parts;
    case 'basic': {
      const pair = `${member(authentication, 'username')}:${member(authentication, 'password')}`;
      return withAuthorization(parts, `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`);
    }
    case 'raw': {
      const scheme = member(authentication, 'scheme');
      const value = member(authentication, 'value') || member(authentication, 'parameter');
      return withAuthorization(parts, scheme === '' ? value : `${scheme} ${value}`);
    }
    case 'clientcertificate':
      return { headers: parts.headers, certificate: certificateOf(authentication) };
    case 'activedirectoryoauth':
      return withAuthorization(parts, `Bearer ${await clientToken(services, authentication, origin, signal)}`);
    case 'managedserviceidentity':
      if (services.behaviour.ignoreManagedIdentity === true) return parts;
      return withAuthorization(parts, `Bearer ${await identityToken(services, authentication, origin, signal)}`);
    case 'querystring':
      return parts;
    default:
      throw new StepFailure(
        'InvalidAuthentication',
        `The authentication type '${type}' of '${origin.name}' is not supported.`,
      );
  }
}

function withAuthorization(parts: RequestParts, value: string): Authenticated {
  return {
    headers: [...parts.headers.filter(([name]) => name.toLowerCase() !== 'authorization'), ['Authorization', value]],
  };
}

function member(authentication: ObjectValue, name: string): string {
  return textOf(authentication.get(name) ?? '');
}

function certificateOf(authentication: ObjectValue): NonNullable<HttpRequest['certificate']> {
  const passphrase = authentication.get('password');
  return {
    pfx: Buffer.from(member(authentication, 'pfx'), 'base64'),
    passphrase: typeof passphrase === 'string' ? passphrase : undefined,
  };
}

async function clientToken(
  services: EngineServices,
  authentication: ObjectValue,
  origin: RequestOrigin,
  signal: AbortSignal,
): Promise<string> {
  const authority = member(authentication, 'authority') || AUTHORITY;
  const tenant = member(authentication, 'tenant');
  const secret = member(authentication, 'secret');
  if (secret === '') {
    throw new StepFailure(
      'NotSupportedLocally',
      `'${origin.name}' signs in with a certificate, which is not supported on this machine. Use a client secret, or mock the action in a scenario.`,
    );
  }
  const url = `${authority.replace(/\/+$/, '')}/${tenant}/oauth2/token`;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: member(authentication, 'clientId'),
    client_secret: secret,
    resource: member(authentication, 'audience'),
  });
  return fetchToken(
    services,
    `${url}?${form.toString()}`,
    {
      method: 'POST',
      url,
      headers: [['Content-Type', 'application/x-www-form-urlencoded']],
      body: Buffer.from(form.toString()),
      origin,
    },
    signal,
  );
}

/** The managed identity of the machine: the endpoint that App Service names in its environment. */
async function identityToken(
  services: EngineServices,
  authentication: ObjectValue,
  origin: RequestOrigin,
  signal: AbortSignal,
): Promise<string> {
  const settings = services.project.appSettings;
  const endpoint = settings.get('IDENTITY_ENDPOINT');
  const header = settings.get('IDENTITY_HEADER');
  if (endpoint === undefined || header === undefined) {
    throw new StepFailure(
      'NotSupportedLocally',
      `'${origin.name}' uses a managed identity, and this machine has none. Use another authentication locally, set IDENTITY_ENDPOINT ` +
        `and IDENTITY_HEADER, or mock the action in a scenario.`,
    );
  }
  const audience = member(authentication, 'audience') || 'https://management.azure.com/';
  const url = new URL(endpoint);
  url.searchParams.set('resource', audience);
  url.searchParams.set('api-version', '2019-08-01');
  return fetchToken(
    services,
    url.href,
    { method: 'GET', url: url.href, headers: [['X-IDENTITY-HEADER', header]], body: undefined, origin },
    signal,
  );
}

async function fetchToken(
  services: EngineServices,
  key: string,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<string> {
  const kept = tokens.get(services) ?? new Map<string, Token>();
  tokens.set(services, kept);
  const now = services.ports.clock.now();
  const known = kept.get(key);
  if (known !== undefined && known.until > now) return known.value;
  const answer = await services.ports.http.send(request, signal);
  if ('failure' in answer)
    throw new StepFailure('AuthenticationFailed', `No token could be had: ${answer.failure.message}`);
  const { statusCode, body } = answer.response;
  const parsed = parseValue(Buffer.from(body).toString('utf8'));
  const token = parsed.ok && isObject(parsed.value) ? parsed.value.get('access_token') : undefined;
  if (statusCode !== 200 || typeof token !== 'string') {
    throw new StepFailure(
      'AuthenticationFailed',
      `No token could be had: the identity provider answered with status ${statusCode}.`,
    );
  }
  const lifetime = parsed.ok && isObject(parsed.value) ? numberOf(parsed.value.get('expires_in')) : undefined;
  kept.set(key, { value: token, until: now + Math.max(0, (lifetime ?? 3600) * 1000 - MARGIN) });
  return token;
}
