/**
 * Runs in one SQLite file per project. Events wait in memory until the next commit and are written as one row per run and
 * transaction: a short run costs one insert. WAL with `synchronous = NORMAL` survives the death of the process at any moment.
 *
 * `node:sqlite` is handed in, because hosts differ in whether they have it: see `open.ts`.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RunEvent } from '../events';
import { eventsOf, runOfRow, selectRuns, valuesOf } from './rows';
import { ended, runOf } from './store';
import type { Retention, RunQuery, RunStore, StoredRun } from './store';

/** Raised whenever a table changes; a file of a newer version is left alone. */
export const STORE_VERSION = 1;

const schema = `
  CREATE TABLE IF NOT EXISTS runs (
    id TEXT PRIMARY KEY, workflow TEXT NOT NULL COLLATE NOCASE, "trigger" TEXT NOT NULL COLLATE NOCASE,
    status TEXT NOT NULL COLLATE NOCASE, start_time REAL NOT NULL, end_time REAL, tracking_id TEXT NOT NULL,
    code TEXT, error TEXT, parent TEXT) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS runs_by_workflow ON runs (workflow, start_time DESC, id DESC);
  CREATE INDEX IF NOT EXISTS runs_by_start ON runs (start_time DESC, id DESC);
  CREATE INDEX IF NOT EXISTS runs_open ON runs (start_time) WHERE end_time IS NULL;
  CREATE INDEX IF NOT EXISTS runs_by_parent ON runs (parent) WHERE parent IS NOT NULL;
  CREATE TABLE IF NOT EXISTS events (
    run TEXT NOT NULL, first INTEGER NOT NULL, batch TEXT NOT NULL, PRIMARY KEY (run, first)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
  PRAGMA user_version = ${STORE_VERSION};
`;

interface Pending {
  run: StoredRun | undefined;
  /** True when `run` differs from what the file holds. */
  changed: boolean;
  readonly events: RunEvent[];
}

