/** Breakpoints on data: a workflow variable that is given a value holds its run behind the step that did it. */
import type { EvaluationContext } from '../../../language/expressions/context';
import { stepKey } from '../../events';
import type { RunEvent, Step } from '../../events';
import type { DataBreakpoint } from '../commands';
import { conditionMet, hitTest } from './breakpoints';
import type { Evaluation } from './breakpoints';

interface Watch {
  readonly breakpoint: DataBreakpoint;
  readonly isHit: (hits: number) => boolean;
  hits: number;
}

interface Change {
  readonly watches: readonly Watch[];
  readonly variable: string;
}

export class DataWatches {
  readonly #evaluation: Evaluation;
  readonly #workflows = new Map<string, string>();
  readonly #changes = new Map<string, Change>();
  #watches: readonly Watch[] = [];

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation;
  }

  set(breakpoints: readonly DataBreakpoint[]): void {
    this.#watches = breakpoints.map((breakpoint) => {
      const old = this.#watches.find((each) => each.breakpoint.id === breakpoint.id);
      return { breakpoint, isHit: hitTest(breakpoint.hitCondition), hits: old?.hits ?? 0 };
    });
    this.#changes.clear();
  }

  get empty(): boolean {
    return this.#watches.length === 0;
  }

  /** A change that was met and not yet shown. */
  get pending(): boolean {
    return this.#changes.size > 0;
  }

  /** Changes within the call are not met. */
  paused<Result>(change: () => Result): Result {
    const watches = this.#watches;
    this.#watches = [];
    try {
      return change();
    } finally {
      this.#watches = watches;
    }
  }

  observe(event: RunEvent): void {
    if (event.type === 'runStarted') this.#workflows.set(event.runId, event.workflow.toLowerCase());
    else if (event.type === 'runFinished') this.#workflows.delete(event.runId);
    else if (event.type === 'variableSet' && !this.empty) this.#changed(event.runId, event.step, event.name);
  }

  /** The variable that the step has set, when a run has to be held for it. */
  take(
    runId: string,
    step: Step,
    context: EvaluationContext,
  ): { readonly variable: string; readonly ids: readonly number[] } | undefined {
    if (this.#changes.size === 0) return undefined;
    const key = `${runId}|${stepKey(step)}`;
    const change = this.#changes.get(key);
    this.#changes.delete(key);
    const ids = (change?.watches ?? []).flatMap((watch) => {
      const { condition, id } = watch.breakpoint;
      if (!conditionMet(condition, context, this.#evaluation).met) return [];
      watch.hits += 1;
      return watch.isHit(watch.hits) ? [id] : [];
    });
    return change === undefined || ids.length === 0 ? undefined : { variable: change.variable, ids };
  }

  #changed(runId: string, step: Step, variable: string): void {
    const workflow = this.#workflows.get(runId);
    const name = variable.toLowerCase();
    const watches = this.#watches.filter(
      ({ breakpoint }) => breakpoint.workflow.toLowerCase() === workflow && breakpoint.variable.toLowerCase() === name,
    );
    if (watches.length > 0) this.#changes.set(`${runId}|${stepKey(step)}`, { watches, variable });
  }
}
