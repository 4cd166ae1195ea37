import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, describe, expect, it } from 'vitest';
import { Housekeeping } from '../../../runtime/host/retention';
import { storeFileOf } from '../../../runtime/store/location';
import { MemoryStore } from '../../../runtime/store/memory';
import { openStore } from '../../../runtime/store/open';
import type { RunStore } from '../../../runtime/store/store';
import { everyEvent, shortRun } from '../events';
import { hasSqlite } from '../host/projects';

const opened: RunStore[] = [];
const temporaryFile = () => join(mkdtempSync(join(tmpdir(), 'store-')), 'history', 'runs.sqlite');
const open = (file: string, readOnly = false) => {
  const troubles: string[] = [];
  const { store, warning } = openStore({ file, readOnly, trouble: (message) => troubles.push(message) });
  opened.push(store);
  return { store, warning, troubles };
};

/** A program of its own that has `openStore` and `shortRun`. */
async function bundled(program: string): Promise<string> {
  const script = join(mkdtempSync(join(tmpdir(), 'store-child-')), 'child.mjs');
  const entry = join(import.meta.dirname, '../../../runtime/store/open.ts');
  const events = join(import.meta.dirname, '../events.ts');
  await build({
    stdin: {
      contents: `import { openStore } from ${JSON.stringify(entry)}; import { shortRun } from ${JSON.stringify(events)};
        ${program}`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: script,
    logLevel: 'silent',
  });
  return script;
}

afterEach(() => {
  for (const store of opened.splice(0)) store.close();
});

const kinds: readonly (readonly [string, () => RunStore])[] = [
  ['memory', () => new MemoryStore()],
  ...(hasSqlite ? ([['SQLite', () => open(temporaryFile()).store]] as const) : []),
];

describe.each(kinds)('a store in %s', (_, make) => {
  it('gives a run back as it was told, event by event', () => {
    const store = make();
    const events = shortRun('r1', 1000);
    for (const event of events) store.append(event);
    expect(store.events('r1')).toEqual(events);
    expect(store.run('r1')).toMatchObject({
      status: 'Succeeded',
      startTime: 1001,
      endTime: 1005,
      clientTrackingId: 't-r1',
    });
  });

  it.each([1_700_000_000_000, 1_700_000_000_000.1234])('loses nothing of any kind of event, told at %d', (time) => {
    const store = make();
    const events = everyEvent('r1', time);
    for (const event of events) store.append(event);
    expect(store.events('r1')).toEqual(events);
  });

  it('lists the newest runs first, page by page, and by filter', () => {
    const store = make();
    for (let index = 0; index < 7; index += 1) {
      for (const event of shortRun(`r${index}`, 1000 * index, index % 2 === 0 ? 'orders' : 'other'))
        store.append(event);
    }
    const ids = (query: Parameters<RunStore['runs']>[0]) => store.runs(query).map((run) => run.runId);
    expect(ids({ workflow: 'ORDERS', top: 2 })).toEqual(['r6', 'r4']);
    expect(ids({ workflow: 'orders', top: 5, after: 'r4' })).toEqual(['r2', 'r0']);
    expect(ids({ top: 9, startedFrom: { time: 4001, inclusive: false } })).toEqual(['r6', 'r5']);
    expect(ids({ top: 9, startedTo: { time: 1001, inclusive: true } })).toEqual(['r1', 'r0']);
    expect(ids({ top: 9, statuses: ['failed'] })).toEqual([]);
    expect(ids({ top: 9, statuses: ['succeeded'], workflow: 'other' })).toEqual(['r5', 'r3', 'r1']);
    expect(ids({ top: 9, clientTrackingId: 't-r3' })).toEqual(['r3']);
  });

  it('forgets runs by age and by number, and never one that has not ended', () => {
    const store = make();
    for (const event of shortRun('open', 0).slice(0, 3)) store.append(event);
    for (let index = 1; index <= 5; index += 1) {
      for (const event of shortRun(`r${index}`, 1000 * index)) store.append(event);
    }
    expect(store.prune({ endedBefore: 1500, keep: 3 })).toBe(2);
    expect(store.runs({ top: 9 }).map((run) => run.runId)).toEqual(['r5', 'r4', 'r3', 'open']);
    expect(store.events('r1')).toEqual([]);
    expect(store.events('open')).toHaveLength(3);
  });

  it('forgets by number alone as runs end, in small steps', () => {
    const store = make();
    const housekeeping = new Housekeeping(store, 100);
    for (let index = 0; index < 1700; index += 1) {
      for (const event of shortRun(`r${index}`, 1000 * index)) store.append(event);
      housekeeping.runEnded();
    }
    const kept = store.runs({ top: 5000 }).map((run) => run.runId);
    expect(kept[0]).toBe('r1699');
    expect(kept.length).toBeGreaterThanOrEqual(100);
    expect(kept.length).toBeLessThan(600);
  });

  it('keeps notes', () => {
    const store = make();
    store.setNote('key', 'one');
    store.setNote('key', 'two');
    expect(store.note('key')).toBe('two');
    store.setNote('key', undefined);
    expect(store.note('key')).toBeUndefined();
  });
});

describe.skipIf(!hasSqlite)('a store in a file', () => {
  it('has everything after it was closed and opened again, and knows what is unfinished', () => {
    const file = temporaryFile();
    const first = open(file).store;
    expect(first.durable).toBe(true);
    for (const event of [...shortRun('done', 0), ...shortRun('open', 10).slice(0, 4)]) first.append(event);
    first.setNote('key', 'kept');
    first.close();
    const second = open(file).store;
    expect(second.unfinished().map((run) => run.runId)).toEqual(['open']);
    expect(second.events('open')).toEqual(shortRun('open', 10).slice(0, 4));
    expect(second.note('key')).toBe('kept');
    // A resumed run ends like any other.
    for (const event of shortRun('open', 10).slice(4)) second.append(event);
    expect(second.unfinished()).toEqual([]);
    expect(second.events('open')).toEqual(shortRun('open', 10));
  });

  it('reads what an earlier version wrote, and goes on with it', () => {
    const file = temporaryFile();
    open(file).store.close();
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
    const database = new DatabaseSync(file);
    const [before, later] = [shortRun('old', 0).slice(0, 3), shortRun('old', 0).slice(3)];
    database.exec('PRAGMA user_version = 1');
    database
      .prepare(
        `INSERT INTO runs (id, workflow, "trigger", status, start_time, tracking_id, batch)
         VALUES ('old', 'orders', 'manual', 'Running', 1, 't-old', ?)`,
      )
      .run(JSON.stringify(before));
    database.close();
    expect(open(file, true).store.events('old')).toEqual(before);
    const { store, warning } = open(file);
    expect(warning).toBeUndefined();
    expect(store.unfinished().map((run) => run.runId)).toEqual(['old']);
    for (const event of later) store.append(event);
    expect(store.events('old')).toEqual([...before, ...later]);
  });

  it('has a run of a hundred thousand events, written in pieces, in one piece', async () => {
    const file = temporaryFile();
    const { store } = open(file);
    const [start, fired, ...rest] = shortRun('big', 0);
    const events = [start, ...Array.from({ length: 100_000 }, () => fired), ...rest].flatMap((event, index) =>
      event === undefined ? [] : [{ ...event, sequence: index + 1 }],
    );
    for (const event of events) store.append(event);
    await store.commit();
    const read = store.events('big');
    expect(read).toHaveLength(events.length);
    expect(read.at(-1)).toEqual(events.at(-1));
    expect(read.every(({ sequence }, index) => sequence === index + 1)).toBe(true);
    store.close();
    expect(open(file).store.events('big')).toHaveLength(events.length);
  });

  it.skipIf(process.platform === 'win32')('goes on in memory when the disk is full', async () => {
    const file = temporaryFile();
    const script = await bundled(`
      const { store } = openStore({ file: process.argv[2], trouble: (message) => (trouble ??= message) });
      let trouble;
      let count = 0;
      for (; trouble === undefined && count < 5000; count += 1) {
        for (const event of shortRun('r' + count, count)) store.append(event);
        await store.commit();
      }
      for (let more = 0; more < 3; more += 1, count += 1) for (const event of shortRun('r' + count, count)) store.append(event);
      await store.commit();
      const all = store.runs({ top: 100000 });
      const last = store.events('r' + (count - 1)).length;
      console.log([trouble, '/', count, all.length, last].join(' '));`);
    // The limit of a process on the size of a file stands for a full disk: a write beyond it fails.
    const limited = `ulimit -f 4000; exec "$0" "$1" "$2"`;
    const child = spawn('sh', ['-c', limited, process.execPath, script, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    child.stdout.on('data', (data: Buffer) => (told += data.toString()));
    await new Promise<void>((resolve) => child.on('close', () => resolve()));
    const [, trouble, written, known, last] = /^(.*) \/ (\d+) (\d+) (\d+)$/m.exec(told) ?? [];
    expect(trouble).toMatch(/cannot be written; runs go on in memory/);
    expect(known).toBe(written);
    expect(last).toBe('5');
    const { store, warning } = open(file);
    expect(warning).toBeUndefined();
    expect(store.runs({ top: 10_000 }).length).toBeGreaterThan(30);
  });

  it('loses nothing that was committed when the process is killed', async () => {
    const file = temporaryFile();
    const script = await bundled(`
      const { store } = openStore({ file: process.argv[2], trouble: () => {} });
      for (let index = 0; ; index += 1) {
        for (const event of shortRun('r' + index, index)) store.append(event);
        await store.commit();
        process.stdout.write('r' + index + '\\n');
      }`);
    const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let told = '';
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (data: Buffer) => {
        told += data.toString();
        if (told.length > 2000) child.kill('SIGKILL');
      });
      child.on('close', () => resolve());
    });
    const ids = told.split('\n').slice(0, -1);
    expect(ids.length).toBeGreaterThan(100);
    const { store, warning } = open(file);
    expect(warning).toBeUndefined();
    for (const id of ids) expect(store.run(id)?.status).toBe('Succeeded');
  });

  it('goes on in memory while the file cannot be written, says so, and catches up', async () => {
    const file = temporaryFile();
    const { store, troubles } = open(file);
    for (const event of shortRun('before', 0)) store.append(event);
    await store.commit();
    const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');
    for (const event of shortRun('during', 10)) store.append(event);
    await store.commit();
    expect(troubles).toEqual([expect.stringMatching(/cannot be written; runs go on in memory.*locked/)]);
    expect(store.runs({ top: 5 }).map((run) => run.runId)).toEqual(['during', 'before']);
    expect(store.events('during')).toEqual(shortRun('during', 10));
    expect(store.prune({ endedBefore: 5000, keep: 0 })).toBe(0);
    other.exec('COMMIT');
    other.close();
    for (const event of shortRun('after', 20)) store.append(event);
    await store.commit();
    expect(troubles[1]).toMatch(/can be written again/);
    store.close();
    expect(
      open(file)
        .store.runs({ top: 5 })
        .map((run) => run.runId),
    ).toEqual(['after', 'during', 'before']);
  });

  it('is left to the host that has it; a second one keeps its runs in memory and says so', () => {
    const file = temporaryFile();
    const first = open(file).store;
    const second = open(file);
    expect(second.store.durable).toBe(false);
    expect(second.warning).toMatch(/Another host/);
    for (const event of shortRun('r1', 0)) first.append(event);
    void first.commit();
    const reader = open(file, true);
    expect(reader.warning).toBeUndefined();
    first.runs({ top: 1 });
    expect(reader.store.runs({ top: 5 }).map((run) => run.runId)).toEqual(['r1']);
  });

  it('says what is wrong with a damaged file and leaves it as it is', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'store-')), 'runs.sqlite');
    writeFileSync(file, 'this is no database, it only has the name of one'.repeat(100));
    const { store, warning } = open(file);
    expect(store.durable).toBe(false);
    expect(warning).toMatch(/cannot be opened.*not a database.*Move the file away/s);
  });
});

