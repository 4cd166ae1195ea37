/** The breakpoints a client has set, by file and by name: each with its place in a workflow, or the reason why it has none. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { parse } from '../../language/expressions/parser';
import { parseTemplate } from '../../language/expressions/template';
import type { Breakpoint, DataBreakpoint } from '../../runtime/host/commands';
import { findOperation } from './workflowSources';
import type { WorkflowSources } from './workflowSources';
import { placementAt } from './placement';

/** Zero-based line. */
export interface ShownBreakpoint {
  readonly id: number;
  readonly file?: string;
  readonly line?: number;
  readonly verified: boolean;
  readonly message?: string;
}

interface Entry {
  readonly shown: ShownBreakpoint;
  /** What the host is told; more than one for a name that several workflows use. */
  readonly breakpoints: readonly Breakpoint[];
}

type Conditions = Pick<DebugProtocol.SourceBreakpoint, 'condition' | 'hitCondition' | 'logMessage'>;

const HIT = /^\s*(==?|>=?|<=?|%)?\s*\d+\s*$/;

export class SessionBreakpoints {
  readonly #sources: WorkflowSources;
  /** What was asked for, by file, so that it can be placed again when the text has changed. */
  readonly #asked = new Map<string, readonly DebugProtocol.SourceBreakpoint[]>();
  readonly #files = new Map<string, readonly Entry[]>();
  #functions: readonly Entry[] = [];
  #data: readonly DataBreakpoint[] = [];
  #lastId = 0;

  constructor(sources: WorkflowSources) {
    this.#sources = sources;
  }

