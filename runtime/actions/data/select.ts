/** Select: maps every item of an array. */
import { objectOf } from '../../../language/json/value';
import { StepFailure, succeeded } from '../../engine/failure';
import { anyCase } from '../../engine/settings';
import type { ActionHandler } from '../handler';
import { shownInputs, sourceOf } from './items';

export const select: ActionHandler = {
  type: 'Select',
  preview: (step) => shownInputs(step, sourceOf(step)),
  start(step) {
    const from = sourceOf(step);
    step.recordInputs(shownInputs(step, from));
    const node = anyCase(step.plan.inputsNode, 'select');
    if (node === undefined) throw new StepFailure('InvalidTemplate', `The action '${step.name}' has no "select".`);
    const template = step.plan.template(node);
    const context = step.itemContext();
    const body = from.map((item) => {
      context.current = item;
      return step.placed(() => template.evaluate(context));
    });
    return succeeded(objectOf({ body }));
  },
};