export class SqliteStore implements RunStore {
  readonly durable = true;
  readonly #database: DatabaseSync;
  readonly #trouble: (message: string) => void;
  readonly #pending = new Map<string, Pending>();
  /** Runs that have not ended, so that their last event need not read the file. */
  readonly #open = new Map<string, StoredRun>();
  readonly #notes = new Map<string, string | undefined>();
  readonly #statements: {
    readonly insertRun: StatementSync;
    readonly insertEvents: StatementSync;
    readonly setNote: StatementSync;
    readonly dropNote: StatementSync;
    readonly run: StatementSync;
    readonly events: StatementSync;
  };
  #committing: Promise<void> | undefined;
  /** True after a failed write: the next success is told too. */
  #troubled = false;
  #closed = false;

  /** `trouble` is told, once each time it begins and ends, that the file cannot be written. Throws when the file is no store. */
  constructor(database: DatabaseSync, trouble: (message: string) => void) {
    this.#database = database;
    this.#trouble = trouble;
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000;');
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
    if (version > STORE_VERSION) throw new Error('It was written by a newer version of Logic Apps Workbench.');
    if (version < STORE_VERSION) database.exec(`BEGIN; ${schema} COMMIT;`);
    this.#statements = {
      insertRun: database.prepare(
        `INSERT INTO runs (id, workflow, "trigger", status, start_time, end_time, tracking_id, code, error, parent)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET status = excluded.status, end_time = excluded.end_time,
           code = excluded.code, error = excluded.error`,
      ),
      insertEvents: database.prepare('INSERT OR REPLACE INTO events (run, first, batch) VALUES (?, ?, ?)'),
      setNote: database.prepare('INSERT OR REPLACE INTO notes (name, text) VALUES (?, ?)'),
      dropNote: database.prepare('DELETE FROM notes WHERE name = ?'),
      run: database.prepare('SELECT * FROM runs WHERE id = ?'),
      events: database.prepare('SELECT batch FROM events WHERE run = ? ORDER BY first'),
    };
    for (const run of this.unfinished()) this.#open.set(run.runId, run);
  }

  append(event: RunEvent): void {
    let pending = this.#pending.get(event.runId);
    if (pending === undefined) {
      pending = { run: this.#open.get(event.runId), changed: false, events: [] };
      this.#pending.set(event.runId, pending);
    }
    pending.events.push(event);
    if (event.type === 'runStarted') {
      pending.run = runOf(event);
      pending.changed = true;
      this.#open.set(event.runId, pending.run);
    } else if (event.type === 'runFinished' && pending.run !== undefined) {
      pending.run = ended(pending.run, event);
      pending.changed = true;
      this.#open.delete(event.runId);
    }
    // Nobody may ask for a commit for hours (a run that waits): what is appended becomes durable soon all the same.
    void this.#schedule();
  }

  commit(): Promise<void> | undefined {
    return this.#pending.size === 0 ? undefined : this.#schedule();
  }

  run(runId: string): StoredRun | undefined {
    const pending = this.#pending.get(runId)?.run ?? this.#open.get(runId);
    if (pending !== undefined) return pending;
    const row = this.#statements.run.get(runId);
    return row === undefined ? undefined : runOfRow(row);
  }

  runs(query: RunQuery): readonly StoredRun[] {
    this.#write();
    const { sql, values } = selectRuns(query);
    return this.#database
      .prepare(sql)
      .all(...values)
      .map(runOfRow);
  }

  events(runId: string): readonly RunEvent[] {
    this.#write();
    const written = this.#statements.events.all(runId).flatMap((row) => eventsOf(String(row['batch'])));
    // After a failed write the newest events are still only here.
    return [...written, ...(this.#pending.get(runId)?.events ?? [])];
  }

  unfinished(): readonly StoredRun[] {
    this.#write();
    return this.#database
      .prepare('SELECT * FROM runs WHERE end_time IS NULL ORDER BY start_time, id')
      .all()
      .map(runOfRow);
  }

  note(name: string): string | undefined {
    if (this.#notes.has(name)) return this.#notes.get(name);
    const row = this.#database.prepare('SELECT text FROM notes WHERE name = ?').get(name);
    return row === undefined ? undefined : String(row['text']);
  }

  setNote(name: string, text: string | undefined): void {
    this.#notes.set(name, text);
    void this.#schedule();
  }

  prune({ endedBefore, keep }: Retention): number {
    this.#write();
    const removed = this.#database
      .prepare(
        `DELETE FROM runs WHERE end_time IS NOT NULL AND (end_time < ? OR id NOT IN (
           SELECT id FROM runs WHERE end_time IS NOT NULL ORDER BY end_time DESC LIMIT ?))`,
      )
      .run(endedBefore, keep);
    if (Number(removed.changes) > 0) {
      this.#database.exec('DELETE FROM events WHERE run NOT IN (SELECT id FROM runs)');
    }
    return Number(removed.changes);
  }

  close(): void {
    if (this.#closed) return;
    this.#write();
    this.#closed = true;
    this.#database.close();
  }

  #schedule(): Promise<void> {
    this.#committing ??= new Promise((resolve) => {
      // One turn of the event loop gathers what every run has to say.
      setImmediate(() => {
        this.#committing = undefined;
        this.#write();
        resolve();
      });
    });
    return this.#committing;
  }

  #write(): void {
    if (this.#closed || (this.#pending.size === 0 && this.#notes.size === 0)) return;
    const { insertRun, insertEvents, setNote, dropNote } = this.#statements;
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      for (const [runId, { run, changed, events }] of this.#pending) {
        if (changed && run !== undefined) insertRun.run(...valuesOf(run));
        const [first] = events;
        if (first !== undefined) insertEvents.run(runId, first.sequence, JSON.stringify(events));
      }
      for (const [name, text] of this.#notes) {
        if (text === undefined) dropNote.run(name);
        else setNote.run(name, text);
      }
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#failed(error);
      return;
    }
    this.#pending.clear();
    this.#notes.clear();
    if (this.#troubled) {
      this.#troubled = false;
      this.#trouble('The run history can be written again; nothing was lost.');
    }
  }

  /** Runs go on in memory; every later commit tries to write what has gathered. */
  #failed(error: unknown): void {
    try {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
    } catch {
      // The transaction has ended with the failure itself.
    }
    if (this.#troubled) return;
    this.#troubled = true;
    const reason = error instanceof Error ? error.message : String(error);
    this.#trouble(`The run history cannot be written; runs go on in memory until it can. Reason: ${reason}`);
  }
}