  /** What the host has to know. */
  get all(): readonly Breakpoint[] {
    return [...this.#files.values(), this.#functions].flat().flatMap((entry) => entry.breakpoints);
  }

  get data(): readonly DataBreakpoint[] {
    return this.#data;
  }

  /** On variables: the id of one is what `dataIdOf` has made. */
  setOnData(asked: readonly DebugProtocol.DataBreakpoint[]): readonly ShownBreakpoint[] {
    const data: DataBreakpoint[] = [];
    const shown = asked.map(({ dataId, condition, hitCondition }): ShownBreakpoint => {
      const id = (this.#lastId += 1);
      const slash = dataId.indexOf('/');
      const conditions = conditionsOf({
        ...(condition === undefined ? {} : { condition }),
        ...(hitCondition === undefined ? {} : { hitCondition }),
      });
      const problem = slash < 0 ? 'Only workflow variables can be watched.' : problemOf(conditions);
      if (problem !== undefined) return { id, verified: false, message: problem };
      data.push({ id, workflow: dataId.slice(0, slash), variable: dataId.slice(slash + 1), ...conditions });
      return { id, verified: true };
    });
    this.#data = data;
    return shown;
  }

  /** Replaces the breakpoints of a file; lines are zero-based. */
  async setInFile(file: string, asked: readonly DebugProtocol.SourceBreakpoint[]): Promise<readonly ShownBreakpoint[]> {
    const before = this.#files.get(file) ?? [];
    const same = this.#asked.get(file);
    const entries: Entry[] = [];
    for (const each of asked) {
      // An unchanged breakpoint keeps its id, and with it its count of hits.
      const place = same?.findIndex((old) => old.line === each.line && old.hitCondition === each.hitCondition) ?? -1;
      const id = before[place]?.shown.id ?? (this.#lastId += 1);
      entries.push(await this.#entry(file, each, id));
    }
    this.#asked.set(file, asked);
    this.#files.set(file, entries);
    return entries.map((each) => each.shown);
  }

  /** Places the breakpoints of changed texts again; returns those that are different now. */
  async refresh(): Promise<readonly ShownBreakpoint[]> {
    const changed: ShownBreakpoint[] = [];
    for (const [file, asked] of this.#asked) {
      const before = this.#files.get(file) ?? [];
      const after = await this.setInFile(file, asked);
      for (const [index, shown] of after.entries()) {
        const old = before[index]?.shown;
        if (old?.verified !== shown.verified || old.line !== shown.line || old.message !== shown.message) {
          changed.push(shown);
        }
      }
    }
    return changed;
  }

  /** By name: `Compose` in any workflow, or `process-order/Compose`. */
  async setByName(
    asked: readonly DebugProtocol.FunctionBreakpoint[],
    workflows: readonly string[],
  ): Promise<readonly ShownBreakpoint[]> {
    const entries: Entry[] = [];
    for (const each of asked) {
      const id = (this.#lastId += 1);
      const slash = each.name.indexOf('/');
      const wanted = slash < 0 ? undefined : each.name.slice(0, slash).toLowerCase();
      const name = slash < 0 ? each.name.trim() : each.name.slice(slash + 1).trim();
      const breakpoints: Breakpoint[] = [];
      for (const workflow of workflows) {
        if (wanted !== undefined && workflow.toLowerCase() !== wanted) continue;
        const document = await this.#sources.document(this.#sources.fileOf(workflow));
        for (const role of ['trigger', 'action'] as const) {
          const found = document && findOperation(document, role, name);
          if (found === undefined) continue;
          breakpoints.push({ id, workflow, operation: found.name, role, moment: 'before', ...conditionsOf(each) });
        }
      }
      const problem =
        breakpoints.length === 0 ? `No workflow here has a trigger or action '${name}'.` : problemOf(each);
      entries.push(
        problem === undefined
          ? { shown: { id, verified: true }, breakpoints }
          : { shown: { id, verified: false, message: problem }, breakpoints: [] },
      );
    }
    this.#functions = entries;
    return entries.map((each) => each.shown);
  }

  async #entry(file: string, asked: DebugProtocol.SourceBreakpoint, id: number): Promise<Entry> {
    const refused = (message: string, line = asked.line): Entry => ({
      shown: { id, file, line, verified: false, message },
      breakpoints: [],
    });
    const workflow = this.#sources.workflowOf(file);
    if (workflow === undefined) return refused('This file is no workflow of the project that is being debugged.');
    const document = await this.#sources.document(file);
    if (document === undefined) return refused('The file cannot be read.');
    const placement = placementAt(document, asked.line);
    if ('reason' in placement) return refused(placement.reason);
    const { targets, line } = placement;
    const problem = problemOf(asked);
    if (problem !== undefined) return refused(problem, line);
    return {
      shown: { id, file, line, verified: true },
      breakpoints: targets.map((target) => ({ id, workflow, ...target, ...conditionsOf(asked) })),
    };
  }
}

function conditionsOf({ condition, hitCondition, logMessage }: Conditions): Conditions {
  return {
    ...(isEmpty(condition) ? {} : { condition }),
    ...(isEmpty(hitCondition) ? {} : { hitCondition }),
    ...(isEmpty(logMessage) ? {} : { logMessage }),
  };
}

/** Names a workflow variable for `setOnData`, across sessions. */
export function dataIdOf(workflow: string, variable: string): string {
  return `${workflow}/${variable}`;
}

function isEmpty(text: string | undefined): text is undefined {
  return text === undefined || text.trim() === '';
}

/** What is wrong with a condition, said when it is typed and not when it is met. */
export function problemOf({ condition, hitCondition, logMessage }: Conditions): string | undefined {
  if (!isEmpty(condition)) {
    const text = condition.trim();
    const [problem] = (text.startsWith('@') ? parseTemplate(text) : parse(text)).problems;
    if (problem !== undefined) return `The condition cannot be read: ${problem.message}`;
  }
  if (!isEmpty(hitCondition) && !HIT.test(hitCondition)) {
    return `The hit count '${hitCondition}' cannot be read: write 5, >5, >=5, <5, <=5 or %5.`;
  }
  if (!isEmpty(logMessage)) {
    const [problem] = parseTemplate(logMessage).problems;
    if (problem !== undefined) return `The log message cannot be read: ${problem.message}`;
  }
  return undefined;
}
