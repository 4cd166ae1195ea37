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
      return { headers: parts.headers, certificate: certificateOf(authentication, origin.name) };
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

function certificateOf(authentication: ObjectValue, operation: string): NonNullable<HttpRequest['certificate']> {
  if (member(authentication, 'pfx') === '') {
    throw new StepFailure(
      'InvalidAuthentication',
      `The authentication of '${operation}' has neither a secret nor a certificate in "pfx".`,
    );
  }
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
  const url = `${authority.replace(/\/+$/, '')}/${tenant}/oauth2/token`;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: member(authentication, 'clientId'),
    resource: member(authentication, 'audience'),
  });
  const known = `${url}?${form.toString()}&${member(authentication, 'secret')}${member(authentication, 'pfx')}`;
  return fetchToken(
    services,
    known,
    async () => {
      await prove(services, authentication, form, url, origin);
      return {
        method: 'POST',
        url,
        headers: [['Content-Type', 'application/x-www-form-urlencoded']],
        body: Buffer.from(form.toString()),
        origin,
      };
    },
    signal,
  );
}

/** Adds the client's secret, or what its certificate signs instead. */
async function prove(
  { ports }: EngineServices,
  authentication: ObjectValue,
  form: URLSearchParams,
  audience: string,
  origin: RequestOrigin,
): Promise<void> {
  const secret = member(authentication, 'secret');
  if (secret !== '') {
    form.set('client_secret', secret);
    return;
  }
  const { pfx, passphrase } = certificateOf(authentication, origin.name);
  const { clientAssertion } = await import('./certificate/assertion');
  const { Pkcs12Error } = await import('./certificate/pkcs12');
  try {
    const clientId = member(authentication, 'clientId');
    const [now, id] = [ports.clock.now(), ports.ids.guid()];
    const password = passphrase ?? '';
    form.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    form.set('client_assertion', clientAssertion({ pfx: Buffer.from(pfx), password, clientId, audience, now, id }));
  } catch (error) {
    if (error instanceof Pkcs12Error)
      throw new StepFailure('InvalidAuthentication', `'${origin.name}': ${error.message}`);
    throw error;
  }
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
    () => ({ method: 'GET', url: url.href, headers: [['X-IDENTITY-HEADER', header]], body: undefined, origin }),
    signal,
  );
}

async function fetchToken(
  services: EngineServices,
  key: string,
  request: () => HttpRequest | Promise<HttpRequest>,
  signal: AbortSignal,
): Promise<string> {
  const kept = tokens.get(services) ?? new Map<string, Token>();
  tokens.set(services, kept);
  const now = services.ports.clock.now();
  const known = kept.get(key);
  if (known !== undefined && known.until > now) return known.value;
  const answer = await services.ports.http.send(await request(), signal);
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
