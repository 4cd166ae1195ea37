/** VS Code's quick input: the palette of commands, quick open and pickers. */
import type { Locator, Page } from 'playwright-core';

export class QuickInput {
  readonly #widget: Locator;

  constructor(private readonly page: Page) {
    this.#widget = page.locator('.quick-input-widget');
  }

  /** Opens the input with a key, types, and takes the first row that has the label. */
  async choose(key: string, text: string, label: string): Promise<void> {
    await this.#open(key);
    await this.page.keyboard.insertText(text);
    await this.pick(label);
  }

  /** Takes a row of an open picker. */
  async pick(label: string): Promise<void> {
    const row = this.#widget.locator('.monaco-list-row', { hasText: label }).first();
    await row.waitFor();
    await row.click();
    // Away from what is under the picker and would show a tooltip.
    await this.page.mouse.move(0, 0);
    await row.waitFor({ state: 'hidden' });
  }

  /** Answers an open input box. */
  async answer(text: string): Promise<void> {
    await this.#widget.waitFor();
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.insertText(text);
    await this.page.keyboard.press('Enter');
    await this.#widget.waitFor({ state: 'hidden' });
  }

  async goTo(line: number, column: number): Promise<void> {
    await this.#open('Control+G');
    await this.page.keyboard.insertText(`${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.#widget.waitFor({ state: 'hidden' });
  }

  async #open(key: string): Promise<void> {
    await this.page.keyboard.press(key);
    await this.#widget.locator('input').first().waitFor();
  }
}
