/**
 * Runs in one SQLite file per project. Events wait in memory until the next commit and are written as one row per run and
 * transaction: a short run costs one insert. WAL with `synchronous = NORMAL` survives the death of the process at any moment.
 *
 * `node:sqlite` is handed in, because hosts differ in whether they have it: see `open.ts`.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RunEvent } from '../events';
import { EventBatch } from './batch';
import { Checkpoints } from './checkpoints';
import { endingOf, eventsOf, runOfRow, selectRuns, valuesOf } from './rows';
import type { Row } from './rows';
import { ended, fits, newestFirst, runOf } from './store';
import type { Retention, RunQuery, RunStore, StoredRun } from './store';

/** Raised whenever a table or the form of its texts changes; a file of a newer version is left alone. 1 had batches of JSON. */
export const STORE_VERSION = 2;

/** Characters of one run that may wait for the end of the turn: a loop over thousands of items tells millions in one. */
const LARGEST_BATCH = 65_536;

/**
 * A run that ends at once is one row, its events in it; only what comes later goes to `events`. Rows are numbered as they come, so
 * that the newest are last and inserts only append.
 */
const schema = `
  CREATE TABLE IF NOT EXISTS runs (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, workflow TEXT NOT NULL COLLATE NOCASE,
    "trigger" TEXT NOT NULL COLLATE NOCASE, status TEXT NOT NULL COLLATE NOCASE, start_time REAL NOT NULL, end_time REAL,
    tracking_id TEXT NOT NULL, code TEXT, error TEXT, parent TEXT, batch TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS runs_by_workflow ON runs (workflow);
  CREATE INDEX IF NOT EXISTS runs_open ON runs (start_time) WHERE end_time IS NULL;
  CREATE INDEX IF NOT EXISTS runs_by_parent ON runs (parent) WHERE parent IS NOT NULL;
  CREATE TABLE IF NOT EXISTS events (number INTEGER PRIMARY KEY, run INTEGER NOT NULL, batch TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS events_by_run ON events (run);
  CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
  PRAGMA user_version = ${STORE_VERSION};
`;

interface OpenRun {
  run: StoredRun;
  /** Its row; undefined until it has been written. */
  row: number | undefined;
}

interface Pending {
  readonly open: OpenRun | undefined;
  /** True when the run differs from what the file holds. */
  changed: boolean;
  readonly batch: EventBatch;
}

