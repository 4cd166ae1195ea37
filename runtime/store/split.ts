/** One store in front of two: stateful runs go where they last, stateless ones stay in memory, as the platform has it. */
import type { RunEvent } from '../events';
import type { MemoryStore } from './memory';
import { newestFirst } from './store';
import type { Retention, RunQuery, RunStore, StoredRun } from './store';

export class SplitStore implements RunStore {
  readonly #lasting: RunStore;
  readonly #memory: MemoryStore;
  /** Stateless runs that have not ended. */
  readonly #stateless = new Set<string>();

  constructor(lasting: RunStore, memory: MemoryStore) {
    this.#lasting = lasting;
    this.#memory = memory;
  }

  get durable(): boolean {
    return this.#lasting.durable;
  }

  append(event: RunEvent): void {
    if (event.type === 'runStarted' && event.stateless) this.#stateless.add(event.runId);
    const isStateless = this.#stateless.has(event.runId);
    (isStateless ? this.#memory : this.#lasting).append(event);
    if (isStateless && event.type === 'runFinished') this.#stateless.delete(event.runId);
  }

  commit(): Promise<void> | undefined {
    return this.#lasting.commit();
  }

  run(runId: string): StoredRun | undefined {
    return this.#memory.run(runId) ?? this.#lasting.run(runId);
  }

  runs(query: RunQuery): readonly StoredRun[] {
    // The page begins behind a run that only one of the two knows: both are asked by its place.
    const anchor = query.after === undefined ? undefined : this.run(query.after);
    if (query.after !== undefined && anchor === undefined) return [];
    const found = [this.#memory, this.#lasting].flatMap((store) => {
      if (anchor === undefined || store.run(anchor.runId) !== undefined) return store.runs(query);
      const to = query.startedTo;
      const bound = { time: anchor.startTime, inclusive: true };
      return store
        .runs({ ...query, after: undefined, startedTo: to !== undefined && to.time < bound.time ? to : bound })
        .filter((run) => newestFirst(anchor, run) < 0);
    });
    return found.sort(newestFirst).slice(0, query.top);
  }

  events(runId: string): readonly RunEvent[] {
    return this.#memory.run(runId) === undefined ? this.#lasting.events(runId) : this.#memory.events(runId);
  }

  unfinished(): readonly StoredRun[] {
    return this.#lasting.unfinished();
  }

  note(name: string): string | undefined {
    return this.#lasting.note(name);
  }

  setNote(name: string, text: string | undefined): void {
    this.#lasting.setNote(name, text);
  }

  prune(retention: Retention): number {
    return this.#memory.prune(retention) + this.#lasting.prune(retention);
  }

  close(): void {
    this.#memory.close();
    this.#lasting.close();
  }
}
