/**
 * A run's recorded events as places that a debugger can go to: the trigger, the beginning and the end of each step. Going back and
 * forth follows the structure of the workflow as stepping does, and leaves branches beside alone.
 */
import { stepKey } from '../../events';
import type { RunEvent, Step } from '../../events';
import type { Nesting, Owner } from './nesting';

export interface Point {
  /** Number of events that had happened. */
  readonly length: number;
  /** Undefined for the trigger. */
  readonly step: Step | undefined;
  readonly moment: 'before' | 'after';
}

export class Timeline {
  readonly points: readonly Point[];
  readonly workflow: string;
  readonly #nesting: Nesting;
  readonly #owners = new Map<string, readonly Owner[]>();

  constructor(
    readonly events: readonly RunEvent[],
    nesting: Nesting,
  ) {
    this.#nesting = nesting;
    const [first] = events;
    this.workflow = first?.type === 'runStarted' ? first.workflow : '';
    this.points = pointsOf(events);
  }

  /** Where a held step stands; undefined when it has not been recorded. */
  indexOf(step: Step | undefined, moment: Point['moment']): number | undefined {
    const key = step && stepKey(step);
    // A run that was taken up again tells containers a second time.
    const fits = (each: Point): boolean => each.moment === moment && (each.step && stepKey(each.step)) === key;
    const found = moment === 'before' ? this.points.findIndex(fits) : this.points.findLastIndex(fits);
    return found < 0 ? undefined : found;
  }

  /** Where a step back from here leads: `from` is the number of points before. Undefined at the beginning. */
  back(step: Step | undefined, moment: Point['moment'], from: number): number | undefined {
    if (step === undefined) return undefined;
    if (moment === 'after') return this.indexOf(step, 'before');
    const before = this.points.slice(0, from);
    const ended = before.findLast((each) => each.moment === 'after' && this.#precedes(each.step, step));
    if (ended !== undefined) return this.indexOf(ended.step, 'before');
    const owner = this.#ownersOf(step.action).at(-1);
    if (owner === undefined) return this.indexOf(undefined, 'before');
    const depth = this.#ownersOf(owner.action).filter(({ loop }) => loop).length;
    return this.indexOf({ action: owner.action, repetition: step.repetition.slice(0, depth) }, 'before');
  }

  /** What came next in the same scope, or after the scope around, or in the loop's next repetition. Undefined: the present. */
  next(step: Step | undefined, from: number): number | undefined {
    if (step === undefined) return this.#first(from, () => true);
    const end = this.indexOf(step, 'after');
    if (end === undefined) return undefined;
    return this.#first(end, (other) => this.#precedes(step, other) || this.#isAround(other, step));
  }

  /** The first step inside, or what comes next. */
  into(step: Step | undefined, moment: Point['moment'], from: number): number | undefined {
    if (step === undefined || moment === 'after') return this.next(step, from);
    const inside = this.#first(from, (other) => this.#isInside(other, step));
    const end = this.indexOf(step, 'after') ?? this.points.length;
    return inside !== undefined && inside < end ? inside : this.next(step, from);
  }

  /** What comes after the scope around. */
  out(step: Step | undefined, from: number): number | undefined {
    const owner = step && this.#ownersOf(step.action).at(-1);
    if (step === undefined || owner === undefined) return undefined;
    const depth = this.#ownersOf(owner.action).filter(({ loop }) => loop).length;
    return this.next({ action: owner.action, repetition: step.repetition.slice(0, depth) }, from);
  }

  /** True when the step had begun before a point. */
  hadBegun(step: Step, length: number): boolean {
    const key = stepKey(step);
    return this.points.some(
      (each) =>
        each.length < length && each.moment === 'before' && each.step !== undefined && stepKey(each.step) === key,
    );
  }

  #first(from: number, fits: (step: Step) => boolean): number | undefined {
    const found = this.points.findIndex(
      ({ step, moment }, index) => index > from && moment === 'before' && step !== undefined && fits(step),
    );
    return found < 0 ? undefined : found;
  }

  /** Both stand in one scope, in one repetition of it or the next. */
  #precedes(earlier: Step | undefined, later: Step): boolean {
    if (earlier === undefined) return false;
    const [one, other] = [this.#ownersOf(earlier.action), this.#ownersOf(later.action)];
    if (one.at(-1)?.action !== other.at(-1)?.action) return false;
    const last = later.repetition.length - 1;
    return earlier.repetition.every((index, depth) => {
      const here = later.repetition[depth] ?? 0;
      return index === here || (depth === last && one.at(-1)?.loop === true && index === here - 1);
    });
  }

  /** `outer` stands in a scope around the one of `inner`, or begins another repetition there. */
  #isAround(outer: Step, inner: Step): boolean {
    const owners = this.#ownersOf(inner.action);
    const scope = this.#ownersOf(outer.action).at(-1)?.action;
    const isOutside = scope === undefined || owners.slice(0, -1).some(({ action }) => action === scope);
    return isOutside && owners.length > 0 && this.#ownersOf(outer.action).length < owners.length;
  }

  #isInside(inner: Step, outer: Step): boolean {
    return (
      this.#ownersOf(inner.action).some(({ action }) => action === outer.action) &&
      outer.repetition.every((index, depth) => inner.repetition[depth] === index)
    );
  }

  #ownersOf(action: string): readonly Owner[] {
    let owners = this.#owners.get(action);
    if (owners === undefined) this.#owners.set(action, (owners = this.#nesting.owners(this.workflow, action)));
    return owners;
  }
}

function pointsOf(events: readonly RunEvent[]): Point[] {
  const begun = new Set<string>();
  return events.flatMap((event, index): Point[] => {
    switch (event.type) {
      case 'triggerFired':
        return [{ length: index + 1, step: undefined, moment: 'before' }];
      case 'actionStarted':
        if (begun.has(stepKey(event.step))) return [];
        begun.add(stepKey(event.step));
        return [{ length: index + 1, step: event.step, moment: 'before' }];
      case 'actionFinished':
        // What was skipped was never at the gate.
        return begun.has(stepKey(event.step)) ? [{ length: index + 1, step: event.step, moment: 'after' }] : [];
      default:
        return [];
    }
  });
}