describe('a store in memory', () => {
  it('makes room for new runs by number and by what they told, and keeps the last one whatever it told', () => {
    const store = new MemoryStore(3);
    for (let index = 0; index < 5; index += 1) for (const event of shortRun(`r${index}`, index)) store.append(event);
    expect(store.runs({ top: 9 }).map((run) => run.runId)).toEqual(['r4', 'r3', 'r2']);
    const [start, fired, ...rest] = shortRun('big', 100);
    for (const event of [start, ...Array.from({ length: 150_000 }, () => fired), ...rest]) {
      if (event !== undefined) store.append(event);
    }
    expect(store.runs({ top: 9 }).map((run) => run.runId)).toEqual(['big']);
  });
});

describe('the place of a history', () => {
  const home = '/home/ann';
  it('follows the custom of the platform', () => {
    expect(storeFileOf('/p/shop', { platform: 'linux', home, environment: {} })).toMatch(
      /^\/home\/ann\/\.local\/share\/logicapps-workbench\/runs\/shop-[0-9a-f]{16}\/runs\.sqlite$/,
    );
    expect(storeFileOf('/p/shop', { platform: 'linux', home, environment: { XDG_DATA_HOME: '/data' } })).toMatch(
      /^\/data\//,
    );
    expect(storeFileOf('/p/shop', { platform: 'darwin', home, environment: {} })).toContain(
      '/Library/Application Support/',
    );
    expect(storeFileOf('/p/shop', { platform: 'win32', home, environment: { LOCALAPPDATA: 'C:/local' } })).toMatch(
      /^C:\/local/,
    );
  });
  it('differs for folders of one name', () => {
    expect(storeFileOf('/a/shop')).not.toBe(storeFileOf('/b/shop'));
  });
});
