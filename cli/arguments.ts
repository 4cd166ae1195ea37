/** Command-line arguments: `--name value`, `--name=value`, flags, and the rest by position. `--` ends the options. */
import { UsageError } from './io';

export interface Arguments {
  readonly positional: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  readonly flags: ReadonlySet<string>;
}

export interface ArgumentNames {
  /** Options that take a value, without dashes. */
  readonly options: readonly string[];
  readonly flags: readonly string[];
}

/** Sorts the arguments of a command. Throws UsageError for an unknown option or a missing value. */
export function parseArguments(args: readonly string[], names: ArgumentNames): Arguments {
  const positional: string[] = [];
  const options = new Map<string, string>();
  const flags = new Set<string>();
  for (let index = 0; index < args.length; index++) {
    const argument = args[index] ?? '';
    if (argument === '--') {
      positional.push(...args.slice(index + 1));
      break;
    }
    if (!argument.startsWith('--')) {
      positional.push(argument);
      continue;
    }
    const equals = argument.indexOf('=');
    const name = argument.slice(2, equals < 0 ? undefined : equals);
    if (names.flags.includes(name)) {
      if (equals >= 0) throw new UsageError(`--${name} takes no value.`);
      flags.add(name);
    } else if (names.options.includes(name)) {
      const value = equals < 0 ? args[++index] : argument.slice(equals + 1);
      if (value === undefined) throw new UsageError(`--${name} needs a value.`);
      options.set(name, value);
    } else {
      throw new UsageError(`There is no option --${name}.`);
    }
  }
  return { positional, options, flags };
}
