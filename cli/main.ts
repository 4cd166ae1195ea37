/** Entry of `logicapps`: finds the command, loads it, and turns what goes wrong into a message and an exit code. */
import { exitCodes, UsageError } from './io';
import type { Io } from './io';

type Command = (args: readonly string[], io: Io) => Promise<number>;

/** A new command is a file beside this one and a line here; its code is loaded only when it is used. */
const commands: Readonly<Record<string, { readonly usage: string; readonly load: () => Promise<Command> }>> = {
  check: {
    usage: 'check <path…> [--format text|json|sarif|github] [--strict]',
    load: async () => (await import('./check')).check,
  },
  eval: {
    usage: 'eval <expression> [--context file.json] | eval --batch cases.json',
    load: async () => (await import('./eval')).evaluate,
  },
  run: {
    usage: 'run <project> <workflow> [--scenario file.json] [--case id] [--trigger body.json] [--format text|json]',
    load: async () => (await import('./run')).run,
  },
  test: {
    usage: 'test <path…> [--format spec|tap|junit|json] [--coverage] [--actuals out.json]',
    load: async () => (await import('./test')).test,
  },
  start: {
    usage: 'start <project> [--port 7071] [--host 127.0.0.1] [--store file] [--memory] [--verbose]',
    load: async () => (await import('./start')).start,
  },
  runs: {
    usage: 'runs <project> [list|show ID|replay ID] [--format text|json] [--top 50] [--workflow name] [--store file]',
    load: async () => (await import('./runs')).runs,
  },
  dap: {
    usage: 'dap',
    load: async () => (await import('./dap')).dap,
  },
};

const usage = ['Usage:', ...Object.values(commands).map((each) => `  logicapps ${each.usage}`), ''].join('\n');

/** Runs one command line. Resolves with the exit code; a bug of ours is reported with its cause, not thrown. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    (name === undefined ? io.err : io.out)(usage);
    return name === undefined ? exitCodes.usage : exitCodes.fine;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    io.err(`There is no command '${name}'.\n${usage}`);
    return exitCodes.usage;
  }
  if (rest.includes('--help')) {
    io.out(`Usage: logicapps ${command.usage}\n`);
    return exitCodes.fine;
  }
  try {
    const run = await command.load();
    return await run(rest, io);
  } catch (error) {
    if (error instanceof UsageError) {
      io.err(`${error.message}\nUsage: logicapps ${command.usage}\n`);
      return exitCodes.usage;
    }
    const detail = error instanceof Error ? error.message : String(error);
    io.err(`This is a fault of logicapps itself, please report it: ${detail}\n`);
    if (io.env['LOGICAPPS_DEBUG'] !== undefined && error instanceof Error) io.err(`${error.stack ?? ''}\n`);
    return exitCodes.usage;
  }
}