export class SqliteStore implements RunStore {
  readonly durable = true;
  readonly #database: DatabaseSync;
  readonly #trouble: (message: string) => void;
  readonly #checkpoints: Checkpoints;
  readonly #pending = new Map<string, Pending>();
  /** Runs that have not ended, so that their last event need not read the file. */
  readonly #open = new Map<string, OpenRun>();
  readonly #notes = new Map<string, string | undefined>();
  readonly #statements: {
    readonly insertRun: StatementSync;
    readonly updateRun: StatementSync;
    readonly insertEvents: StatementSync;
    readonly setNote: StatementSync;
    readonly dropNote: StatementSync;
    readonly run: StatementSync;
    readonly events: StatementSync;
    readonly newest: StatementSync;
    readonly dropMany: StatementSync;
    readonly dropOld: StatementSync;
    readonly dropEvents: StatementSync;
    readonly begin: StatementSync;
    readonly commit: StatementSync;
  };
  #committing: Promise<void> | undefined;
  /** True after a failed write: the next success is told too. */
  #troubled = false;
  #closed = false;

  /** `trouble` is told, once each time it begins and ends, that the file cannot be written. Throws when the file is no store. */
  constructor(database: DatabaseSync, trouble: (message: string) => void, isReadOnly: boolean) {
    this.#database = database;
    this.#trouble = trouble;
    // The host before this one may just be closing the file.
    database.exec('PRAGMA busy_timeout = 3000;');
    database.exec('PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    // Checkpoints are made elsewhere; these are the net below.
    database.exec('PRAGMA busy_timeout = 250; PRAGMA wal_autocheckpoint = 20000;');
    this.#checkpoints = new Checkpoints(database.location() ?? '');
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
    if (version > STORE_VERSION) throw new Error('It was written by a newer version of Logic Apps Workbench.');
    if (version < STORE_VERSION && !isReadOnly) database.exec(`BEGIN; ${schema} COMMIT;`);
    this.#statements = {
      insertRun: database.prepare(
        `INSERT INTO runs (id, workflow, "trigger", status, start_time, end_time, tracking_id, code, error, parent, batch)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ),
      updateRun: database.prepare('UPDATE runs SET status = ?, end_time = ?, code = ?, error = ? WHERE number = ?'),
      insertEvents: database.prepare('INSERT INTO events (run, batch) VALUES (?, ?)'),
      setNote: database.prepare('INSERT OR REPLACE INTO notes (name, text) VALUES (?, ?)'),
      dropNote: database.prepare('DELETE FROM notes WHERE name = ?'),
      run: database.prepare('SELECT * FROM runs WHERE id = ?'),
      events: database.prepare('SELECT batch FROM events WHERE run = ? ORDER BY number'),
      newest: database.prepare('SELECT max(number) AS number FROM runs'),
      dropMany: database.prepare('DELETE FROM runs WHERE number <= ? AND end_time IS NOT NULL'),
      dropOld: database.prepare('DELETE FROM runs WHERE end_time < ?'),
      dropEvents: database.prepare('DELETE FROM events WHERE run NOT IN (SELECT number FROM runs)'),
      begin: database.prepare('BEGIN IMMEDIATE'),
      commit: database.prepare('COMMIT'),
    };
    for (const row of this.#openRows()) {
      const run = runOfRow(row);
      this.#open.set(run.runId, { run, row: Number(row['number']) });
    }
  }

  append(event: RunEvent): void {
    const { runId } = event;
    let pending = this.#pending.get(runId);
    if (pending === undefined) {
      if (event.type === 'runStarted') this.#open.set(runId, { run: runOf(event), row: undefined });
      pending = { open: this.#open.get(runId), changed: false, batch: new EventBatch() };
      this.#pending.set(runId, pending);
    }
    pending.batch.add(event);
    if (event.type === 'runFinished' && pending.open !== undefined) {
      pending.open.run = ended(pending.open.run, event);
      pending.changed = true;
      this.#open.delete(runId);
    }
    // Nobody may ask for a commit for hours (a run that waits): what is appended becomes durable soon all the same.
    if (pending.batch.size > LARGEST_BATCH && !this.#troubled) this.#write();
    else void this.#schedule();
  }

  commit(): Promise<void> | undefined {
    return this.#pending.size === 0 ? undefined : this.#schedule();
  }

  run(runId: string): StoredRun | undefined {
    const open = this.#pending.get(runId)?.open ?? this.#open.get(runId);
    if (open !== undefined) return open.run;
    const row = this.#statements.run.get(runId);
    return row === undefined ? undefined : runOfRow(row);
  }

  runs(query: RunQuery): readonly StoredRun[] {
    this.#write();
    const { sql, values } = selectRuns(query);
    const written = this.#database
      .prepare(sql)
      .all(...values)
      .map(runOfRow);
    if (this.#pending.size === 0) return written;
    // The last write has failed: what waits to be written belongs to the answer all the same.
    const waiting = [...this.#pending.values()].flatMap(({ open }) => open?.run ?? []);
    const known = new Set(waiting.map(({ runId }) => runId));
    return [...waiting.filter((run) => fits(run, query)), ...written.filter(({ runId }) => !known.has(runId))]
      .sort(newestFirst)
      .slice(0, query.top);
  }

  events(runId: string): readonly RunEvent[] {
    this.#write();
    // After a failed write the newest events are still only here.
    const waiting = this.#pending.get(runId)?.batch;
    const unwritten = waiting === undefined ? [] : eventsOf(waiting.text, runId);
    const row = this.#statements.run.get(runId);
    if (row === undefined) return unwritten;
    const batches = [row, ...this.#statements.events.all(Number(row['number']))];
    return [...batches.flatMap(({ batch }) => eventsOf(String(batch), runId)), ...unwritten];
  }

  unfinished(): readonly StoredRun[] {
    this.#write();
    return this.#openRows().map(runOfRow);
  }

  #openRows(): Row[] {
    return this.#database.prepare('SELECT * FROM runs WHERE end_time IS NULL ORDER BY number').all();
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
    const { newest, dropOld, dropMany, dropEvents } = this.#statements;
    try {
      // Rows are numbered as runs come, so that the newest are known without looking at them.
      const last = Number(newest.get()?.['number'] ?? 0);
      let removed = Number(dropMany.run(last - keep).changes);
      if (endedBefore !== undefined) removed += Number(dropOld.run(endedBefore).changes);
      if (removed > 0) dropEvents.run();
      return removed;
    } catch (error) {
      this.#failed(error);
      return 0;
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#write();
    this.#closed = true;
    this.#checkpoints.close();
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
    const { setNote, dropNote, begin, commit } = this.#statements;
    const rows: (readonly [OpenRun, number])[] = [];
    try {
      begin.run();
      for (const pending of this.#pending.values()) {
        const row = this.#writeRun(pending);
        if (row !== undefined) rows.push(row);
      }
      for (const [name, text] of this.#notes) {
        if (text === undefined) dropNote.run(name);
        else setNote.run(name, text);
      }
      commit.run();
    } catch (error) {
      this.#failed(error);
      return;
    }
    for (const [open, row] of rows) open.row = row;
    let bytes = 0;
    for (const { batch } of this.#pending.values()) bytes += batch.size;
    this.#checkpoints.wrote(bytes);
    this.#pending.clear();
    this.#notes.clear();
    if (this.#troubled) {
      this.#troubled = false;
      this.#trouble('The run history can be written again; nothing was lost.');
    }
  }

  /** The row of a run that was not in the file yet. It counts only when the transaction succeeds. */
  #writeRun({ open, changed, batch }: Pending): readonly [OpenRun, number] | undefined {
    if (open === undefined) return undefined;
    const { insertRun, updateRun, insertEvents } = this.#statements;
    const { run, row } = open;
    if (row === undefined) return [open, Number(insertRun.run(...valuesOf(run), batch.text).lastInsertRowid)];
    insertEvents.run(row, batch.text);
    if (changed) updateRun.run(...endingOf(run), row);
    return undefined;
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
