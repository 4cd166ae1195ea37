/**
 * Pushes diagnostics: latest version wins, open documents go first, and a change in one file of a project checks its other files again.
 * There is no wait for a pause in typing: a check runs in slices and is dropped as soon as a newer version arrives.
 */
import type { Connection, Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import { analysisSteps } from '../language/analysis/analyze';
import type { DiagnosticCode } from '../language/text/codes';
import type { Diagnostic, Severity } from '../language/text/diagnostic';
import type { SeveritySettings } from './settings';
import { severityOf } from './settings';
import { inSlices } from './slices';
import type { DocumentView, Workspace } from './workspace';

/** An editor asks for a completion right after the change that calls for it: that is answered first. */
const GRACE_MILLISECONDS = 1;

export class Diagnostics {
  readonly #connection: Connection;
  readonly #workspace: Workspace;
  readonly #hostValidatesJson: boolean;
  /** Documents to check, in order. */
  readonly #queue = new Set<string>();
  /** What was found for the last version of a document, for code actions. */
  readonly #found = new Map<string, { readonly view: DocumentView; readonly diagnostics: readonly Diagnostic[] }>();
  #severities: SeveritySettings = {};
  #running = false;
  #isStarting = false;

  constructor(connection: Connection, workspace: Workspace, hostValidatesJson: boolean) {
    this.#connection = connection;
    this.#workspace = workspace;
    this.#hostValidatesJson = hostValidatesJson;
  }

  set severities(settings: SeveritySettings) {
    this.#severities = settings;
  }

  /** Asks for a check of a document and of what depends on it. */
  schedule(uri: string): void {
    const rest = [...this.#queue];
    this.#queue.clear();
    for (const each of [uri, ...rest]) this.#queue.add(each);
    for (const each of this.#workspace.related(uri)) this.#queue.add(each);
    this.#start();
  }

  /** Asks for a check of everything. */
  scheduleAll(): void {
    const uris = this.#workspace.uris();
    for (const uri of uris.filter((each) => this.#workspace.isOpen(each))) this.#queue.add(uri);
    for (const uri of uris) this.#queue.add(uri);
    for (const uri of this.#found.keys()) this.#queue.add(uri);
    this.#start();
  }

  /** The diagnostics with their fixes, when they are those of the version that is shown now. */
  current(view: DocumentView): readonly Diagnostic[] | undefined {
    const found = this.#found.get(view.uri);
    return found?.view.document === view.document ? found.diagnostics : undefined;
  }

  #start(): void {
    if (this.#isStarting) return;
    this.#isStarting = true;
    setTimeout(() => {
      this.#isStarting = false;
      void this.#run();
    }, GRACE_MILLISECONDS);
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      for (let [uri] = this.#queue; uri !== undefined; [uri] = this.#queue) {
        this.#queue.delete(uri);
        await this.#check(uri);
      }
    } catch (error) {
      this.#connection.console.error(
        `Checking failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
    } finally {
      this.#running = false;
      if (this.#queue.size > 0) this.#start();
    }
  }

  async #check(uri: string): Promise<void> {
    const view = this.#workspace.view(uri);
    if (view === undefined) {
      this.#found.delete(uri);
      await this.#connection.sendDiagnostics({ uri, diagnostics: [] });
      return;
    }
    const known = this.#found.get(uri);
    if (known?.view.document === view.document && known.view.project === view.project) {
      await this.#publish(view, known.diagnostics);
      return;
    }
    const isStale = (): boolean => this.#workspace.view(uri)?.document !== view.document;
    const steps = analysisSteps(view.project, view.document, { syntax: !this.#hostValidatesJson });
    const diagnostics = await inSlices(steps, isStale);
    // A newer version has its own entry in the queue.
    if (diagnostics === undefined) return;
    this.#found.set(uri, { view, diagnostics });
    await this.#publish(view, diagnostics);
  }

  async #publish(view: DocumentView, diagnostics: readonly Diagnostic[]): Promise<void> {
    const shown = diagnostics.flatMap((each) => toLsp(view, each, this.#severities));
    await this.#connection.sendDiagnostics({
      uri: view.uri,
      diagnostics: shown,
      ...(view.version === null ? {} : { version: view.version }),
    });
  }
}

/** Source of every diagnostic, shown beside its message. */
export const SOURCE = 'logic apps';

/** Editors show these in faded colours: nothing is wrong with them, but they do nothing. */
const faded: ReadonlySet<DiagnosticCode> = new Set(['parameter-unused', 'connection-unused', 'action-unreachable']);

export function toLsp(view: DocumentView, diagnostic: Diagnostic, settings: SeveritySettings): LspDiagnostic[] {
  const severity = severityOf(diagnostic, settings);
  if (severity === 'off') return [];
  return [
    {
      range: view.document.lines.rangeOf(diagnostic.range),
      severity: lspSeverity(severity),
      code: diagnostic.code,
      source: SOURCE,
      message: diagnostic.message,
      ...(faded.has(diagnostic.code) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    },
  ];
}

function lspSeverity(severity: Severity): DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return DiagnosticSeverity.Error;
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'information':
      return DiagnosticSeverity.Information;
    case 'hint':
      return DiagnosticSeverity.Hint;
  }
}
