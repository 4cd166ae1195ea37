/** Terminate: ends the run with a status and error of the author's choice; the action itself succeeds. */
import { isObject } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { stringify } from '../../../language/json/stringify';
import type { RunStatus } from '../../events';
import { StepFailure } from '../../engine/failure';
import type { ActionHandler } from '../handler';

const statuses: readonly RunStatus[] = ['Succeeded', 'Failed', 'Cancelled'];

export const terminate: ActionHandler = {
  type: 'Terminate',
  start(step) {
    const inputs = step.inputs();
    const written = isObject(inputs) ? inputs.get('runStatus') : undefined;
    const status = statuses.find((each) => typeof written === 'string' && each.toLowerCase() === written.toLowerCase());
    if (status === undefined) {
      throw new StepFailure(
        'InvalidTemplate',
        `The action '${step.name}' has no valid "runStatus": it must be one of ${statuses.join(', ')}.`,
      );
    }
    const given = isObject(inputs) ? inputs.get('runError') : undefined;
    const runError = isObject(given) ? given : undefined;
    step.ending = {
      status,
      code: 'Terminated',
      ...(status === 'Failed'
        ? {
            error: { code: text(runError?.get('code')) ?? 'Terminated', message: text(runError?.get('message')) ?? '' },
          }
        : {}),
    };
    return { status: 'Succeeded' };
  },
};

/** The platform keeps code and message as strings, whatever they evaluate to. */
function text(value: Value | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' ? value : stringify(value);
}
