/** What the gate sees of a held trigger or step. Made only when there is a gate. */
import type { EvaluationContext } from '../../language/expressions/context';
import type { Value } from '../../language/json/value';
import type { JsonNode } from '../../language/json/tree';
import type { Attempt, Failure, Payload, Step } from '../events';
import type { EnclosingFrame, Frame, StepResult } from './gate';
import type { Activation } from './activation';
import { outcomeOfThrown } from './failure';
import type { Run } from './run';
import type { ActionStep } from './step';
import { compileText } from './template';

export class FrameView implements Frame {
  readonly runId: string;
  readonly workflow: string;
  readonly step: Step | undefined;
  readonly name: string;
  readonly type: string;
  readonly context: EvaluationContext;
  readonly secured: { readonly inputs: boolean; readonly outputs: boolean };
  #result: StepResult | undefined;
  #inputs: { readonly value: Value | undefined } | { readonly error: Failure } | undefined;

  constructor(
    private readonly run: Run,
    private readonly held: ActionStep | undefined,
    result: StepResult | undefined,
  ) {
    this.runId = run.runId;
    this.workflow = run.plan.name;
    this.step = held?.id;
    this.name = held?.name ?? run.trigger.name;
    this.type = held?.plan.type ?? run.trigger.type;
    this.context = held?.ownContext() ?? run.rootContext;
    this.secured = held === undefined ? run.trigger.settings.secured : run.log.secured(held.plan);
    this.#result = result;
  }

  get result(): StepResult | undefined {
    return this.#result;
  }

  get node(): JsonNode | undefined {
    return (this.held?.plan ?? this.run.trigger).node;
  }

  attempts(): readonly Attempt[] {
    return this.held?.record.attempts ?? [];
  }

  /** Scopes, loops and branches around the step, outermost first. */
  get enclosing(): readonly EnclosingFrame[] {
    const frames: EnclosingFrame[] = [];
    let inner: Activation | undefined = this.held?.activation;
    for (let owner = this.held?.scopeRun.owner; owner !== undefined; owner = owner.scopeRun.owner) {
      const loop = owner.plan.isLoop && inner?.loop === owner.plan ? inner : undefined;
      frames.push({
        step: owner.id,
        type: owner.plan.type,
        ...(loop === undefined ? {} : { iteration: { index: loop.index, count: owner.itemCount, item: loop.item } }),
      });
      inner = owner.activation;
    }
    return frames.reverse();
  }

  /** `expression` may be written with or without its `@`. */
  shown(value: Value | undefined, expression: string): Payload {
    const text = expression.trim();
    const template = compileText(text.startsWith('@') || text.includes('@{') ? text : `@${text}`);
    const { held } = this;
    const loops = held === undefined ? [] : held.plan.isLoop ? [...held.plan.loops, held.plan] : held.plan.loops;
    return this.run.log.shown(value, template, loops);
  }

  variables(): readonly { readonly name: string; readonly kind: string; readonly value: Value }[] {
    return this.run.variables.list().map(({ name, type, value }) => ({ name, kind: type, value }));
  }

  setVariable(name: string, value: Value): Failure | undefined {
    const change = this.run.variables.set(name, value);
    if ('code' in change) return change;
    if (this.held !== undefined) this.run.log.variableSet(this.held, change);
    return undefined;
  }

  setInputs(value: Value): Failure | undefined {
    const { held } = this;
    if (held === undefined || held.record.inputs !== undefined || held.finished || held.plan.scopes.length > 0) {
      return { code: 'BadRequest', message: 'Only the inputs of an action that has not begun can be replaced.' };
    }
    if (held.plan.handler.preview !== undefined) {
      const message = `An action of type '${held.plan.type}' evaluates its inputs item by item: they cannot be replaced.`;
      return { code: 'BadRequest', message };
    }
    held.given = value;
    this.#inputs = { value };
    return undefined;
  }

  inputs(): { readonly value: Value | undefined } | { readonly error: Failure } {
    return (this.#inputs ??= this.#evaluateInputs());
  }

  #evaluateInputs(): { readonly value: Value | undefined } | { readonly error: Failure } {
    if (this.held === undefined) return { value: this.run.request.result.inputs };
    if (this.#result !== undefined) return { value: this.held.record.inputs };
    const { plan, context } = this.held;
    try {
      return { value: plan.handler.preview?.(this.held) ?? plan.inputs?.evaluate(context) };
    } catch (thrown) {
      const { error } = outcomeOfThrown(thrown);
      return error === undefined ? { value: undefined } : { error };
    }
  }

  setResult(result: StepResult): void {
    this.#result = result;
    this.held?.replaceResult(result);
  }

  get signal(): AbortSignal {
    return this.held?.signal ?? this.run.signal;
  }
}
