/** Programs of this machine, for scripts in other languages. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Processes, ProcessOptions } from '../../ports';
import { dataFolder } from '../../store/location';

const OUTPUT_LIMIT = 16 * 1024 * 1024;

type Result = Awaited<ReturnType<Processes['run']>>;

export class SpawnedProcesses implements Processes {
  readonly #folder: string;
  /** The last program of a folder of files: programs that share one run one after the other. */
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  run: Processes['run'] = async (command, args, options) => {
    if (options.files === undefined) return start(command, args, options, this.#folder);
    const folder = folderOf(options.files);
    const before = this.#last.get(folder) ?? Promise.resolve();
    const { files } = options;
    const own = before.then(() => write(folder, files)).then(() => start(command, args, options, folder));
    const settled = own.catch(() => undefined);
    this.#last.set(folder, settled);
    void settled.then(() => {
      if (this.#last.get(folder) === settled) this.#last.delete(folder);
    });
    return own;
  };
}

function start(command: string, args: readonly string[], options: ProcessOptions, cwd: string): Promise<Result> {
  const { input, timeout, signal, env } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      signal,
      timeout,
      windowsHide: true,
      ...(env === undefined ? {} : { env: { ...process.env, ...env } }),
    });
    const output = { stdout: '', stderr: '' };
    const keep = (name: 'stdout' | 'stderr') => (text: string) => {
      if (output[name].length < OUTPUT_LIMIT) output[name] += text;
    };
    child.stdout.setEncoding('utf8').on('data', keep('stdout'));
    child.stderr.setEncoding('utf8').on('data', keep('stderr'));
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      const isMissing = 'code' in error && error.code === 'ENOENT';
      resolve(isMissing ? { missing: true } : { exitCode: -1, stdout: '', stderr: error.message });
    });
    child.on('close', (exitCode) => resolve({ exitCode: exitCode ?? -1, ...output }));
    child.stdin.end(input ?? '');
  });
}

/** Named for what is in the files, and below the user's own data: nobody else's program is run. */
function folderOf(files: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [name, text] of files) hash.update(`${name}\0${text}\0`);
  return join(dataFolder(), 'scripts', hash.digest('hex').slice(0, 32));
}

/** Files that are there already stay as they are, so that build tools see nothing new. */
async function write(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [name, text] of files) {
    const file = join(folder, name);
    const known = await readFile(file, 'utf8').catch(() => undefined);
    if (known !== text) await writeFile(file, text, { mode: 0o600 });
  }
}
