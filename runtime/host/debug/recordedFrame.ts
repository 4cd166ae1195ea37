/**
 * A step as it was at a moment of the past. The engine itself puts the run back to that moment from its events, so that expressions see
 * what they saw then; nothing can be changed.
 */
import type { Value } from '../../../language/json/value';
import { parseValue } from '../../../language/json/parse';
import type { Engine } from '../../engine/engine';
import type { Frame, Gate, StepResult } from '../../engine/gate';
import { stepKey } from '../../events';
import type { Attempt, Failure, Payload, RunEvent, Step } from '../../events';
import type { Nesting } from './nesting';
import type { Point, Timeline } from './timeline';

/** A replay that has not come to its place after this many milliseconds never will. */
const PATIENCE = 5000;

const readOnly: Failure = {
  code: 'BadRequest',
  message: 'This is the past, and cannot be changed: go forward to where the run is held, or restart it from here.',
};

export interface Recorded {
  readonly frame: Frame;
  /** Ends the replay. */
  close(): void;
}

/** Undefined when the run does not come to the point again: its workflow has been changed. Throws an `EngineError`. */
export async function recordedFrame(
  engine: Engine,
  timeline: Timeline,
  { step, moment, length }: Point,
  nesting: Nesting,
): Promise<Recorded | undefined> {
  const { events, workflow } = timeline;
  const key = step && stepKey(step);
  const isContainer = step !== undefined && nesting.isContainer(workflow, step.action);
  let close = (): void => undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const found = await new Promise<Frame | undefined>((resolve) => {
    const gate: Gate = {
      before(frame) {
        if (isClosed) return undefined;
        const isTarget = (frame.step && stepKey(frame.step)) === key;
        if (isTarget && (moment === 'before' || !isContainer)) {
          resolve(frame);
          return endless();
        }
        if (frame.step === undefined) return undefined;
        const enters = nesting.isContainer(workflow, frame.name) && timeline.hadBegun(frame.step, length);
        return enters ? undefined : endless();
      },
      after(frame) {
        if (isClosed || frame.step === undefined || stepKey(frame.step) !== key) return undefined;
        resolve(frame);
        return endless();
      },
    };
    const end = engine.recorded(events.slice(0, length), gate, step);
    close = () => {
      isClosed = true;
      end();
    };
    timer = setTimeout(() => resolve(undefined), PATIENCE);
  });
  clearTimeout(timer);
  if (found === undefined) {
    close();
    return undefined;
  }
  return { frame: pastFrame(found, events, step, moment), close };
}

function endless(): Promise<void> {
  return new Promise(() => undefined);
}

function pastFrame(frame: Frame, events: readonly RunEvent[], step: Step | undefined, moment: Point['moment']): Frame {
  const key = step && stepKey(step);
  const mine = events.filter((event) => 'step' in event && event.step !== undefined && stepKey(event.step) === key);
  const given = mine.findLast((event) => event.type === 'actionInputs');
  const result = moment === 'after' ? (frame.result ?? resultOf(mine)) : undefined;
  const attempts = mine.flatMap((event): Attempt[] => (event.type === 'attempt' ? [event.attempt] : []));
  const inputs = given === undefined ? frame.inputs() : { value: valueOf(given.inputs) };
  const { runId, workflow, name, type, node, enclosing, context, secured, signal } = frame;
  return {
    runId,
    workflow,
    step,
    name,
    type,
    node,
    enclosing,
    context,
    secured,
    signal,
    result,
    inputs: () => inputs,
    attempts: () => (moment === 'after' ? attempts : []),
    shown: (value, expression) => frame.shown(value, expression),
    variables: () => frame.variables(),
    setVariable: () => readOnly,
    setInputs: () => readOnly,
    setResult: () => undefined,
  };
}

function resultOf(events: readonly RunEvent[]): StepResult | undefined {
  const finished = events.findLast((event) => event.type === 'actionFinished');
  if (finished === undefined) return undefined;
  const { status, code, outputs, error } = finished;
  return { status, code, outputs: valueOf(outputs), ...(error === undefined ? {} : { error }) };
}

function valueOf(payload: Payload): Value | undefined {
  const read = payload.json === undefined ? undefined : parseValue(payload.json);
  return read?.ok === true ? read.value : undefined;
}
