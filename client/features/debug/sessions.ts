/** Debug sessions of ours, and the project each is about. */
import type * as vscode from 'vscode';
import { DEBUG_TYPE } from '../../infrastructure/identity';

/** Path of the project that a session debugs; undefined for sessions of other debuggers. */
export function projectOfSession({ type, configuration }: vscode.DebugSession): string | undefined {
  if (type !== DEBUG_TYPE) return undefined;
  const project: unknown = configuration['project'];
  return typeof project === 'string' ? project : undefined;
}
