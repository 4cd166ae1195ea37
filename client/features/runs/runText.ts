/** A run as text to read: folded from its events into JSON, in the order in which things happened. Pure. */
import { parseValue } from '../../../language/json/parse';
import { stringifyIndented } from '../../../language/json/stringify';
import { isArray, objectOf } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { stepKey } from '../../../runtime/events';
import type { Failure, Payload, RunEvent } from '../../../runtime/events';

const HIDDEN = '(hidden by secureData)';

/** JSON with the run, its trigger, its actions by name (repetitions as `Name[0]`), and the response. */
export function runText(events: readonly RunEvent[]): string {
  const run = new Map<string, Value>();
  const trigger = new Map<string, Value>();
  const actions = new Map<string, Map<string, Value>>();
  let response: Value = null;
  const action = (step: { readonly action: string; readonly repetition: readonly number[] }): Map<string, Value> => {
    const key = stepKey(step);
    let record = actions.get(key);
    if (record === undefined) actions.set(key, (record = new Map<string, Value>()));
    return record;
  };
  for (const event of events) {
    switch (event.type) {
      case 'runStarted':
        run.set('id', event.runId);
        run.set('workflow', event.workflow);
        run.set('status', 'Running');
        run.set('startTime', timeOf(event.time));
        run.set('correlation', event.clientTrackingId);
        trigger.set('name', event.trigger);
        break;
      case 'triggerFired':
        trigger.set('status', event.status);
        setPayload(trigger, 'inputs', event.inputs);
        setPayload(trigger, 'outputs', event.outputs);
        break;
      case 'actionStarted':
        action(event.step).set('status', 'Running');
        break;
      case 'actionInputs':
        setPayload(action(event.step), 'inputs', event.inputs);
        break;
      case 'attempt': {
        const { number, code, method, url, statusCode, startTime, endTime } = event.attempt;
        const record = action(event.step);
        const before = record.get('attempts');
        const attempt = objectOf({
          number,
          code,
          method,
          url,
          statusCode,
          milliseconds: Math.round(endTime - startTime),
        });
        record.set('attempts', [...(isArray(before) ? before : []), attempt]);
        break;
      }
      case 'actionFinished': {
        const record = action(event.step);
        record.set('status', event.status);
        record.set('code', event.code);
        record.set('milliseconds', Math.round(event.time - event.startTime));
        setPayload(record, 'outputs', event.outputs);
        if (event.error !== undefined) record.set('error', errorOf(event.error));
        if (event.trackedProperties !== undefined) setPayload(record, 'trackedProperties', event.trackedProperties);
        if (event.repetitionCount !== undefined) record.set('repetitionCount', event.repetitionCount);
        break;
      }
      case 'responseSent':
        response = objectOf({
          statusCode: event.statusCode,
          headers: objectOf(event.headers),
          body: valueOf(event.body),
        });
        break;
      case 'runFinished':
        run.set('status', event.status);
        run.set('endTime', timeOf(event.time));
        if (event.code !== undefined) run.set('code', event.code);
        if (event.error !== undefined) run.set('error', errorOf(event.error));
        if (event.outputs !== undefined) setPayload(run, 'outputs', event.outputs);
        break;
      case 'iterationStarted':
      case 'iterationFinished':
      case 'variableSet':
      case 'paused':
      case 'resumed':
        break;
    }
  }
  return `${stringifyIndented(objectOf({ run, trigger, response, actions }))}\n`;
}

function setPayload(record: Map<string, Value>, name: string, payload: Payload): void {
  const value = valueOf(payload);
  if (value !== undefined) record.set(name, value);
}

function valueOf(payload: Payload): Value | undefined {
  if (payload.secured === true) return HIDDEN;
  if (payload.json === undefined) return undefined;
  const read = parseValue(payload.json);
  return read.ok ? read.value : payload.json;
}

function errorOf({ code, message }: Failure): Value {
  return objectOf({ code, message });
}

function timeOf(time: number): string {
  return new Date(time).toISOString();
}
