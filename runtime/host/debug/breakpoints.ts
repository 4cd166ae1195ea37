/** Breakpoints: which of them a step meets, and whether their conditions and hit counts say "hold", "log" or "go on". */
import type { EvaluationContext } from '../../../language/expressions/context';
import type { Value } from '../../../language/json/value';
import type { Failure } from '../../events';
import type { Breakpoint } from '../commands';

/** How conditions and log messages are evaluated. */
export interface Evaluation {
  /** An expression without `@`. */
  expression(text: string, context: EvaluationContext): { readonly value: Value } | { readonly error: Failure };
  /** A text with `@{…}`. */
  message(text: string, context: EvaluationContext): { readonly text: string } | { readonly error: Failure };
}

export interface Meeting {
  readonly workflow: string;
  readonly operation: string;
  readonly role: 'trigger' | 'action';
  readonly moment: 'before' | 'after';
}

export interface Verdict {
  /** Breakpoints that hold the run. */
  readonly holds: readonly number[];
  readonly logs: readonly { readonly level: 'info' | 'warning'; readonly message: string }[];
}

const none: Verdict = { holds: [], logs: [] };

interface Entry {
  readonly breakpoint: Breakpoint;
  readonly isHit: (hits: number) => boolean;
  hits: number;
}

export class Breakpoints {
  readonly #entries = new Map<string, Entry[]>();
  readonly #evaluation: Evaluation;

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation;
  }

  /** Replaces all. Counts of breakpoints that stay as they are go on. */
  set(breakpoints: readonly Breakpoint[]): void {
    const before = new Map([...this.#entries.values()].flat().map((entry) => [entry.breakpoint.id, entry]));
    this.#entries.clear();
    for (const breakpoint of breakpoints) {
      const old = before.get(breakpoint.id);
      const same = old?.breakpoint.hitCondition === breakpoint.hitCondition;
      const entry: Entry = {
        breakpoint,
        isHit: hitTest(breakpoint.hitCondition),
        hits: same ? (old?.hits ?? 0) : 0,
      };
      const key = keyOf({ ...breakpoint });
      const list = this.#entries.get(key);
      if (list === undefined) this.#entries.set(key, [entry]);
      else list.push(entry);
    }
  }

  get empty(): boolean {
    return this.#entries.size === 0;
  }

  /** `context` is asked for only when there is something to evaluate. */
  meet(meeting: Meeting, context: EvaluationContext): Verdict {
    const entries = this.#entries.size === 0 ? undefined : this.#entries.get(keyOf(meeting));
    if (entries === undefined) return none;
    const holds: number[] = [];
    const logs: Verdict['logs'][number][] = [];
    for (const entry of entries) {
      const { breakpoint } = entry;
      const condition = this.#condition(breakpoint, context);
      // A condition that cannot be evaluated holds: a breakpoint that silently never stops helps nobody.
      if (condition.warning !== undefined) logs.push({ level: 'warning', message: condition.warning });
      if (!condition.met) continue;
      entry.hits += 1;
      if (!entry.isHit(entry.hits)) continue;
      if (breakpoint.logMessage === undefined) holds.push(breakpoint.id);
      else logs.push(this.#log(breakpoint.logMessage, breakpoint, context));
    }
    return { holds, logs };
  }

  #condition(breakpoint: Breakpoint, context: EvaluationContext): { readonly met: boolean; readonly warning?: string } {
    const condition = withoutAt(breakpoint.condition);
    if (condition === undefined) return { met: true };
    const result = this.#evaluation.expression(condition, context);
    if ('error' in result) {
      const where = `The condition of the breakpoint at '${breakpoint.operation}'`;
      return { met: true, warning: `${where} cannot be evaluated: ${result.error.message}` };
    }
    return { met: result.value === true };
  }

  #log(text: string, breakpoint: Breakpoint, context: EvaluationContext): Verdict['logs'][number] {
    const result = this.#evaluation.message(text, context);
    if ('text' in result) return { level: 'info', message: result.text };
    const where = `The log message of the breakpoint at '${breakpoint.operation}'`;
    return { level: 'warning', message: `${where} cannot be evaluated: ${result.error.message}` };
  }
}

function keyOf({ workflow, operation, role, moment }: Meeting): string {
  return `${workflow}/${role}/${operation}/${moment}`.toLowerCase();
}

/** People write conditions as they write them in a workflow, with or without `@` and braces. */
function withoutAt(condition: string | undefined): string | undefined {
  const text = condition?.trim() ?? '';
  if (text === '') return undefined;
  const braces = /^@\{(.*)\}$/s.exec(text);
  return braces?.[1] ?? (text.startsWith('@') ? text.slice(1) : text);
}

/** `5` and `=5` hold at the fifth hit, `>5`, `>=5`, `<5`, `<=5` by comparison, `%3` at each third. Anything else holds always. */
export function hitTest(condition: string | undefined): (hits: number) => boolean {
  const parts = /^\s*(==?|>=?|<=?|%)?\s*(\d+)\s*$/.exec(condition ?? '');
  if (parts === null) return () => true;
  const count = Number(parts[2]);
  switch (parts[1]) {
    case '>':
      return (hits) => hits > count;
    case '>=':
      return (hits) => hits >= count;
    case '<':
      return (hits) => hits < count;
    case '<=':
      return (hits) => hits <= count;
    case '%':
      return (hits) => count > 0 && hits % count === 0;
    default:
      return (hits) => hits === count;
  }
}
