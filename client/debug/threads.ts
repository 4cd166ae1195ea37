/**
 * Threads as a debugger shows them: one for each run, and further ones while several branches or repetitions of a run are held at
 * once; while there is no run, one for the host that waits for requests. A step that goes on keeps its thread, so that the focus stays with it.
 */
import type { RunEvent, Step } from '../../runtime/events';
import type { Hold } from '../../runtime/host/commands';

export interface ShownThread {
  readonly id: number;
  readonly name: string;
}

interface Thread {
  readonly id: number;
  readonly runId: string;
  hold: Hold | undefined;
  /** The moment of the past that is looked at instead. */
  past: Hold | undefined;
}

interface Run {
  readonly workflow: string;
  readonly parent: { readonly runId: string; readonly step: Step } | undefined;
  readonly main: Thread;
}

export const HOST_THREAD = 1;

export class SessionThreads {
  readonly #threads = new Map<number, Thread>();
  readonly #runs = new Map<string, Run>();
  #lastId = HOST_THREAD;
  #lastReleased: number | undefined;
  /** Of the host's own thread. */
  hostName = 'Logic app host';

  get all(): readonly ShownThread[] {
    if (this.#threads.size === 0) return [{ id: HOST_THREAD, name: this.hostName }];
    return [...this.#threads.values()].map((thread) => ({ id: thread.id, name: this.#name(thread) }));
  }

  get runs(): readonly string[] {
    return [...this.#runs.keys()];
  }

  get holds(): readonly Hold[] {
    return [...this.#threads.values()].flatMap(({ hold }) => (hold === undefined ? [] : [hold]));
  }

  /** The run that a thread belongs to; undefined for the host's. */
  runOf(threadId: number): string | undefined {
    return this.#threads.get(threadId)?.runId;
  }

  holdOf(threadId: number): Hold | undefined {
    const thread = this.#threads.get(threadId);
    return thread?.past ?? thread?.hold;
  }

  /** What is held now, whatever the user looks at. */
  liveHoldOf(threadId: number): Hold | undefined {
    return this.#threads.get(threadId)?.hold;
  }

  /** The user looks at this moment; the live hold itself ends the look. */
  look(threadId: number, hold: Hold): void {
    const thread = this.#threads.get(threadId);
    if (thread?.hold !== undefined) thread.past = hold.holdId === thread.hold.holdId ? undefined : hold;
  }

  mainThreadOf(runId: string): number | undefined {
    return this.#runs.get(runId)?.main.id;
  }

  threadOf(holdId: number): number | undefined {
    return [...this.#threads.values()].find(({ hold, past }) => hold?.holdId === holdId || past?.holdId === holdId)?.id;
  }

  workflowOf(runId: string): string | undefined {
    return this.#runs.get(runId)?.workflow;
  }

  parentOf(runId: string): Run['parent'] {
    return this.#runs.get(runId)?.parent;
  }

  /** Returns the ids of threads that began or ended with the event. */
  observe(event: RunEvent): { readonly started: readonly number[]; readonly exited: readonly number[] } {
    if (event.type === 'runStarted' && !this.#runs.has(event.runId)) {
      const main = this.#begin(event.runId);
      this.#runs.set(event.runId, { workflow: event.workflow, parent: event.parent, main });
      return { started: [main.id], exited: [] };
    }
    if (event.type === 'runFinished' && this.#runs.delete(event.runId)) {
      const ended = [...this.#threads.values()].filter((each) => each.runId === event.runId).map((each) => each.id);
      for (const id of ended) this.#threads.delete(id);
      return { started: [], exited: ended };
    }
    return { started: [], exited: [] };
  }

  /** Gives the held step a thread. */
  hold(hold: Hold): number {
    const mine = [...this.#threads.values()].filter((each) => each.runId === hold.runId);
    const free = mine.filter((each) => each.hold === undefined);
    const thread = free.find((each) => each.id === this.#lastReleased) ?? free[0] ?? this.#begin(hold.runId);
    thread.hold = hold;
    return thread.id;
  }

  /**
   * The step goes on. Returns its thread, and whether that has ended with it: a further thread of a run stays only while it steps.
   */
  release(holdId: number, steps: boolean): { readonly threadId: number; readonly exited: boolean } | undefined {
    const threadId = this.threadOf(holdId);
    const thread = threadId === undefined ? undefined : this.#threads.get(threadId);
    if (thread === undefined) return undefined;
    thread.hold = undefined;
    thread.past = undefined;
    this.#lastReleased = thread.id;
    const exited = !steps && this.#runs.get(thread.runId)?.main !== thread;
    if (exited) this.#threads.delete(thread.id);
    return { threadId: thread.id, exited };
  }

  #begin(runId: string): Thread {
    const thread: Thread = { id: (this.#lastId += 1), runId, hold: undefined, past: undefined };
    this.#threads.set(thread.id, thread);
    return thread;
  }

  #name({ runId, hold }: Thread): string {
    const workflow = this.#runs.get(runId)?.workflow ?? hold?.workflow ?? 'run';
    const run = `${workflow} ${shortRunId(runId)}`;
    if (hold === undefined) return run;
    // What tells one branch from another first: views cut names at their end.
    return `${branchOf(hold)} (${run})`;
  }
}

/** Loops and branches around a held step tell which of several it is: `Each [2 of 5] › Is_big › Double`. */
function branchOf({ enclosing, name }: Hold): string {
  const around = enclosing.map(({ step, index, count }) =>
    index === undefined ? step.action : `${step.action} ${repetitionText(index, count)}`,
  );
  return [...around, name].join(' › ');
}

/** `[2 of 3]`: people count from one; the zero-based index is in the Loop scope. */
export function repetitionText(index: number, count: number | undefined): string {
  return count === undefined ? `[${index + 1}]` : `[${index + 1} of ${count}]`;
}

/** Run ids differ at their end, and are too long to read. */
export function shortRunId(runId: string): string {
  return runId.length <= 8 ? runId : `…${runId.slice(-8)}`;
}
