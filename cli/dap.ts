/** `logicapps dap`: the debug adapter over standard input and output. It is a bundle of its own beside this program. */
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exitCodes, UsageError } from './io';
import type { Io } from './io';

/** Resolves when the client has disconnected. */
export async function dap(args: readonly string[], io: Io): Promise<number> {
  if (args.length > 0) throw new UsageError('The debug adapter takes no arguments: a client tells it what to launch.');
  const program = process.argv[1];
  const adapter = program === undefined ? undefined : join(dirname(realpathSync(program)), 'dap.js');
  if (adapter === undefined || !existsSync(adapter)) {
    io.err('The debug adapter is not built: npm run build makes dist/dap.js.\n');
    return exitCodes.usage;
  }
  const child = spawn(process.execPath, [adapter], { stdio: 'inherit', cwd: io.cwd });
  const end = (): void => void child.kill();
  process.on('SIGTERM', end);
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      process.off('SIGTERM', end);
      resolve(code ?? exitCodes.usage);
    });
  });
}
