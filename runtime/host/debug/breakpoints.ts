/** Breakpoints: which of them a step meets, and whether their conditions and hit counts say "hold", "log" or "go on". */
import type { EvaluationContext } from '../../../language/expressions/context';
import type { Value } from '../../../language/json/value';
import type { Frame } from '../../engine/gate';
import type { Failure } from '../../events';
import type { Breakpoint } from '../commands';
import { samePath } from './expressionPlaces';

/** How conditions and log messages are evaluated. */
export interface Evaluation {
  /** An expression without `@`. */
  expression(text: string, context: EvaluationContext): { readonly value: Value } | { readonly error: Failure };
  /** A text with `@{…}`. */
  message(text: string, context: EvaluationContext): { readonly text: string } | { readonly error: Failure };
}

/** The step that a breakpoint is met at. */
type Seen = Pick<Frame, 'context' | 'shown'>;

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

/** The breakpoints of one trigger or action, by their moment. */
interface Placed {
  readonly before: Entry[];
  readonly after: Entry[];
  /** On properties: before their expression is evaluated. */
  readonly inside: Entry[];
}

export class Breakpoints {
  /** By workflow, then by role and operation; lower case. */
  readonly #placed = new Map<string, Map<string, Placed>>();
  /** The same by names as the engine writes them, null where there is none: every step asks, and must not pay for letters. */
  readonly #asked = new Map<string, Map<string, Placed | null> | null>();
  readonly #evaluation: Evaluation;
  #entries: readonly Entry[] = [];

  constructor(evaluation: Evaluation) {
    this.#evaluation = evaluation;
  }

  /** Replaces all. Counts of breakpoints that stay as they are go on. */
  set(breakpoints: readonly Breakpoint[]): void {
    const before = new Map(this.#entries.map((entry) => [entry.breakpoint.id, entry]));
    this.#placed.clear();
    this.#asked.clear();
    this.#entries = breakpoints.map((breakpoint) => {
      const old = before.get(breakpoint.id);
      const same = old?.breakpoint.hitCondition === breakpoint.hitCondition;
      return { breakpoint, isHit: hitTest(breakpoint.hitCondition), hits: same ? (old?.hits ?? 0) : 0 };
    });
    for (const entry of this.#entries) {
      const { workflow, role, operation, moment, property } = entry.breakpoint;
      const placed = this.#place(workflow.toLowerCase(), operationKey(role, operation).toLowerCase());
      placed[property === undefined ? moment : 'inside'].push(entry);
    }
  }

  get empty(): boolean {
    return this.#entries.length === 0;
  }

  /** True when something can hold this operation: asked for each step of each run. */
  at(workflow: string, role: Meeting['role'], operation: string): boolean {
    return this.#entries.length > 0 && this.#of(workflow, role, operation) !== undefined;
  }

  /** The properties of an operation that have breakpoints, so that nobody looks for them in others. */
  hasInside(workflow: string, role: Meeting['role'], operation: string): boolean {
    return (this.#of(workflow, role, operation)?.inside.length ?? 0) > 0;
  }

  /** `context` is asked for only when there is something to evaluate. */
  meet({ workflow, role, operation, moment }: Meeting, frame: Seen): Verdict {
    const entries = this.#of(workflow, role, operation)?.[moment];
    return entries === undefined || entries.length === 0 ? none : this.#meet(entries, frame);
  }

  /** Those of one property. */
  meetInside(
    { workflow, role, operation }: Omit<Meeting, 'moment'>,
    path: readonly (string | number)[],
    frame: Seen,
  ): Verdict {
    const entries = this.#of(workflow, role, operation)?.inside.filter(({ breakpoint }) =>
      samePath(breakpoint.property ?? [], path),
    );
    return entries === undefined ? none : this.#meet(entries, frame);
  }

  /** True when something can hold this operation at this moment. */
  atMoment({ workflow, role, operation, moment }: Meeting): boolean {
    return (this.#of(workflow, role, operation)?.[moment].length ?? 0) > 0;
  }

  /** Would hold here by its place and condition; hits are not counted. What a look into the past asks. */
  wouldHold(meeting: Meeting, context: EvaluationContext): readonly number[] {
    const entries = this.#of(meeting.workflow, meeting.role, meeting.operation)?.[meeting.moment] ?? [];
    return entries.flatMap(({ breakpoint }) => {
      const { id, condition, logMessage } = breakpoint;
      return logMessage === undefined && conditionMet(condition, context, this.#evaluation).met ? [id] : [];
    });
  }

  #meet(entries: readonly Entry[], frame: Seen): Verdict {
    const holds: number[] = [];
    const logs: Verdict['logs'][number][] = [];
    for (const entry of entries) {
      const { breakpoint } = entry;
      const condition = conditionMet(breakpoint.condition, frame.context, this.#evaluation);
      if (condition.problem !== undefined) {
        const where = `The condition of the breakpoint at '${breakpoint.operation}'`;
        logs.push({ level: 'warning', message: `${where} cannot be evaluated: ${condition.problem}` });
      }
      if (!condition.met) continue;
      entry.hits += 1;
      if (!entry.isHit(entry.hits)) continue;
      if (breakpoint.logMessage === undefined) holds.push(breakpoint.id);
      else logs.push(this.#log(breakpoint.logMessage, breakpoint, frame));
    }
    return { holds, logs };
  }

  #place(workflow: string, key: string): Placed {
    let operations = this.#placed.get(workflow);
    if (operations === undefined) this.#placed.set(workflow, (operations = new Map<string, Placed>()));
    let placed = operations.get(key);
    if (placed === undefined) operations.set(key, (placed = { before: [], after: [], inside: [] }));
    return placed;
  }

  #of(workflow: string, role: Meeting['role'], operation: string): Placed | undefined {
    let asked = this.#asked.get(workflow);
    if (asked === undefined) {
      asked = this.#placed.has(workflow.toLowerCase()) ? new Map<string, Placed | null>() : null;
      this.#asked.set(workflow, asked);
    }
    if (asked === null) return undefined;
    const key = operationKey(role, operation);
    let placed = asked.get(key);
    if (placed === undefined) {
      placed = this.#placed.get(workflow.toLowerCase())?.get(key.toLowerCase()) ?? null;
      asked.set(key, placed);
    }
    return placed ?? undefined;
  }

  #log(text: string, breakpoint: Breakpoint, frame: Seen): Verdict['logs'][number] {
    const where = `The log message of the breakpoint at '${breakpoint.operation}'`;
    if (frame.shown('', text).secured === true) {
      return { level: 'warning', message: `${where} is not shown: it reads what the workflow secures.` };
    }
    const result = this.#evaluation.message(text, frame.context);
    if ('text' in result) return { level: 'info', message: result.text };
    return { level: 'warning', message: `${where} cannot be evaluated: ${result.error.message}` };
  }
}

/** No name of an action begins with a colon. */
function operationKey(role: Meeting['role'], operation: string): string {
  return role === 'trigger' ? `:${operation}` : operation;
}

/** A condition that cannot be evaluated is met: a breakpoint that silently never stops helps nobody. */
export function conditionMet(
  text: string | undefined,
  context: EvaluationContext,
  evaluation: Evaluation,
): { readonly met: boolean; readonly problem?: string } {
  const condition = withoutAt(text);
  if (condition === undefined) return { met: true };
  const result = evaluation.expression(condition, context);
  return 'error' in result ? { met: true, problem: result.error.message } : { met: result.value === true };
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
