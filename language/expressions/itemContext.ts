/** A context in which `item()` is another value. */
import type { ObjectValue, Value } from '../json/value';
import type { EvaluationContext } from './context';

export class ItemContext implements EvaluationContext {
  readonly #outer: EvaluationContext;
  readonly #item: Value;

  constructor(outer: EvaluationContext, item: Value) {
    this.#outer = outer;
    this.#item = item;
  }

  item(): Value {
    return this.#item;
  }
  parameter(name: string): Value | undefined {
    return this.#outer.parameter(name);
  }
  appSetting(name: string): Value | undefined {
    return this.#outer.appSetting(name);
  }
  variable(name: string): Value | undefined {
    return this.#outer.variable(name);
  }
  trigger(): ObjectValue | undefined {
    return this.#outer.trigger();
  }
  action(name: string): ObjectValue | undefined {
    return this.#outer.action(name);
  }
  actionOutputs(name: string): Value | undefined {
    return this.#outer.actionOutputs?.(name);
  }
  currentAction(): ObjectValue | undefined {
    return this.#outer.currentAction();
  }
  items(loop: string): Value | undefined {
    return this.#outer.items(loop);
  }
  iterationIndex(loop: string): number | undefined {
    return this.#outer.iterationIndex(loop);
  }
  result(scope: string): Value | undefined {
    return this.#outer.result(scope);
  }
  workflow(): Value | undefined {
    return this.#outer.workflow();
  }
  callbackUrl(): string | undefined {
    return this.#outer.callbackUrl();
  }
  agentParameter(name: string): Value | undefined {
    return this.#outer.agentParameter(name);
  }
  now(): number {
    return this.#outer.now();
  }
  newGuid(): string {
    return this.#outer.newGuid();
  }
  random(): number {
    return this.#outer.random();
  }
}
