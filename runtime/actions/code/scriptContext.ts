/** What scripts in other languages see of a run: the trigger and the actions before them, as plain JSON. */
import { objectOf } from '../../../language/json/value';
import type { ObjectValue, Value } from '../../../language/json/value';
import type { ActionStep } from '../../engine/step';

/** `trigger`, and `actions` by name with inputs, outputs, status and times. */
export function scriptContext(step: ActionStep): { readonly trigger: Value; readonly actions: ObjectValue } {
  const { run, context } = step;
  const actions = new Map<string, Value>();
  for (const { name } of run.plan.actions.values()) {
    const view = name === step.name ? undefined : context.action(name);
    if (view !== undefined) actions.set(name, view);
  }
  return { trigger: run.triggerView ?? objectOf({}), actions };
}
