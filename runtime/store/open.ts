/**
 * Opens the store of a project: SQLite where the host has it and the file can be had for ourselves, else memory with the reason.
 * One process owns a file, because unfinished runs must be resumed once: an exclusive transaction on a small file beside it is a
 * lock that the operating system lets go of when the process dies.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type * as sqliteModule from 'node:sqlite';
import type { DatabaseSync } from 'node:sqlite';
import { MemoryStore } from './memory';
import { SqliteStore } from './sqlite';
import type { RunStore } from './store';

export interface OpenedStore {
  readonly store: RunStore;
  /** Why runs are kept in memory only; undefined when they are durable, or nobody asked for a file. */
  readonly warning?: string;
}

export interface StoreOptions {
  /** Undefined: memory. */
  readonly file: string | undefined;
  /** Told when writing begins to fail and when it works again. */
  readonly trouble: (message: string) => void;
  /** True: only reads, beside a host that owns the file. */
  readonly readOnly?: boolean;
}

/** Never throws. */
export function openStore({ file, trouble, readOnly = false }: StoreOptions): OpenedStore {
  if (file === undefined || (readOnly && !existsSync(file))) return { store: new MemoryStore() };
  const inMemory = (reason: string): OpenedStore => ({
    store: new MemoryStore(),
    warning: `Runs are kept in memory and are gone when the host stops. ${reason}`,
  });
  const sqlite = loadSqlite();
  if (sqlite === undefined) return inMemory('This version of Node.js has no SQLite; 22.13 or newer has.');
  let lock: DatabaseSync | undefined;
  try {
    mkdirSync(dirname(file), { recursive: true });
    if (!readOnly) {
      lock = lockOf(sqlite, file);
      if (lock === undefined)
        return inMemory(`Another host of this project is running and owns the run history ${file}.`);
    }
    return { store: new OwnedStore(new sqlite.DatabaseSync(file, { readOnly }), trouble, readOnly, lock) };
  } catch (error) {
    lock?.close();
    return inMemory(
      `The run history ${file} cannot be opened: ${reasonOf(error)} Move the file away to start a new history.`,
    );
  }
}

/** Never imported statically: older hosts must be able to load the bundle. */
function loadSqlite(): typeof sqliteModule | undefined {
  // Some versions announce SQLite as experimental on every start; that is no message for people who run workflows.
  const announce = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule?.('node:sqlite');
  } finally {
    process.emitWarning = announce;
  }
}

function lockOf(sqlite: typeof sqliteModule, file: string): DatabaseSync | undefined {
  const lock = new sqlite.DatabaseSync(`${file}.lock`);
  try {
    lock.exec('PRAGMA busy_timeout = 500; PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE;');
    return lock;
  } catch (error) {
    lock.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}

/** SQLITE_BUSY and SQLITE_LOCKED, with their extended codes. */
function isBusy(error: unknown): boolean {
  const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
  return code === 5 || code === 6;
}

function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.endsWith('.') ? text : `${text}.`;
}

/** A store that lets go of its lock when it closes. */
class OwnedStore extends SqliteStore {
  readonly #lock: DatabaseSync | undefined;

  constructor(
    database: DatabaseSync,
    trouble: (message: string) => void,
    isReadOnly: boolean,
    lock: DatabaseSync | undefined,
  ) {
    super(database, trouble, isReadOnly);
    this.#lock = lock;
  }

  override close(): void {
    super.close();
    if (this.#lock?.isOpen === true) this.#lock.close();
  }
}
