/**
 * The runtimes of the workspace: at most one per project, in a worker thread of its own, started when a run is first wanted. Nothing
 * runs in a workspace that is not trusted.
 */
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { HostNotice, HostOptions, RuntimeLink } from '../../runtime/host/commands';
import type { Errors } from './errors';
import { UserError } from './errors';
import { contextKeys } from './identity';
import type { Log } from './log';
import type { ProjectFolder } from './projects';
import type { Settings } from './settings';

export interface Runtime {
  readonly project: ProjectFolder;
  readonly link: RuntimeLink;
  readonly url: string | undefined;
  /** What it was started with beyond the settings. */
  readonly overrides: RuntimeOverrides;
}

export interface RuntimeOverrides {
  readonly port?: number;
  readonly appSettings?: Readonly<Record<string, string>>;
  readonly armTriggers?: boolean;
  readonly parameters?: NonNullable<HostOptions['parameters']>;
  readonly scenario?: NonNullable<HostOptions['scenario']>;
  /** False: runs that have not ended are cancelled with the host; otherwise the next one takes them up again. */
  readonly suspendOnStop?: boolean;
}

export interface RuntimeNotice {
  readonly project: ProjectFolder;
  readonly notice: HostNotice;
}

interface Entry {
  readonly starting: Promise<Runtime>;
  runtime: Runtime | undefined;
  /** Resolves when what was saved last has been read. */
  reloading: Promise<void> | undefined;
  readonly watcher: vscode.Disposable;
}

/** Other programs write more than one file at a time. */
const SETTLE = 60;
/** The file watcher tells of our own saves too, up to this many milliseconds later. */
const NOTICED = 2000;

