/**
 * One open designer: keeps its webview in step with the document, and does what the webview asks for. The document is the truth; the
 * webview gets it whole after every change, and its edits are applied only to the version they were made for.
 */
import * as vscode from 'vscode';
import { operationForm } from '../../../language/catalog/form';
import type { DesignerMessage, HostMessage, StepValues } from '../../../webview/protocol/messages';
import { designerMessage } from '../../../webview/protocol/validate';
import type { Services } from '../../infrastructure/services';
import { breakpointsOf, problemsOf, toggleBreakpoint } from './marks';
import type { RunFold } from './runFold';
import { followInText, onCursor, openAsText, revealInText } from './textEditors';

/** Typing is drawn this much later, in milliseconds: a large text is read and drawn less often. */
const DELAY = 60;
const DELAY_LARGE = 300;
const LARGE = 500_000;

type PanelServices = Pick<Services, 'log' | 'errors' | 'projects' | 'runtimes'>;

export class DesignerPanel implements vscode.Disposable {
  readonly document: vscode.TextDocument;
  readonly #panel: vscode.WebviewPanel;
  readonly #services: PanelServices;
  readonly #run: () => RunFold | undefined;
  readonly #subscriptions: vscode.Disposable[] = [];
  #ready = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    document: vscode.TextDocument,
    panel: vscode.WebviewPanel,
    services: PanelServices,
    run: () => RunFold | undefined,
  ) {
    this.document = document;
    this.#panel = panel;
    this.#services = services;
    this.#run = run;
    const uri = document.uri.toString();
    this.#subscriptions.push(
      panel.webview.onDidReceiveMessage((value: unknown) => this.#receive(value)),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document === document && event.contentChanges.length > 0) this.#later();
      }),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.some((each) => each.toString() === uri)) this.#sendProblems();
      }),
      vscode.debug.onDidChangeBreakpoints(() => this.#sendBreakpoints()),
      onCursor(document, (offset) => this.#send({ type: 'cursor', version: document.version, offset })),
    );
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const each of this.#subscriptions) each.dispose();
  }

  sendRun(): void {
    const overlay = this.#run()?.overlay() ?? null;
    this.#send({ type: 'run', overlay });
  }

  #send(message: HostMessage): void {
    // Before the webview listens there is nobody to hear; it asks for everything when it is ready.
    if (this.#ready) void this.#panel.webview.postMessage(message);
  }

  #later(): void {
    clearTimeout(this.#timer);
    const large = this.document.offsetAt(new vscode.Position(this.document.lineCount, 0)) > LARGE;
    this.#timer = setTimeout(() => this.#sendDocument(), large ? DELAY_LARGE : DELAY);
  }

  #sendDocument(): void {
    clearTimeout(this.#timer);
    const { document } = this;
    this.#send({
      type: 'document',
      text: document.getText(),
      version: document.version,
      fileName: document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1),
      readOnly: vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) === false,
    });
    // Their places have moved with the text.
    this.#sendProblems();
    this.#sendBreakpoints();
  }

  #sendProblems(): void {
    this.#send({ type: 'problems', version: this.document.version, problems: problemsOf(this.document) });
  }

  #sendBreakpoints(): void {
    this.#send({ type: 'breakpoints', version: this.document.version, breakpoints: breakpointsOf(this.document) });
  }

  /** The boundary for the webview's messages: what goes wrong is logged with its cause and shown once. */
  #receive(value: unknown): void {
    const message = designerMessage(value);
    if (message === undefined) {
      this.#services.log.warn('The designer sent a message of an unknown shape; it was ignored.');
      return;
    }
    this.#services.errors.background('The designer', () => this.#handle(message));
  }

  async #handle(message: DesignerMessage): Promise<void> {
    const { document } = this;
    // A place in an older version may be anywhere by now.
    if ('version' in message && message.type !== 'edit' && message.version !== document.version) return;
    switch (message.type) {
      case 'ready':
        this.#ready = true;
        this.#sendDocument();
        this.sendRun();
        return;
      case 'edit':
        await this.#edit(message);
        return;
      case 'rename':
        await this.#rename(message);
        return;
      case 'reveal':
        await revealInText(document, message.range);
        return;
      case 'select':
        followInText(document, message.range);
        return;
      case 'toggleBreakpoint':
        toggleBreakpoint(document, message.offset);
        return;
      case 'openText':
        await openAsText(document, this.#panel.viewColumn);
        return;
      case 'showProblems':
        await vscode.commands.executeCommand('workbench.actions.view.problems');
        return;
      case 'askStepValues': {
        const values = await this.#stepValues(message.action);
        if (values !== undefined) this.#send({ type: 'stepValues', values });
        return;
      }
      case 'askForm': {
        const { role, operationType } = message;
        this.#send({ type: 'form', role, operationType, fields: operationForm(role, operationType) });
        return;
      }
      case 'failed':
        this.#services.log.error(`Designer: ${message.message}`);
        return;
    }
  }

  /** Of a step that a debugger holds, what it is about to be given; of others, what is known of the run. */
  async #stepValues(action: string): Promise<StepValues | undefined> {
    const run = this.#run();
    const holdId = run?.holdAt(action);
    const project = this.#services.projects.of(this.document.uri);
    const runtime = project && this.#services.runtimes.running(project);
    if (run === undefined || holdId === undefined || runtime === undefined) return run?.values(action);
    const { items } = await runtime.link.send('inspect', { holdId, scope: 'action' });
    return run.heldValues(action, items);
  }

  async #rename({ offset, newName }: Extract<DesignerMessage, { type: 'rename' }>): Promise<void> {
    const { document } = this;
    const change = await vscode.commands.executeCommand<vscode.WorkspaceEdit | undefined>(
      'vscode.executeDocumentRenameProvider',
      document.uri,
      document.positionAt(offset),
      newName,
    );
    if (change !== undefined && change.size > 0 && (await vscode.workspace.applyEdit(change))) {
      this.#sendDocument();
    } else {
      this.#send({ type: 'editRejected', message: `It could not be renamed to "${newName}".` });
    }
  }

  async #edit({ version, label, edits }: Extract<DesignerMessage, { type: 'edit' }>): Promise<void> {
    const { document } = this;
    if (version !== document.version) {
      this.#send({
        type: 'editRejected',
        message: `"${label}" was not applied, because the text had changed meanwhile. Try again.`,
      });
      this.#sendDocument();
      return;
    }
    const change = new vscode.WorkspaceEdit();
    for (const { range, newText } of edits) {
      const place = new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
      change.replace(document.uri, place, newText);
    }
    if (await vscode.workspace.applyEdit(change)) {
      this.#sendDocument();
      return;
    }
    this.#send({
      type: 'editRejected',
      message: `"${label}" was not applied: VS Code did not let the file be changed.`,
    });
  }
}
