/** Programs of this machine, for scripts in other languages. */
import { spawn } from 'node:child_process';
import type { Processes } from '../../ports';

const OUTPUT_LIMIT = 16 * 1024 * 1024;

export class SpawnedProcesses implements Processes {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  run: Processes['run'] = (command, args, { input, timeout, signal }) =>
    new Promise((resolve) => {
      const child = spawn(command, args, { cwd: this.#folder, signal, timeout, windowsHide: true });
      const output = { stdout: '', stderr: '' };
      const keep = (name: 'stdout' | 'stderr') => (text: string) => {
        if (output[name].length < OUTPUT_LIMIT) output[name] += text;
      };
      child.stdout.setEncoding('utf8').on('data', keep('stdout'));
      child.stderr.setEncoding('utf8').on('data', keep('stderr'));
      child.stdin.on('error', () => undefined);
      child.on('error', (error) => {
        if ('code' in error && error.code === 'ENOENT') resolve({ missing: true });
      });
      child.on('close', (exitCode) => resolve({ exitCode: exitCode ?? -1, ...output }));
      child.stdin.end(input ?? '');
    });
}
