/**
 * The boundary between a run and its events: the only place where values become text, and where what must stay hidden is taken out.
 */
import { stringify } from '../../language/json/stringify';
import type { ObjectValue, Value } from '../../language/json/value';
import { isArray, isObject } from '../../language/json/value';
import type { Payload, RunEvent } from '../events';

/** A `RunEvent` without what every event has. */
export type EventBody = RunEvent extends infer Event
  ? Event extends RunEvent
    ? Omit<Event, 'runId' | 'sequence' | 'time'>
    : never
  : never;

const noPayload: Payload = {};
const securedPayload: Payload = { secured: true };
const SANITIZED = '*sanitized*';
/** A secret this short would blot out ordinary words. */
const SHORTEST_SECRET = 4;

/** Hides the secrets of a project in texts that leave the engine. */
export class Redactor {
  readonly #secrets: readonly string[];

  /** `secrets`: values of secure parameters and of connections. */
  constructor(secrets: Iterable<string>) {
    this.#secrets = [...new Set(secrets)]
      .filter((each) => each.length >= SHORTEST_SECRET)
      .sort((left, right) => right.length - left.length);
  }

  /** A value as an event carries it. `authentication` members keep their type only. */
  payload(value: Value | undefined, secured: boolean): Payload {
    if (secured) return securedPayload;
    if (value === undefined) return noPayload;
    return { json: this.text(stringify(withoutCredentials(value))) };
  }

  text(text: string): string {
    let result = text;
    for (const secret of this.#secrets) {
      if (!result.includes(secret)) continue;
      result = result.replaceAll(secret, SANITIZED);
    }
    return result;
  }
}

/** The inputs of a request with the credentials of its `authentication` taken out; other values as they are. */
function withoutCredentials(value: Value): Value {
  if (!isObject(value)) return value;
  let copy: Map<string, Value> | undefined;
  for (const [name, each] of value) {
    const clean =
      name === 'authentication'
        ? sanitized(each)
        : name === 'subscribe' || name === 'unsubscribe'
          ? withoutCredentials(each)
          : each;
    if (clean !== each) (copy ??= new Map(value)).set(name, clean);
  }
  return copy ?? value;
}

function sanitized(value: Value): Value {
  if (isArray(value)) return value.map(sanitized);
  if (!isObject(value)) return value === null ? null : SANITIZED;
  const clean = new Map<string, Value>();
  for (const [name, each] of value) clean.set(name, name.toLowerCase() === 'type' ? each : SANITIZED);
  return clean satisfies ObjectValue;
}
