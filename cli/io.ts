/** The terminal as the commands see it, so that tests run them in one process. */
export interface Io {
  /** Writes to standard output as is. */
  readonly out: (text: string) => void;
  /** Writes to standard error as is. */
  readonly err: (text: string) => void;
  /** Folder that relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Exit codes of every command. */
export const exitCodes = {
  /** Nothing wrong. */
  fine: 0,
  /** Problems found, run failed, test failed. */
  found: 1,
  /** Wrong usage or unreadable input. */
  usage: 2,
} as const;

/** A message for the user that ends the command with exit code 2. */
export class UsageError extends Error {}
