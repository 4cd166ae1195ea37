/**
 * Stepping, as a user means it: "next" stops at what comes after the step in its own scope or iteration, then at what comes after
 * the scope around, then at the loop's next iteration. Branches and iterations that run beside it are left alone. At a fork each of
 * the branches is stopped. A plan is one such intent; it lives until it has been fulfilled, overtaken, or its run has ended.
 */
import type { RunEvent, Step } from '../../events';
import type { Resume } from '../commands';
import type { NestingOfRun } from './nesting';
import { insideOf, iterationScope, levelsOf, loopKey, rootScope, triggerScope } from './position';
import type { Level, RunOrigin } from './position';

interface Wish {
  scope: string;
  /** Only what comes after this action counts; undefined: the scope's first actions. */
  after: string | undefined;
  /** What the plan has already stopped at in this scope; what follows it is beyond the plan. */
  readonly caught: string[];
  readonly loop: string | undefined;
  /** True when the next iteration of the loop to start is the wished-for scope. */
  awaitsIteration: boolean;
  /** Set when a run called by this step is the wished-for scope. */
  readonly calledBy: string | undefined;
}

interface Plan {
  wishes: Wish[];
}

export class Stepping {
  readonly #origins = new Map<string, RunOrigin>();
  readonly #nesting: NestingOfRun;
  #plans: Plan[] = [];

  constructor(nesting: NestingOfRun) {
    this.#nesting = nesting;
  }

  /** True when no step can be wished for: the gate need not ask. */
  get idle(): boolean {
    return this.#plans.length === 0;
  }

  /** The runs that have begun and not ended. */
  get runs(): IterableIterator<string> {
    return this.#origins.keys();
  }

  isCalled(runId: string): boolean {
    return this.#origins.get(runId)?.parent !== undefined;
  }

  clear(): void {
    this.#plans = [];
  }

  /** A held step is let go. `moment` matters: after a step there is nothing to step into any more. */
  plan(mode: Resume, runId: string, step: Step | undefined, moment: 'before' | 'after'): void {
    if (mode === 'continue') return;
    const levels = levelsOf(runId, step, this.#origins, this.#nesting);
    let wishes = levels.map(wishBehind);
    if (mode === 'stepOut') wishes = wishes.slice(1);
    else if (step === undefined) wishes.unshift(wishFor(rootScope(runId)));
    else if (mode === 'stepIn' && moment === 'before') wishes.unshift(this.#inside(runId, step));
    if (wishes.length > 0) this.#plans.push({ wishes });
  }

  /** Does this step fulfil a plan? If so the plan remembers it. */
  takes(runId: string, step: Step | undefined): boolean {
    if (this.idle) return false;
    const [level] = levelsOf(runId, step, this.#origins, this.#nesting);
    if (level === undefined) return false;
    let taken = false;
    for (const plan of this.#plans) taken = this.#fulfils(plan, level) || taken;
    this.#plans = this.#plans.filter((plan) => plan.wishes.length > 0);
    return taken;
  }

  /** A step is held for another reason: plans to step over something around it have been overtaken; `within`: over the step itself too. */
  overtake(runId: string, step: Step | undefined, within = false): void {
    if (this.idle) return;
    const around = levelsOf(runId, step, this.#origins, this.#nesting).slice(within ? 0 : 1);
    this.#plans = this.#plans.filter(
      (plan) =>
        !plan.wishes.some((wish) =>
          around.some((level) => level.scope === wish.scope && wish.after !== undefined && wish.after === level.action),
        ),
    );
  }

  observe(event: RunEvent): void {
    switch (event.type) {
      case 'runStarted':
        this.#origins.set(event.runId, { workflow: event.workflow, parent: event.parent });
        if (event.parent !== undefined) this.#called(event.runId, event.parent);
        return;
      case 'runFinished':
        this.#origins.delete(event.runId);
        this.#plans = this.#plans.filter(
          (plan) => !plan.wishes.every((wish) => wish.scope.startsWith(`${event.runId}|`)),
        );
        return;
      case 'iterationFinished':
        if (!this.idle) this.#iterationFinished(loopKey(event.runId, event.step), event.index);
        return;
      case 'iterationStarted':
        if (!this.idle) this.#iterationStarted(loopKey(event.runId, event.step), event.index);
        return;
      default:
    }
  }

  /** Inside of a step: its scope, its first iteration, or the run that it calls. Which of these there is shows when it comes. */
  #inside(runId: string, step: Step): Wish {
    const key = insideOf(runId, step);
    return { ...wishFor(key), loop: key, awaitsIteration: true, calledBy: key };
  }

  #fulfils(plan: Plan, level: Level): boolean {
    const wish = plan.wishes.find((each) => each.scope === level.scope);
    if (wish === undefined) return false;
    const { action } = level;
    if (action !== undefined) {
      const nesting = this.#nesting(level.runId);
      const follows = (earlier: string): boolean => nesting.follows(level.workflow, earlier, action);
      if (wish.after !== undefined && !follows(wish.after)) return false;
      if (wish.caught.some((caught) => caught === action || follows(caught))) return false;
      wish.caught.push(action);
      // Other branches of the same fork may still come; scopes around are no longer wished for.
      plan.wishes = [{ ...wish, awaitsIteration: false }];
    } else {
      plan.wishes = [];
    }
    return true;
  }

  #iterationFinished(loop: string, index: number): void {
    const scope = iterationScope(loop, index);
    for (const plan of this.#plans) {
      // What has been stopped at in this iteration goes its own way: it wishes for the next iteration when it is stepped itself.
      plan.wishes = plan.wishes.filter((wish) => wish.scope !== scope || wish.caught.length === 0);
      for (const wish of plan.wishes) {
        if (wish.scope === scope) wish.awaitsIteration = true;
      }
    }
    this.#plans = this.#plans.filter((plan) => plan.wishes.length > 0);
  }

  #iterationStarted(loop: string, index: number): void {
    for (const plan of this.#plans) {
      const place = plan.wishes.findIndex((wish) => wish.loop === loop && wish.awaitsIteration);
      const wish = plan.wishes[place];
      if (wish === undefined) continue;
      wish.scope = iterationScope(loop, index);
      wish.after = undefined;
      wish.awaitsIteration = false;
      plan.wishes = plan.wishes.slice(place);
    }
  }

  #called(runId: string, parent: { readonly runId: string; readonly step: Step }): void {
    const caller = insideOf(parent.runId, parent.step);
    for (const plan of this.#plans) {
      const wish = plan.wishes.find((each) => each.calledBy === caller);
      if (wish !== undefined) wish.scope = triggerScope(runId);
    }
  }
}

function wishFor(scope: string): Wish {
  return {
    scope,
    after: undefined,
    caught: [],
    loop: undefined,
    awaitsIteration: false,
    calledBy: undefined,
  };
}

function wishBehind(level: Level): Wish {
  return { ...wishFor(level.scope), after: level.action, loop: level.loop };
}
