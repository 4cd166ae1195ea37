/** The one boundary of commands and event handlers: what goes wrong is logged with its cause and shown once. */
import * as vscode from 'vscode';
import { HostError } from '../../runtime/host/commands';
import type { Log } from './log';

/** Something a user can understand and do something about; anything else that is thrown is a bug of ours. */
export class UserError extends Error {
  constructor(
    message: string,
    /** Offered as a button of the message. */
    readonly action?: { readonly title: string; readonly command: string; readonly arguments?: readonly unknown[] },
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The user went back on it: nothing is said. */
export class Cancelled extends Error {}

export class Errors {
  constructor(private readonly log: Log) {}

  /** Runs the work; resolves with undefined when it failed. `what` begins the log entry: "Run workflow". */
  async guard<T>(what: string, work: () => T | PromiseLike<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.report(what, error);
      return undefined;
    }
  }

  /** For work that nobody waits for. */
  background(what: string, work: () => unknown): void {
    void this.guard(what, work);
  }

  report(what: string, error: unknown): void {
    if (error instanceof Cancelled || error instanceof vscode.CancellationError) return;
    this.log.error(`${what}: ${withCauses(error)}`);
    const isForUser = error instanceof UserError || error instanceof HostError;
    const message = isForUser ? error.message : `${what} did not work: ${messageOf(error)}`;
    const action = error instanceof UserError ? error.action : undefined;
    const button = action?.title ?? 'Show Log';
    void vscode.window.showErrorMessage(message, button).then((chosen) => {
      if (chosen === undefined) return;
      if (action === undefined) this.log.show();
      else void vscode.commands.executeCommand(action.command, ...(action.arguments ?? []));
    });
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function withCauses(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error instanceof UserError || error instanceof HostError ? error.message : (error.stack ?? error.message);
  return error.cause === undefined ? own : `${own}\nbecause of ${withCauses(error.cause)}`;
}
