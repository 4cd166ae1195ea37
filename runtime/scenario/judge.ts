/** Holds what was seen against what a case expects. `expect` and `derived` count, `soft` does not. */
import { parseValue } from '../../language/json/parse';
import { isArray, isObject, objectOf } from '../../language/json/value';
import type { ObjectValue, Value } from '../../language/json/value';
import type { ActionView, RunHistory, StepView } from '../engine/history';
import type { Payload } from '../events';
import { numberOf } from '../engine/numbers';
import { judgeConcurrent, judgeCounts, judgeResponse, judgeSeen } from './judgeMessages';
import { mismatches, oneOf } from './match';
import type { Mismatch } from './match';
import type { Observation } from './observation';

/** Everything that is not as expected; empty when the case passes. */
export function judgeCase(expect: ObjectValue | undefined, seen: Observation, folder: string): Mismatch[] {
  const found: Mismatch[] = seen.errors.map((message) => ({ path: 'mocks', message }));
  if (expect === undefined) return found;
  found.push(...judgeAll(expect, seen, folder));
  const derived = expect.get('derived');
  if (isObject(derived)) found.push(...judgeAll(derived, seen, folder));
  return found;
}

function judgeAll(expect: ObjectValue, seen: Observation, folder: string): Mismatch[] {
  const [run] = seen.runs;
  return [...expect].flatMap(([name, value]): Mismatch[] => {
    switch (name) {
      case 'derived':
      case 'soft':
      case 'keyOrder':
      case 'relations':
      case 'notes':
        return [];
      case 'runs':
        return judgeRuns(value, seen);
      case 'runsNoOverlap':
        return value === true ? judgeOverlap(seen.runs) : [];
      case 'response':
        return judgeResponse('response', value, seen.response, folder);
      case 'asyncResponse':
        return judgeResponse('asyncResponse', value, seen.asyncResponse, folder);
      case 'requestsSeen':
        return isArray(value)
          ? value.flatMap((each, index) => judgeSeen(`requestsSeen[${index}]`, each, seen.requests))
          : [];
      case 'requestCounts':
        return judgeCounts(value, seen.requests);
      case 'concurrentRequests':
        return judgeConcurrent(value, seen.concurrent);
      default:
        return run === undefined
          ? [{ path: name, message: 'no run was started' }]
          : judgeRunMember(name, value, run, seen.start);
    }
  });
}

/** The members of `expect` that speak of one run. */
function judgeRunMember(name: string, value: Value, run: RunHistory, start: number): Mismatch[] {
  switch (name) {
    case 'runStatus':
      return oneOf(name, value, run.status);
    case 'runCode':
      return oneOf(name, value, run.code);
    case 'runError':
      return mismatches(name, value, run.error && objectOf({ code: run.error.code, message: run.error.message }));
    case 'terminated':
      return mismatches(name, value, run.code === 'Terminated');
    case 'clientTrackingId':
      return mismatches(name, value, run.clientTrackingId);
    case 'actions':
      return isObject(value) ? judgeActions(value, run) : [];
    case 'order':
      return isArray(value) ? value.flatMap((pair) => judgeOrder(pair, run)) : [];
    case 'minDurationMs':
    case 'maxDurationMs': {
      const duration = (run.endTime ?? start) - run.startTime;
      const bound = numberOf(value) ?? 0;
      const fine = name === 'minDurationMs' ? duration >= bound : duration <= bound;
      return fine ? [] : [{ path: name, message: `the run took ${duration} ms` }];
    }
    default:
      return [{ path: name, message: 'is no member that can be expected' }];
  }
}

function judgeRuns(value: Value, seen: Observation): Mismatch[] {
  const { runs } = seen;
  if (!isArray(value)) return mismatches('runs', value, runs.length);
  if (runs.length !== value.length)
    return [{ path: 'runs', message: `${runs.length} runs were started, expected ${value.length}` }];
  // In any order: each expectation takes the first run that it fits and that none has taken.
  const left = [...runs];
  return value.flatMap((each, index) => {
    if (!isObject(each)) return [];
    const judged = left.map((run) =>
      [...each].flatMap(([name, member]) => judgeRunMember(name, member, run, seen.start)),
    );
    const fit = judged.findIndex((found) => found.length === 0);
    if (fit >= 0) {
      left.splice(fit, 1);
      return [];
    }
    return [
      {
        path: `runs[${index}]`,
        message: `no run fits: ${judged[0]?.[0]?.path ?? ''} ${judged[0]?.[0]?.message ?? ''}`,
      },
    ];
  });
}

