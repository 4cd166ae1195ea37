/** Registers commands: every id has the extension's prefix, and every handler runs inside the error boundary. */
import * as vscode from 'vscode';
import type { Errors } from './errors';
import { PREFIX } from './identity';

export class Commands {
  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly errors: Errors,
  ) {}

  /** `name` without the prefix; `what` begins messages about it: "Run workflow". */
  register(name: string, what: string, handler: (...args: readonly unknown[]) => unknown): void {
    if (name.includes('.')) throw new Error(`The command '${name}' must be named without a prefix.`);
    const command = vscode.commands.registerCommand(`${PREFIX}.${name}`, (...args: unknown[]) =>
      this.errors.guard(what, () => handler(...args)),
    );
    this.context.subscriptions.push(command);
  }
}

/** The full id of a command of ours. */
export function commandId(name: string): string {
  return `${PREFIX}.${name}`;
}
