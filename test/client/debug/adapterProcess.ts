/** A debug adapter as a process, spoken to in the protocol's own bytes: for what happens when either side is gone without a word. */
import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { expect } from 'vitest';
import { PATIENT } from './adapter';
import type { AdapterFolder } from './adapter';

export class AdapterProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly ended: Promise<number | null>;
  /** Everything it has said. */
  #said = '';
  #sequence = 0;

  /** `arguments_`: what follows `node`. */
  constructor(arguments_: readonly string[], { environment }: AdapterFolder) {
    this.#child = spawn(process.execPath, arguments_, { stdio: ['pipe', 'pipe', 'inherit'], env: environment });
    this.ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
  }

  /** Does not wait for the answer. */
  send(command: string, args: object = {}): void {
    const text = JSON.stringify({ seq: (this.#sequence += 1), type: 'request', command, arguments: args });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  /** Launches, lets it begin, and waits for a text in what it says. */
  async launch(args: object, until: RegExp, functionBreakpoints: readonly string[] = []): Promise<void> {
    this.send('initialize', { adapterID: 'logicAppsWorkbench', pathFormat: 'path' });
    this.send('launch', args);
    await this.says(/"event":"initialized"/);
    this.send('setFunctionBreakpoints', { breakpoints: functionBreakpoints.map((name) => ({ name })) });
    this.send('configurationDone');
    await this.says(until);
  }

  async says(what: RegExp): Promise<string> {
    await expect.poll(() => this.#said, { timeout: PATIENT }).toMatch(what);
    return what.exec(this.#said)?.[0] ?? '';
  }

  /** Where its host listens. */
  get address(): string {
    return /Listening at ([^\s\\]+)/.exec(this.#said)?.[1] ?? '';
  }

  /** The client is gone. */
  leave(): void {
    this.#child.stdin.destroy();
    this.#child.stdout.destroy();
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** Nobody answers at the address any more. */
  async isGone(): Promise<void> {
    const answer = (): Promise<string> =>
      fetch(this.address).then(
        () => 'answers',
        () => 'gone',
      );
    await expect.poll(answer, { timeout: PATIENT }).toBe('gone');
  }
}
