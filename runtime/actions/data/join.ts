/** Join: the items of an array as one string. */
import { textOf } from '../../engine/text';
import { isObject, objectOf } from '../../../language/json/value';
import { StepFailure, succeeded } from '../../engine/failure';
import { typeName } from '../../engine/variables';
import type { ActionHandler } from '../handler';
import { sourceOf } from './items';

export const join: ActionHandler = {
  type: 'Join',
  start(step) {
    const inputs = step.inputs();
    const separator = isObject(inputs) ? inputs.get('joinWith') : undefined;
    if (typeof separator !== 'string') {
      throw new StepFailure(
        'BadRequest',
        `The 'joinWith' property value in the 'join' action inputs is of type '${typeName(separator)}'. The value must be a string.`,
      );
    }
    const from = sourceOf(step);
    return succeeded(objectOf({ body: from.map(textOf).join(separator) }));
  },
};
