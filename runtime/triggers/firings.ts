/**
 * From what a trigger brought to the runs it starts: conditions, and splitOn with one run per item.
 * Source: schema reference, "Trigger multiple runs" and trigger conditions.
 */
import { isArray, isObject } from '../../language/json/value';
import type { Value } from '../../language/json/value';
import type { JsonNode } from '../../language/json/tree';
import { StepFailure } from '../engine/failure';
import type { TriggerPlan } from '../engine/plan';
import { anyCase } from '../engine/settings';
import { textOf } from '../engine/text';
import { typeName } from '../engine/variables';
import type { TriggerContext } from './context';

export interface Firing {
  readonly outputs: Value | undefined;
  /** Of splitOn's own correlation. */
  readonly clientTrackingId?: string;
}

export type Firings =
  | { readonly status: 'fired'; readonly firings: readonly Firing[]; readonly split: boolean }
  /** A condition did not hold. */
  | { readonly status: 'skipped'; readonly reason: string }
  | { readonly status: 'failed'; readonly code: string; readonly message: string };

/** Makes the context in which a trigger with these outputs is evaluated. */
export type ContextOf = (outputs: Value | undefined) => TriggerContext;

export interface FiringOptions {
  /** The outputs are one item of splitOn already. */
  readonly debatched?: boolean;
  readonly mostItems: number;
}

export function firingsOf(
  trigger: TriggerPlan,
  outputs: Value | undefined,
  contextOf: ContextOf,
  options: FiringOptions,
): Firings {
  try {
    const unmet = unmetCondition(trigger, contextOf(outputs));
    if (unmet !== undefined) return { status: 'skipped', reason: `The trigger condition '${unmet}' is not met.` };
    const node = trigger.settings.member('splitOn');
    if (node === undefined || options.debatched === true)
      return { status: 'fired', firings: [{ outputs }], split: false };
    return split(trigger, node, outputs, contextOf, options.mostItems);
  } catch (error) {
    if (error instanceof StepFailure) return { status: 'failed', code: error.code, message: error.message };
    throw error;
  }
}

/** The first condition that does not hold, as it is written. */
function unmetCondition(trigger: TriggerPlan, context: TriggerContext): string | undefined {
  const conditions = trigger.settings.member('conditions');
  if (conditions?.kind !== 'array') return undefined;
  for (const condition of conditions.items) {
    const expression = condition.kind === 'object' ? anyCase(condition, 'expression') : condition;
    if (expression === undefined) continue;
    if (trigger.template(expression).evaluate(context) !== true)
      return expression.kind === 'string' ? expression.value : '';
  }
  return undefined;
}

function split(
  trigger: TriggerPlan,
  node: JsonNode,
  outputs: Value | undefined,
  contextOf: ContextOf,
  most: number,
): Firings {
  const items = trigger.template(node).evaluate(contextOf(outputs));
  if (!isArray(items)) {
    return {
      status: 'failed',
      code: 'InvalidTemplate',
      message:
        `The template language expression of 'splitOn' of trigger '${trigger.name}' is of type '${typeName(items)}'. ` +
        `The result must be an array.`,
    };
  }
  if (items.length > most) {
    const message = `The array of 'splitOn' has ${items.length} items; the limit is ${most}.`;
    return { status: 'failed', code: 'SplitOnItemsLimitExceeded', message };
  }
  const correlation = anyCase(
    anyCase(trigger.settings.member('splitOnConfiguration'), 'correlation'),
    'clientTrackingId',
  );
  const firings = items.map((item): Firing => {
    const each = withBody(outputs, item);
    if (correlation === undefined) return { outputs: each };
    return { outputs: each, clientTrackingId: textOf(trigger.template(correlation).evaluate(contextOf(each))) };
  });
  return { status: 'fired', firings, split: true };
}

function withBody(outputs: Value | undefined, body: Value): Value {
  const copy = new Map<string, Value>(isObject(outputs) ? outputs : []);
  copy.set('body', body);
  return copy;
}
