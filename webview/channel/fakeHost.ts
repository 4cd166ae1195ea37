/**
 * Stands in for the extension in a plain browser: holds a text, applies the designer's edits to it as VS Code would, and records what
 * the designer says. Browser tests and a look at the designer without VS Code use it.
 */
import { operationForm } from '../../language/catalog/form';
import { applyEdits } from '../../language/text/edit';
import type { DesignerMessage, HostMessage } from '../protocol/messages';
import { designerMessage } from '../protocol/validate';

export class FakeHost {
  /** Everything the designer has said, oldest first. */
  readonly said: DesignerMessage[] = [];
  readonly fileName: string;
  readonly readOnly: boolean;
  text: string;
  version = 1;
  #kept: unknown;

  constructor(text: string, options: { readonly fileName?: string; readonly readOnly?: boolean } = {}) {
    this.text = text;
    this.fileName = options.fileName ?? 'workflow.json';
    this.readOnly = options.readOnly ?? false;
  }

  /** Puts itself in the place of VS Code's own function; call it before the designer starts. */
  install(target: Window): void {
    Object.assign(target, {
      acquireVsCodeApi: () => ({
        postMessage: (message: unknown) => this.#receive(structuredClone(message)),
        getState: () => this.#kept,
        setState: (state: unknown) => (this.#kept = state),
      }),
    });
  }

  send(message: HostMessage): void {
    window.postMessage(message, '*');
  }

  /** The user edits the text elsewhere. */
  setText(text: string): void {
    this.text = text;
    this.version++;
    this.#sendDocument();
  }

  #sendDocument(): void {
    const { text, version, fileName, readOnly } = this;
    this.send({ type: 'document', text, version, fileName, readOnly });
  }

  #receive(value: unknown): void {
    const message = designerMessage(value);
    if (message === undefined)
      throw new Error(`The designer sent a message of an unknown shape: ${JSON.stringify(value)}`);
    this.said.push(message);
    if (message.type === 'ready') this.#sendDocument();
    if (message.type === 'askForm') {
      const { role, operationType } = message;
      this.send({ type: 'form', role, operationType, fields: operationForm(role, operationType) });
    }
    if (message.type !== 'edit') return;
    if (message.version === this.version) this.setText(applyEdits(this.text, message.edits));
    else this.send({ type: 'editRejected', message: 'The text has changed meanwhile.' });
  }
}
