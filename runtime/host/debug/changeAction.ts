/** What a user changes of a held action so as to try the other path: its inputs before it begins, its outputs and status afterwards. */
import type { Value } from '../../../language/json/value';
import type { Frame } from '../../engine/gate';
import type { ActionStatus, Failure, Payload } from '../../events';
import type { ActionMember } from '../commands';
import { payloadOf } from './evaluation';

const statuses: readonly ActionStatus[] = ['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled'];

/** The new value, or the reason why it cannot be. */
export function changeAction(
  frame: Frame,
  member: ActionMember,
  value: Value,
): { readonly value: Payload } | { readonly error: Failure } {
  if (member === 'inputs') {
    const error = frame.setInputs(value);
    return error === undefined ? { value: payloadOf(value, frame.secured.inputs) } : { error };
  }
  const { result } = frame;
  if (result === undefined) {
    return { error: { code: 'BadRequest', message: `The ${member} of an action can be changed once it has run.` } };
  }
  if (member === 'outputs') {
    frame.setResult({ ...result, outputs: value });
    return { value: payloadOf(value, frame.secured.outputs) };
  }
  const wanted = typeof value === 'string' ? value.toLowerCase() : '';
  const status = statuses.find((each) => each.toLowerCase() === wanted);
  if (status === undefined) {
    return { error: { code: 'BadRequest', message: `The status of an action is one of ${statuses.join(', ')}.` } };
  }
  const failed = status === 'Failed' || status === 'TimedOut';
  const { code, outputs } = result;
  const error = { code: 'ActionFailed', message: `The status '${status}' was set by the debugger.` };
  frame.setResult(failed ? { status, code, outputs, error: result.error ?? error } : { status, code, outputs });
  return { value: payloadOf(status) };
}
