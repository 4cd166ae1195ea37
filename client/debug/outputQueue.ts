/** Lines of the debug console, in order, each with its place in the text of the workflow. */
import { OutputEvent } from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { sourceOf } from './clientPlaces';
import type { Debuggee } from './debuggee';
import type { OutputLine } from './runOutput';

export class OutputQueue {
  #last: Promise<void> = Promise.resolve();

  constructor(
    private readonly debuggee: () => Debuggee | undefined,
    private readonly send: (event: DebugProtocol.Event) => void,
    private readonly toClientLine: (line: number) => number,
  ) {}

  add(line: OutputLine): void {
    // Finding a place reads a file, which must not change the order of lines.
    this.#last = this.#last.then(
      () => this.#write(line),
      () => this.#write(line),
    );
  }

  async #write({ category, text, workflow, step, value }: OutputLine): Promise<void> {
    const debuggee = this.debuggee();
    const place =
      workflow === undefined || step === undefined
        ? undefined
        : await debuggee?.sources.place(workflow, step.role, step.name);
    const event: DebugProtocol.OutputEvent = new OutputEvent(`${text}\n`, category);
    if (place !== undefined) {
      event.body.source = sourceOf(place.file);
      event.body.line = this.toClientLine(place.line);
    }
    this.send(event);
    if (value === undefined || debuggee === undefined) return;
    // Clients print the members of what is referred to, and not the text.
    const opened: DebugProtocol.OutputEvent = new OutputEvent('', category);
    opened.body.variablesReference = debuggee.variables.shown([value]).variablesReference;
    this.send(opened);
  }
}