export class Runtimes implements vscode.Disposable {
  /** A runtime was started or has stopped. */
  readonly onDidChange: vscode.Event<void>;
  readonly onNotice: vscode.Event<RuntimeNotice>;
  /** The files of a project were read again by its runtime. */
  readonly onReloaded: vscode.Event<ProjectFolder>;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #notices = new vscode.EventEmitter<RuntimeNotice>();
  readonly #reloads = new vscode.EventEmitter<ProjectFolder>();
  readonly #entries = new Map<string, Entry>();

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly settings: Settings,
    private readonly log: Log,
    private readonly errors: Errors,
  ) {
    this.onDidChange = this.#changed.event;
    this.onNotice = this.#notices.event;
    this.onReloaded = this.#reloads.event;
  }

  get all(): readonly Runtime[] {
    return [...this.#entries.values()].flatMap(({ runtime }) => (runtime === undefined ? [] : [runtime]));
  }

  running(project: ProjectFolder): Runtime | undefined {
    return this.#entries.get(project.uri.toString())?.runtime;
  }

  /** The project's runtime, started when there is none. Throws a `UserError` or `HostError` with the reason when it cannot be. */
  start(project: ProjectFolder, overrides: RuntimeOverrides = {}): Promise<Runtime> {
    if (!vscode.workspace.isTrusted) {
      throw new UserError(
        'Workflows do not run in an untrusted workspace: they can call addresses and run scripts. Trust the workspace first.',
        { title: 'Manage Trust', command: 'workbench.trust.manage' },
      );
    }
    if (project.uri.scheme !== 'file') {
      throw new UserError('Workflows run only from folders of this machine; this one is in a virtual workspace.');
    }
    const key = project.uri.toString();
    const known = this.#entries.get(key);
    if (known !== undefined) {
      const { starting } = known;
      return known.reloading === undefined ? starting : known.reloading.then(() => starting);
    }
    const entry: Entry = {
      starting: this.#open(project, overrides),
      runtime: undefined,
      reloading: undefined,
      watcher: this.#watch(project),
    };
    this.#entries.set(key, entry);
    entry.starting.then(
      (runtime) => {
        entry.runtime = runtime;
        this.#tell();
      },
      () => this.#forget(key),
    );
    return entry.starting;
  }

  /** Ends a project's runtime; its port is free afterwards. */
  async stop(project: ProjectFolder): Promise<void> {
    const key = project.uri.toString();
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#forget(key);
    const runtime = await entry.starting.catch(() => undefined);
    await runtime?.link.dispose();
  }

  /** Ends all; for the end of the extension. */
  async close(): Promise<void> {
    await Promise.all(this.all.map((runtime) => this.stop(runtime.project)));
  }

  dispose(): void {
    for (const each of [this.#changed, this.#notices, this.#reloads]) each.dispose();
  }

  async #open(project: ProjectFolder, overrides: RuntimeOverrides): Promise<Runtime> {
    const [{ linkToWorker }, { storeFileOf }] = await Promise.all([
      import('../../runtime/host/workerLink'),
      import('../../runtime/store/location'),
    ]);
    const projectFolder = project.uri.fsPath;
    const options: HostOptions = {
      projectFolder,
      port: overrides.port ?? this.settings.port,
      storeFile: storeFileOf(projectFolder),
      armTriggers: overrides.armTriggers ?? this.settings.armTriggers,
      ...(overrides.appSettings === undefined ? {} : { appSettings: overrides.appSettings }),
      ...(overrides.parameters === undefined ? {} : { parameters: overrides.parameters }),
      ...(overrides.scenario === undefined ? {} : { scenario: overrides.scenario }),
      suspendOnStop: overrides.suspendOnStop ?? true,
    };
    const link = await linkToWorker(options, { file: join(this.extensionUri.fsPath, 'dist', 'worker.js') });
    let url: string | undefined;
    link.onNotice((notice) => {
      if (notice.type === 'listening') ({ url } = notice);
      this.#receive(project, notice);
    });
    this.log.info(`${project.name}: host started${url === undefined ? '' : ` at ${url}`}`);
    return { project, link, url, overrides };
  }

  #receive(project: ProjectFolder, notice: HostNotice): void {
    if (notice.type === 'log') {
      const message = `${project.name}: ${notice.message}`;
      if (notice.level === 'info') this.log.info(message);
      else if (notice.level === 'warning') this.log.warn(message);
      else this.log.error(message);
    } else if (notice.type === 'crashed') {
      this.#forget(project.uri.toString());
      this.errors.report(`${project.name}`, new UserError(notice.message));
    }
    this.#notices.fire({ project, notice });
  }

  #forget(key: string): void {
    this.#entries.get(key)?.watcher.dispose();
    this.#entries.delete(key);
    this.#tell();
  }

  #tell(): void {
    void vscode.commands.executeCommand('setContext', contextKeys.running, this.all.length > 0);
    this.#changed.fire();
  }

  /** Saved files count for new runs at once; what other programs change, as soon as it is noticed. */
  #watch(project: ProjectFolder): vscode.Disposable {
    let timer: NodeJS.Timeout | undefined;
    const savedAt = new Map<string, number>();
    const reload = (): void => this.errors.background('Reading the project again', () => this.#reload(project));
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(project.uri, '{*.json,*/workflow.json}'),
    );
    const soon = (uri: vscode.Uri): void => {
      if (Date.now() - (savedAt.get(uri.toString()) ?? 0) < NOTICED) return;
      clearTimeout(timer);
      timer = setTimeout(reload, SETTLE);
    };
    const subscriptions = [
      vscode.workspace.onDidSaveTextDocument(({ uri }) => {
        if (!uri.path.startsWith(`${project.uri.path}/`) || !uri.path.endsWith('.json')) return;
        savedAt.set(uri.toString(), Date.now());
        reload();
      }),
      watcher.onDidChange(soon),
      watcher.onDidCreate(soon),
      watcher.onDidDelete(soon),
    ];
    return new vscode.Disposable(() => {
      clearTimeout(timer);
      for (const each of [...subscriptions, watcher]) each.dispose();
    });
  }

  async #reload(project: ProjectFolder): Promise<void> {
    const entry = this.#entries.get(project.uri.toString());
    if (entry?.runtime === undefined) return;
    const reloading = entry.runtime.link.send('reload', {});
    entry.reloading = reloading.then(
      () => undefined,
      () => undefined,
    );
    await reloading;
    this.#reloads.fire(project);
  }
}
