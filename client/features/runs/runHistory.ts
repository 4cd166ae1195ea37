/** The runs of the workspace's projects: asked of a runtime while it is there, else read from the store it has left. */
import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import type { RunEvent } from '../../../runtime/events';
import type { RunSummary } from '../../../runtime/host/commands';
import type { RunStore } from '../../../runtime/store/store';
import type { ProjectFolder } from '../../infrastructure/projects';
import type { Services } from '../../infrastructure/services';

/** As many as a person looks through. */
const SHOWN = 20;
/** Runs come by the hundred; the view is drawn a few times a second. */
const SETTLE = 250;

export class RunHistory implements vscode.Disposable {
  readonly onDidChange: vscode.Event<void>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #services: Services;
  readonly #subscriptions: vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor(services: Services) {
    this.#services = services;
    this.onDidChange = this.#changed.event;
    const soon = (): void => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#changed.fire();
      }, SETTLE);
    };
    this.#subscriptions = [
      services.runtimes.onDidChange(soon),
      services.runtimes.onNotice(({ notice }) => {
        if (notice.type === 'held' || notice.type === 'released') soon();
        if (notice.type === 'event' && (notice.event.type === 'runStarted' || notice.event.type === 'runFinished'))
          soon();
      }),
    ];
  }

  /** The newest runs of a workflow, newest first. */
  async runs(project: ProjectFolder, workflow: string): Promise<readonly RunSummary[]> {
    const runtime = this.#services.runtimes.running(project);
    if (runtime !== undefined) return (await runtime.link.send('listRuns', { workflow, top: SHOWN })).runs;
    return (await this.#stored(project, (store) => store.runs({ workflow, top: SHOWN }))) ?? [];
  }

  async events(project: ProjectFolder, runId: string): Promise<readonly RunEvent[]> {
    const runtime = this.#services.runtimes.running(project);
    if (runtime !== undefined) return (await runtime.link.send('runEvents', { runId })).events;
    return (await this.#stored(project, (store) => store.events(runId))) ?? [];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#changed.dispose();
    for (const each of this.#subscriptions) each.dispose();
  }

  async #stored<T>(project: ProjectFolder, read: (store: RunStore) => T): Promise<T | undefined> {
    if (project.uri.scheme !== 'file') return undefined;
    const { storeFileOf } = await import('../../../runtime/store/location');
    const file = storeFileOf(project.uri.fsPath);
    if (!existsSync(file)) return undefined;
    const { openStore } = await import('../../../runtime/store/open');
    const { store, warning } = openStore({ file, trouble: (text) => this.#services.log.warn(text), readOnly: true });
    if (warning !== undefined) this.#services.log.warn(warning);
    try {
      return read(store);
    } finally {
      store.close();
    }
  }
}
