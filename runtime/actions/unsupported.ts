/** Types that are not executed on this machine: they load, show and can be mocked; executing one says what to do. */
import { StepFailure } from '../engine/failure';
import type { ActionHandler } from './handler';

export const wayOut = 'Mock it in a scenario, enable a static result for it, or run the workflow in Azure.';

/** A handler for a known type without an implementation here. `why` is a whole sentence. */
export function unsupported(
  type: string,
  why = `Actions of type '${type}' are not executed on this machine.`,
): ActionHandler {
  return {
    type,
    mockable: true,
    start(step) {
      step.inputs();
      throw new StepFailure('NotSupportedLocally', `${why} ${wayOut}`);
    },
  };
}

/** What an action of a type nobody knows does. */
export function unknownType(type: string): ActionHandler {
  const name = type === '' ? 'The action has no type.' : `The action type '${type}' is unknown.`;
  return unsupported(type, name);
}
