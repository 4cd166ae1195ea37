/**
 * Runs in memory: stateless runs, hosts without SQLite, and tests. Bounded: the oldest ended runs make room, so that a host that
 * serves requests for days does not grow.
 */
import type { RunEvent } from '../events';
import { EventBatch, readBatch } from './batch';
import { ended, fits, newestFirst, runOf } from './store';
import type { Retention, RunQuery, RunStore, StoredRun } from './store';

interface Entry {
  run: StoredRun;
  readonly batch: EventBatch;
}

/** Enough for a day's debugging; a run of a dozen actions has some forty events. */
const RUNS = 500;
/** Characters. A loop over thousands of items tells as much as a thousand runs: it is what is told that takes memory. */
const SIZE = 4_000_000;

export class MemoryStore implements RunStore {
  readonly durable = false;
  readonly #entries = new Map<string, Entry>();
  /** Ids of ended runs, in order of their end. */
  readonly #ended = new Set<string>();
  readonly #notes = new Map<string, string>();
  readonly #capacity: number;
  /** Characters of ended runs. */
  #size = 0;

  /** `capacity`: how many ended runs are kept. */
  constructor(capacity = RUNS) {
    this.#capacity = capacity;
  }

  append(event: RunEvent): void {
    if (event.type === 'runStarted') {
      const batch = new EventBatch();
      batch.add(event);
      this.#entries.set(event.runId, { run: runOf(event), batch });
      return;
    }
    const entry = this.#entries.get(event.runId);
    if (entry === undefined) return;
    entry.batch.add(event);
    if (event.type === 'runFinished') {
      entry.run = ended(entry.run, event);
      this.#ended.add(event.runId);
      this.#size += entry.batch.size;
      if (this.#ended.size > this.#capacity || this.#size > SIZE) this.#makeRoom();
    }
  }

  commit(): undefined {
    return undefined;
  }

  run(runId: string): StoredRun | undefined {
    return this.#entries.get(runId)?.run;
  }

  runs(query: RunQuery): readonly StoredRun[] {
    const all = [...this.#entries.values()]
      .map((entry) => entry.run)
      .filter((run) => fits(run, query))
      .sort(newestFirst);
    const from = query.after === undefined ? 0 : all.findIndex((run) => run.runId === query.after) + 1;
    return all.slice(from, from + query.top);
  }

  events(runId: string): readonly RunEvent[] {
    const entry = this.#entries.get(runId);
    return entry === undefined ? [] : (readBatch(entry.batch.text, runId) ?? []);
  }

  unfinished(): readonly StoredRun[] {
    return [...this.#entries.values()]
      .map((entry) => entry.run)
      .filter((run) => run.endTime === undefined && !run.stateless);
  }

  note(name: string): string | undefined {
    return this.#notes.get(name);
  }

  setNote(name: string, text: string | undefined): void {
    if (text === undefined) this.#notes.delete(name);
    else this.#notes.set(name, text);
  }

  prune({ endedBefore, keep }: Retention): number {
    const before = this.#ended.size;
    for (const runId of this.#ended) {
      const end = this.#entries.get(runId)?.run.endTime ?? 0;
      if ((endedBefore !== undefined && end < endedBefore) || this.#ended.size > keep) this.#drop(runId);
    }
    return before - this.#ended.size;
  }

  close(): void {
    this.#entries.clear();
    this.#ended.clear();
    this.#size = 0;
  }

  /** The last run stays, however much it told. */
  #makeRoom(): void {
    for (const runId of this.#ended) {
      if (this.#ended.size <= 1 || (this.#ended.size <= this.#capacity && this.#size <= SIZE)) return;
      this.#drop(runId);
    }
  }

  #drop(runId: string): void {
    this.#size -= this.#entries.get(runId)?.batch.size ?? 0;
    this.#ended.delete(runId);
    this.#entries.delete(runId);
  }
}
