/** What a connector's client is to the runtime, and how it reads its parameters. */
import { isObject } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import { encodeBody } from '../transforms/messageBody';

export interface ConnectorModule {
  /** Opens a connection; `values` is its entry of connections.json with app settings filled in. May reject with a `ConnectorError`. */
  connect(values: ObjectValue): Promise<ConnectorConnection>;
}

export interface ConnectorConnection {
  /** By operation id. Each executes once; retries are the engine's. They reject with a `ConnectorError` when the service refuses. */
  readonly actions: Readonly<
    Record<string, (parameters: Parameters, signal: AbortSignal) => Promise<Value | undefined>>
  >;
  /** By operation id. */
  readonly triggers: Readonly<Record<string, ConnectorTrigger>>;
}

export interface ConnectorTrigger {
  /**
   * Looks once for what is new. `memory` is what the last look gave, null at the first. Each of the bodies fires the trigger.
   */
  look(parameters: Parameters, memory: Value, signal: AbortSignal): Promise<Look>;
}

export interface Look {
  readonly bodies: readonly Value[];
  readonly memory: Value;
  /** There is more already: look again at once. */
  readonly more?: boolean;
}

/** The service, or its client, refuses. */
export class ConnectorError extends Error {
  constructor(
    /** As HTTP has it: 408, 429 and 5xx are retried. */
    readonly statusCode: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'ConnectorError';
  }
}

/** The evaluated parameters of an operation. A missing or wrong one is a `ConnectorError`. */
export class Parameters {
  constructor(private readonly values: ObjectValue) {}

  value(name: string): Value | undefined {
    return this.values.get(name);
  }

  text(name: string): string {
    const text = this.optionalText(name);
    if (text === undefined || text === '') throw badRequest(`The parameter '${name}' is missing.`);
    return text;
  }

  optionalText(name: string): string | undefined {
    const value = this.values.get(name) ?? undefined;
    if (value === undefined || typeof value === 'string') return value;
    throw badRequest(`The parameter '${name}' must be a string.`);
  }

  /** Designers write booleans as texts too. */
  flag(name: string, otherwise: boolean): boolean {
    const value = this.values.get(name) ?? otherwise;
    if (typeof value === 'boolean') return value;
    if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
    throw badRequest(`The parameter '${name}' must be true or false.`);
  }

  count(name: string, otherwise: number): number {
    const value = this.values.get(name) ?? otherwise;
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof number === 'number' && Number.isInteger(number) && number > 0) return number;
    throw badRequest(`The parameter '${name}' must be a positive whole number.`);
  }

  /** What is to be written, with its type as far as the value tells. */
  content(name: string): { readonly bytes: Uint8Array; readonly contentType: string | undefined } {
    const value = this.values.get(name) ?? undefined;
    return encodeBody(value, undefined) ?? { bytes: new Uint8Array(), contentType: undefined };
  }
}

export function badRequest(message: string): ConnectorError {
  return new ConnectorError(400, 'BadRequest', message);
}

/** A value of the connection's `parameterValues`. */
export function connectionValue(values: ObjectValue, name: string): string | undefined {
  const given = values.get('parameterValues');
  const value = isObject(given) ? given.get(name) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
