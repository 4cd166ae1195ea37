/** Query ("Filter array"): keeps the items for which a condition holds. */
import { objectOf } from '../../../language/json/value';
import { StepFailure, succeeded } from '../../engine/failure';
import { anyCase } from '../../engine/settings';
import { evaluateCondition } from '../control/condition';
import type { ActionHandler } from '../handler';
import { shownInputs, sourceOf } from './items';

export const query: ActionHandler = {
  type: 'Query',
  preview: (step) => shownInputs(step, sourceOf(step)),
  start(step) {
    const from = sourceOf(step);
    step.recordInputs(shownInputs(step, from));
    const where = anyCase(step.plan.inputsNode, 'where');
    if (where === undefined) throw new StepFailure('InvalidTemplate', `The action '${step.name}' has no "where".`);
    const context = step.itemContext();
    const body = from.filter((item) => {
      context.current = item;
      return evaluateCondition(step, where, context);
    });
    return succeeded(objectOf({ body }));
  },
};
