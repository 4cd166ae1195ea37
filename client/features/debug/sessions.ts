/** The debug sessions of ours that are under way, by the project each is about. */
import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../../infrastructure/identity';
import type { ProjectFolder } from '../../infrastructure/projects';

export class DebugSessions implements vscode.Disposable {
  readonly #sessions = new Map<string, vscode.DebugSession>();
  readonly #subscriptions = [
    vscode.debug.onDidStartDebugSession((session) => {
      const project = projectOf(session);
      if (project !== undefined) this.#sessions.set(project, session);
    }),
    vscode.debug.onDidTerminateDebugSession((session) => {
      const project = projectOf(session);
      if (project !== undefined && this.#sessions.get(project)?.id === session.id) this.#sessions.delete(project);
    }),
  ];

  of(project: ProjectFolder): vscode.DebugSession | undefined {
    return this.#sessions.get(project.uri.fsPath);
  }

  dispose(): void {
    for (const each of this.#subscriptions) each.dispose();
  }
}

function projectOf({ type, configuration }: vscode.DebugSession): string | undefined {
  const project: unknown = configuration['project'];
  return type === DEBUG_TYPE && typeof project === 'string' ? project : undefined;
}
