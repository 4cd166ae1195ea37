/**
 * What an expression can ask of the run it is evaluated in. The engine implements this; `eval` and tests build it from JSON.
 * Names are given as written; an implementation matches them without regard to case.
 * A member that returns `undefined` says "no such thing here", and the evaluator makes the platform's error of it.
 */
import type { ObjectValue, Value } from '../json/value';

export interface EvaluationContext {
  /** `parameters('x')`. */
  parameter(name: string): Value | undefined;
  /** `appsetting('x')`. */
  appSetting(name: string): Value | undefined;
  /** `variables('x')`. */
  variable(name: string): Value | undefined;
  /** What `trigger()` returns: name, inputs, outputs, startTime, endTime, status, … */
  trigger(): ObjectValue | undefined;
  /** What `actions('x')` returns, or undefined for an unknown action. An action that has not run has no `outputs`. */
  action(name: string): ObjectValue | undefined;
  /**
   * The `outputs` in what `action(name)` gives, for those who can tell them more cheaply than the whole. Undefined: look there.
   */
  actionOutputs?(name: string): Value | undefined;
  /** What `action()` returns (webhooks, Until conditions, tracked properties). */
  currentAction(): ObjectValue | undefined;
  /** `item()`: the item of the innermost loop or of the Select, Query or Table being evaluated. */
  item(): Value | undefined;
  /** `items('loop')`. */
  items(loop: string): Value | undefined;
  /** `iterationIndexes('until')`. */
  iterationIndex(loop: string): number | undefined;
  /** `result('scope')`: an array of the first-level actions' results. */
  result(scope: string): Value | undefined;
  /** `workflow()`. */
  workflow(): Value | undefined;
  /** `listCallbackUrl()`. */
  callbackUrl(): string | undefined;
  /** `agentParameters('x')`. */
  agentParameter(name: string): Value | undefined;
  /** Milliseconds since 1970-01-01T00:00Z; a fraction carries the platform's 100 ns ticks. */
  now(): number;
  /** 36 characters, lower case, with hyphens. */
  newGuid(): string;
  /** In [0, 1). */
  random(): number;
}
