/** What the debug console says about runs: a line for each step of the workflow itself, for failures, the response and the end. */
import { parseValue } from '../../language/json/parse';
import type { Value } from '../../language/json/value';
import { stepKey } from '../../runtime/events';
import type { RunEvent } from '../../runtime/events';
import { contentText, rowText } from './valueText';

export interface OutputLine {
  readonly category: 'stdout' | 'stderr';
  readonly text: string;
  /** What the line is about: its place in the text is shown beside it. */
  readonly workflow?: string;
  readonly step?: { readonly role: 'trigger' | 'action'; readonly name: string };
  /** Stands below the line, and can be opened. */
  readonly value?: Value;
}

interface ToldRun {
  readonly workflow: string;
  readonly startTime: number;
  /** Steps that have their line: a run that begins again from an action tells the loops around it twice. */
  readonly steps: Set<string>;
}

export class RunOutput {
  readonly #workflows = new Map<string, ToldRun>();

  /** The line for an event; most events have none. */
  line(event: RunEvent): OutputLine | undefined {
    switch (event.type) {
      case 'runStarted': {
        const { runId, workflow, trigger, parent } = event;
        this.#workflows.set(runId, { workflow, startTime: event.time, steps: new Set() });
        const by = parent === undefined ? trigger : `${parent.step.action} of run ${parent.runId}`;
        return {
          category: 'stdout',
          text: `${workflow}: run ${runId} started by ${by}`,
          workflow,
          step: { role: 'trigger', name: trigger },
        };
      }
      case 'actionFinished':
        return this.#step(event);
      case 'responseSent': {
        const { statusCode, body, runId } = event;
        const workflow = this.#workflows.get(runId)?.workflow ?? 'run';
        const read = body.json === undefined ? undefined : parseValue(body.json);
        const value = read?.ok === true ? read.value : undefined;
        // An object stands in a row of its own, to be opened.
        const isOpenable = typeof value === 'object' && value !== null && contentText(value) === undefined;
        const shown = value === undefined || isOpenable ? '' : ` ${(contentText(value) ?? rowText(value)).trim()}`;
        return {
          category: 'stdout',
          text: `${workflow}: response ${statusCode}${shown}`,
          workflow,
          ...(event.step === undefined ? {} : { step: { role: 'action', name: event.step.action } }),
          ...(isOpenable ? { value } : {}),
        };
      }
      case 'runFinished': {
        const { runId, status, error } = event;
        const run = this.#workflows.get(runId);
        this.#workflows.delete(runId);
        const time = run === undefined ? '' : ` after ${duration(event.time - run.startTime)}`;
        const reason = error === undefined ? '' : `: ${error.code}, ${error.message}`;
        return {
          category: status === 'Succeeded' || status === 'Cancelled' ? 'stdout' : 'stderr',
          text: `${run?.workflow ?? 'run'}: ${status.toLowerCase()}${time}${reason}`,
        };
      }
      case 'triggerFired':
      case 'actionStarted':
      case 'actionInputs':
      case 'attempt':
      case 'iterationStarted':
      case 'iterationFinished':
      case 'variableSet':
      case 'paused':
      case 'resumed':
        return undefined;
    }
  }

  /** Repetitions are told only when they fail: a loop of ten thousand must not bury everything else. */
  #step(event: RunEvent & { readonly type: 'actionFinished' }): OutputLine | undefined {
    const { step, status, error, runId } = event;
    const failed = status === 'Failed' || status === 'TimedOut';
    if (step.repetition.length > 0 && !failed) return undefined;
    const run = this.#workflows.get(runId);
    const key = stepKey(step);
    if (run?.steps.has(key) === true) return undefined;
    run?.steps.add(key);
    const workflow = run?.workflow;
    const count =
      event.repetitionCount === undefined
        ? ''
        : event.repetitionCount === 1
          ? ', one repetition'
          : `, ${event.repetitionCount} repetitions`;
    const time = status === 'Skipped' ? '' : ` (${duration(event.time - event.startTime)}${count})`;
    const reason = failed && error !== undefined ? `: ${error.code}, ${error.message}` : '';
    return {
      category: failed ? 'stderr' : 'stdout',
      text: `  ${status.padEnd(9)} ${key}${time}${reason}`,
      ...(workflow === undefined ? {} : { workflow }),
      step: { role: 'action', name: step.action },
    };
  }
}

/** Milliseconds in words: `850 ms`, `2.4 s`, `3 min 10 s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
