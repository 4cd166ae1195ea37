/** The failures that hold a run: which kinds, and of these only the ones that a condition names or is true for. */
import type { Frame } from '../../engine/gate';
import { findFunction } from '../../../language/expressions/functions/registry';
import type { ExceptionFilter } from '../commands';
import { conditionMet } from './breakpoints';
import type { Evaluation } from './breakpoints';

/** What has happened to a step. */
export interface Trouble {
  readonly action: string;
  readonly code: string | undefined;
}

export class ExceptionFilters {
  readonly #evaluation: Evaluation;
  #conditions: ReadonlyMap<ExceptionFilter, string | undefined> = new Map();

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation;
  }

  get empty(): boolean {
    return this.#conditions.size === 0;
  }

  set(filters: readonly ExceptionFilter[], conditions: Readonly<Partial<Record<ExceptionFilter, string>>>): void {
    this.#conditions = new Map(filters.map((each) => [each, conditions[each]]));
  }

  has(filter: ExceptionFilter): boolean {
    return this.#conditions.has(filter);
  }

  /** True when the filter is set and lets this trouble through; `frame` is where a condition is evaluated. */
  meets(filter: ExceptionFilter, { action, code }: Trouble, frame: Pick<Frame, 'context'>): boolean {
    if (!this.#conditions.has(filter)) return false;
    const condition = this.#conditions.get(filter)?.trim() ?? '';
    if (condition === '') return true;
    const names = namesIn(condition);
    if (names === undefined) return conditionMet(condition, frame.context, this.#evaluation).met;
    return names.has(action.toLowerCase()) || (code !== undefined && names.has(code.toLowerCase()));
  }
}

/** Names of actions and error codes with commas between them, in lower case; undefined for an expression. */
export function namesIn(condition: string): ReadonlySet<string> | undefined {
  const text = condition.trim();
  const called = /^(\w+)\s*\(/.exec(text)?.[1];
  const isExpression = text.startsWith('@') || (called !== undefined && findFunction(called) !== undefined);
  return isExpression ? undefined : new Set(text.split(',').map((each) => each.trim().toLowerCase()));
}