function judgeOverlap(runs: readonly RunHistory[]): Mismatch[] {
  const sorted = [...runs].sort((left, right) => left.waitEndTime - right.waitEndTime);
  return sorted.flatMap((run, index) => {
    const before = sorted[index - 1];
    const overlaps = before !== undefined && run.waitEndTime < (before.endTime ?? Infinity);
    return overlaps ? [{ path: 'runsNoOverlap', message: `run ${index + 1} began before run ${index} had ended` }] : [];
  });
}

/** The value in a payload; undefined when it is hidden or missing. */
export function valueOf(payload: Payload | undefined): Value | undefined {
  if (payload?.json === undefined) return undefined;
  const parsed = parseValue(payload.json);
  return parsed.ok ? parsed.value : undefined;
}

/** An action inside loops speaks through its repetitions; one outside has a single execution. */
export function singleStep(action: ActionView): StepView | undefined {
  const [first] = action.repetitions;
  return first !== undefined && first.step.repetition.length === 0 ? first : undefined;
}

/** For an Until its iterations, for a Foreach its items, inside a loop the repetitions, otherwise 1. */
export function repetitionCountOf(action: ActionView): number {
  return singleStep(action)?.repetitionCount ?? action.repetitions.length;
}

function judgeActions(expected: ObjectValue, run: RunHistory): Mismatch[] {
  const actions = new Map(run.actions().map((action) => [action.name, action]));
  return [...expected].flatMap(([name, wanted]) => {
    const path = `actions.${name}`;
    const action = actions.get(name);
    if (!isObject(wanted)) return [];
    if (action === undefined) return [{ path, message: 'has not run and was not skipped' }];
    return judgeAction(path, wanted, action);
  });
}

function judgeAction(path: string, wanted: ObjectValue, action: ActionView): Mismatch[] {
  const step = singleStep(action) ?? action.repetitions.at(-1);
  return [...wanted].flatMap(([name, value]): Mismatch[] => {
    switch (name) {
      case 'status':
        return oneOf(`${path}.status`, value, action.status);
      case 'repetitionCount':
        return mismatches(`${path}.repetitionCount`, value, repetitionCountOf(action));
      case 'repetitions':
        return isArray(value) ? value.flatMap((each) => judgeRepetition(path, each, action)) : [];
      case 'hidden':
        return isArray(value) ? value.flatMap((each) => judgeHidden(path, each, step)) : [];
      case 'httpOnly':
      case 'soft':
      case 'notes':
        return [];
      default:
        return step === undefined ? [] : mismatches(`${path}.${name}`, value, stepMember(step, name));
    }
  });
}

function stepMember(step: StepView, name: string): Value | undefined {
  switch (name) {
    case 'status':
      return step.status;
    case 'code':
      return step.code;
    case 'inputs':
      return valueOf(step.inputs);
    case 'outputs':
      return valueOf(step.outputs);
    case 'trackedProperties':
      return valueOf(step.trackedProperties);
    case 'error':
      return step.error && objectOf({ code: step.error.code, message: step.error.message });
    default:
      return undefined;
  }
}

function judgeRepetition(path: string, wanted: Value, action: ActionView): Mismatch[] {
  if (!isObject(wanted)) return [];
  const index = wanted.get('index');
  const indexes = isArray(index) ? index.map((each) => numberOf(each) ?? -1) : [];
  const place = `${path}.repetitions[${indexes.join(',')}]`;
  const step = action.repetitions.find(({ step: { repetition } }) => repetition.join() === indexes.join());
  if (step === undefined) return [{ path: place, message: 'is missing' }];
  return [...wanted].flatMap(([name, value]) => {
    if (name === 'index' || name === 'httpOnly' || name === 'notes') return [];
    const actual = stepMember(step, name);
    return name === 'status' ? oneOf(`${place}.status`, value, actual) : mismatches(`${place}.${name}`, value, actual);
  });
}

function judgeHidden(path: string, which: Value, step: StepView | undefined): Mismatch[] {
  const payload = which === 'inputs' ? step?.inputs : step?.outputs;
  return payload?.json === undefined
    ? []
    : [{ path: `${path}.${which === 'inputs' ? 'inputs' : 'outputs'}`, message: 'must be hidden' }];
}

function judgeOrder(pair: Value, run: RunHistory): Mismatch[] {
  if (!isArray(pair)) return [];
  const actions = new Map(run.actions().map((action) => [action.name, action]));
  const [first, second] = pair.map((name) => (typeof name === 'string' ? actions.get(name) : undefined));
  const path = `order ${pair.map((each) => String(each as unknown)).join(' before ')}`;
  if (first === undefined || second === undefined) return [{ path, message: 'one of them has not run' }];
  const ended = Math.max(...first.repetitions.map(({ endTime }) => endTime ?? Infinity));
  const started = Math.min(...second.repetitions.map(({ startTime }) => startTime));
  return ended <= started ? [] : [{ path, message: 'the second started before the first had ended' }];
}
