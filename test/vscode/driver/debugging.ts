/** The debugger's parts of the window. */
import type { Locator, Page } from 'playwright-core';
import { Tree } from './tree';

export class Debugging {
  readonly variables: Tree;
  readonly callStack: Tree;

  constructor(private readonly page: Page) {
    this.variables = new Tree(page.locator('.debug-variables'));
    this.callStack = new Tree(page.locator('.debug-call-stack'));
  }

  /** Sets a breakpoint in the line of the cursor. */
  async setBreakpoint(): Promise<void> {
    const before = await this.#breakpoints().count();
    await this.page.keyboard.press('F9');
    await this.#breakpoints().nth(before).waitFor();
  }

  async start(): Promise<void> {
    await this.page.keyboard.press('F5');
    await this.page.locator('.debug-toolbar').waitFor();
  }

  /** Waits until the debugger has stopped, and returns the top of the call stack. */
  async waitForStop(): Promise<string> {
    await this.stoppedLine().waitFor();
    return (await this.callStack.rows()).join('\n');
  }

  /** Waits until the call stack has a frame of that name. */
  async waitForFrame(name: string): Promise<void> {
    await this.callStack.row(name).waitFor();
  }

  stoppedLine(): Locator {
    return this.page.locator('.debug-top-stack-frame-line').first();
  }

  async press(action: 'continue' | 'stepOver' | 'stepInto' | 'stepOut' | 'stop'): Promise<void> {
    const keys = { continue: 'F5', stepOver: 'F10', stepInto: 'F11', stepOut: 'Shift+F11', stop: 'Shift+F5' };
    await this.page.keyboard.press(keys[action]);
  }

  /** Evaluates in the debug console and returns what it prints. */
  async evaluate(expression: string): Promise<string> {
    await this.page.keyboard.press('Control+Shift+Y');
    const results = this.page.locator('.repl .monaco-list-row .evaluation-result');
    const before = await results.count();
    await this.page.locator('.repl-input-wrapper .monaco-editor').click();
    await this.page.keyboard.insertText(expression);
    await this.page.keyboard.press('Enter');
    await results.nth(before).waitFor();
    return results.nth(before).innerText();
  }

  #breakpoints(): Locator {
    return this.page.locator(
      '.editor-group-container.active .codicon-debug-breakpoint, .editor-group-container.active .codicon-debug-breakpoint-unverified',
    );
  }
}
