/**
 * Runs in memory: stateless runs, hosts without SQLite, and tests. Bounded: the oldest ended runs make room, so that a host that
 * serves requests for days does not grow.
 */
import type { RunEvent } from '../events';
import { ended, fits, newestFirst, runOf } from './store';
import type { Retention, RunQuery, RunStore, StoredRun } from './store';

interface Entry {
  run: StoredRun;
  events: RunEvent[];
}

/** Enough for a day's debugging; a run of a dozen actions has some forty events. */
const RUNS = 500;
/** A loop over thousands of items tells as much as a thousand runs: it is the events that take memory. */
const EVENTS = 20_000;

export class MemoryStore implements RunStore {
  readonly durable = false;
  readonly #entries = new Map<string, Entry>();
  /** Ids of ended runs, in order of their end. */
  readonly #ended = new Set<string>();
  readonly #notes = new Map<string, string>();
  readonly #capacity: number;
  /** Of ended runs. */
  #events = 0;

  /** `capacity`: how many ended runs are kept. */
  constructor(capacity = RUNS) {
    this.#capacity = capacity;
  }

  append(event: RunEvent): void {
    if (event.type === 'runStarted') {
      this.#entries.set(event.runId, { run: runOf(event), events: [event] });
      return;
    }
    const entry = this.#entries.get(event.runId);
    if (entry === undefined) return;
    entry.events.push(event);
    if (event.type === 'runFinished') {
      entry.run = ended(entry.run, event);
      this.#ended.add(event.runId);
      this.#events += entry.events.length;
      if (this.#ended.size > this.#capacity || this.#events > EVENTS) this.#makeRoom();
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
    return this.#entries.get(runId)?.events ?? [];
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
      if (end < endedBefore || this.#ended.size > keep) this.#drop(runId);
    }
    return before - this.#ended.size;
  }

  close(): void {
    this.#entries.clear();
    this.#ended.clear();
    this.#events = 0;
  }

  /** The last run stays, however much it told. */
  #makeRoom(): void {
    for (const runId of this.#ended) {
      if (this.#ended.size <= 1 || (this.#ended.size <= this.#capacity && this.#events <= EVENTS)) return;
      this.#drop(runId);
    }
  }

  #drop(runId: string): void {
    this.#events -= this.#entries.get(runId)?.events.length ?? 0;
    this.#ended.delete(runId);
    this.#entries.delete(runId);
  }
}
