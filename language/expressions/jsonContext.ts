/**
 * A context made of plain data, as `logicapps eval --context` and the conformance cases give it:
 * `{variables, parameters, appsettings, trigger, outputs, item, items, iterationIndexes, workflow}`; beyond these also `action`,
 * `results`, `callbackUrl` and `agentParameters`.
 */
import { objectOf, isObject } from '../json/value';
import type { ObjectValue, Value } from '../json/value';
import type { EvaluationContext } from './context';
import { memberOf } from './names';

/** What data cannot give. */
export interface ContextPorts {
  readonly now?: () => number;
  readonly newGuid?: () => string;
  readonly random?: () => number;
}

const nothing: ObjectValue = new Map<string, Value>();

/** A context that reads everything from `data`; what is missing there is unknown to the expression. */
export function evaluateJsonContext(data: Value = nothing, ports: ContextPorts = {}): EvaluationContext {
  return new JsonContext(isObject(data) ? data : nothing, ports);
}

class JsonContext implements EvaluationContext {
  readonly #data: ObjectValue;
  readonly #ports: ContextPorts;
  readonly #parameters: ObjectValue;
  readonly #variables: ObjectValue;
  readonly #outputs: ObjectValue;
  readonly #items: ObjectValue;
  readonly #actions = new Map<string, ObjectValue>();

  constructor(data: ObjectValue, ports: ContextPorts) {
    this.#data = data;
    this.#ports = ports;
    this.#parameters = this.#section('parameters');
    this.#variables = this.#section('variables');
    this.#outputs = this.#section('outputs');
    this.#items = this.#section('items');
  }

  #section(name: string): ObjectValue {
    const section = this.#data.get(name);
    return isObject(section) ? section : nothing;
  }

  #object(name: string): ObjectValue | undefined {
    const value = this.#data.get(name);
    return isObject(value) ? value : undefined;
  }

  parameter(name: string): Value | undefined {
    return memberOf(this.#parameters, name);
  }
  appSetting(name: string): Value | undefined {
    return memberOf(this.#section('appsettings'), name);
  }
  variable(name: string): Value | undefined {
    return memberOf(this.#variables, name);
  }
  trigger(): ObjectValue | undefined {
    return this.#object('trigger');
  }
  action(name: string): ObjectValue | undefined {
    const known = this.#actions.get(name);
    if (known !== undefined) return known;
    const outputs = memberOf(this.#outputs, name);
    if (outputs === undefined) return undefined;
    const action = objectOf({ name, outputs, status: 'Succeeded', code: 'OK' });
    this.#actions.set(name, action);
    return action;
  }
  currentAction(): ObjectValue | undefined {
    return this.#object('action');
  }
  item(): Value | undefined {
    return this.#data.get('item');
  }
  items(loop: string): Value | undefined {
    return memberOf(this.#items, loop);
  }
  iterationIndex(loop: string): number | undefined {
    const index = memberOf(this.#section('iterationIndexes'), loop);
    return typeof index === 'number' ? index : undefined;
  }
  result(scope: string): Value | undefined {
    return memberOf(this.#section('results'), scope);
  }
  workflow(): Value | undefined {
    return this.#data.get('workflow');
  }
  callbackUrl(): string | undefined {
    const url = this.#data.get('callbackUrl');
    return typeof url === 'string' ? url : undefined;
  }
  agentParameter(name: string): Value | undefined {
    return memberOf(this.#section('agentParameters'), name);
  }
  now(): number {
    return this.#ports.now?.() ?? Date.now();
  }
  newGuid(): string {
    return this.#ports.newGuid?.() ?? randomGuid(() => this.random());
  }
  random(): number {
    return this.#ports.random?.() ?? Math.random();
  }
}

/** A version 4 UUID. */
function randomGuid(random: () => number): string {
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) => {
    const digit = Math.floor(random() * 16);
    return (place === 'x' ? digit : (digit & 3) | 8).toString(16);
  });
}
