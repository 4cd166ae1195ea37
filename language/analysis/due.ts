/** What a rule has to look at in one check: everything at first, afterwards what an edit may have changed. */
import type { ParsedSite, Reference, WorkflowExpressions } from '../workflow/references';
import type { Site } from '../workflow/sites';
import type { Action, Operation, Trigger } from '../workflow/model';

/** The parts of a workflow that are due, by the operation they stand in. Texts that stand in no operation are always due. */
export interface Due {
  operations(): Iterable<Action | Trigger>;
  actions(): Iterable<Action>;
  sites(): Iterable<ParsedSite>;
  references(): Iterable<Reference>;
  /** Texts that look like expressions and are none. */
  lookalikes(): Iterable<Site>;
  /** The operation that a rule is looking at, or undefined when it looks at something else. */
  readonly current: Operation | undefined;
}

/** Some operations of a workflow. */
export class DueOperations implements Due {
  readonly #expressions: WorkflowExpressions;
  readonly #operations: readonly (Action | Trigger)[];
  #current: Operation | undefined;

  constructor(expressions: WorkflowExpressions, operations: readonly (Action | Trigger)[]) {
    this.#expressions = expressions;
    this.#operations = operations;
  }

  get current(): Operation | undefined {
    return this.#current;
  }

  *operations(): Iterable<Action | Trigger> {
    for (const each of this.#operations) {
      this.#current = each;
      yield each;
    }
    this.#current = undefined;
  }

  *actions(): Iterable<Action> {
    for (const each of this.operations()) if (each.role === 'action') yield each;
  }

  *sites(): Iterable<ParsedSite> {
    for (const each of this.operations()) yield* this.#expressions.sitesOf(each);
    yield* this.#expressions.sitesOf(undefined);
  }

  *references(): Iterable<Reference> {
    for (const each of this.operations()) yield* this.#expressions.referencesOf(each);
    yield* this.#expressions.referencesOf(undefined);
  }

  *lookalikes(): Iterable<Site> {
    for (const each of this.operations()) yield* this.#expressions.lookalikesOf(each);
    yield* this.#expressions.lookalikesOf(undefined);
  }
}
