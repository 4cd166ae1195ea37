/** Where a step stands, as a chain of levels from its own scope out to the root of the run, and on into the run that called it. */
import { stepKey } from '../../events';
import type { Step } from '../../events';
import type { Nesting, NestingOfRun } from './nesting';

/** One scope as it is being executed: the root of a run, the inside of a scope, one iteration of a loop. */
export interface Level {
  /** Identity of the scope's execution. */
  readonly scope: string;
  /** The action of that scope that the step is, or is inside of. Undefined for a trigger. */
  readonly action: string | undefined;
  readonly runId: string;
  readonly workflow: string;
  /** Set when the scope is an iteration: the loop's own key. */
  readonly loop?: string;
}

export interface RunOrigin {
  readonly workflow: string;
  readonly parent: { readonly runId: string; readonly step: Step } | undefined;
}

export const triggerScope = (runId: string): string => `${runId}|@`;
export const rootScope = (runId: string): string => `${runId}|`;
export const loopKey = (runId: string, loop: Step): string => `${runId}|${stepKey(loop)}`;
export const insideOf = loopKey;
export const iterationScope = (loop: string, index: number): string => `${loop}#${index}`;

/** The levels of a step, innermost first; those of calling runs follow. */
export function levelsOf(
  runId: string,
  step: Step | undefined,
  origins: ReadonlyMap<string, RunOrigin>,
  nesting: NestingOfRun,
): Level[] {
  const origin = origins.get(runId);
  const workflow = origin?.workflow ?? '';
  const own = step === undefined ? [] : stepLevels(runId, workflow, step, nesting(runId));
  if (step === undefined) own.push({ scope: triggerScope(runId), action: undefined, runId, workflow });
  const parent = origin?.parent;
  return parent === undefined ? own : [...own, ...levelsOf(parent.runId, parent.step, origins, nesting)];
}

function stepLevels(runId: string, workflow: string, step: Step, nesting: Nesting): Level[] {
  const levels: Level[] = [];
  let scope = rootScope(runId);
  let loop: string | undefined;
  let depth = 0;
  const push = (action: string): void => {
    levels.push({ scope, action, runId, workflow, ...(loop === undefined ? {} : { loop }) });
  };
  for (const owner of nesting.owners(workflow, step.action)) {
    push(owner.action);
    const key = insideOf(runId, { action: owner.action, repetition: step.repetition.slice(0, depth) });
    if (owner.loop) {
      scope = iterationScope(key, step.repetition[depth] ?? 0);
      loop = key;
      depth += 1;
    } else {
      scope = key;
      loop = undefined;
    }
  }
  push(step.action);
  return levels.reverse();
}
