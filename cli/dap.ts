/**
 * `logicapps dap`: the debug adapter over standard input and output. It is a bundle of its own beside this program, and runs in this
 * process: a client that kills the program it has started leaves no other one behind.
 */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exitCodes, UsageError } from './io';
import type { Io } from './io';

/** The adapter ends the process when the client has disconnected, or is gone. */
export async function dap(args: readonly string[], io: Io): Promise<number> {
  if (args.length > 0) throw new UsageError('The debug adapter takes no arguments: a client tells it what to launch.');
  const program = process.argv[1];
  const adapter = program === undefined ? undefined : join(dirname(realpathSync(program)), 'dap.js');
  if (adapter === undefined || !existsSync(adapter)) {
    io.err('The debug adapter is not built: npm run build makes dist/dap.js.\n');
    return exitCodes.usage;
  }
  await import(pathToFileURL(adapter).href);
  return exitCodes.fine;
}
