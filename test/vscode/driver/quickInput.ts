/** VS Code's quick input: the palette of commands, quick open and pickers. */
import type { Locator, Page } from 'playwright-core';

/** What the input holds when a key has opened it, and what tells VS Code what is asked for. */
const prefixes = { F1: '>', 'Control+P': '', 'Control+G': ':' } as const;

const ATTEMPTS = 6;

export class QuickInput {
  readonly #widget: Locator;

  constructor(private readonly page: Page) {
    this.#widget = page.locator('.quick-input-widget');
  }

  /**
   * Opens the input with a key, types, and takes the first row that has the label. As a user would, it looks again when the row
   * isn't there: an open palette doesn't notice commands that become available later.
   */
  async choose(key: keyof typeof prefixes, text: string, label: string): Promise<void> {
    const row = this.#row(label);
    for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
      await this.#open(key, text);
      if (await appears(row)) return this.pick(label);
      await this.page.keyboard.press('Escape');
      await this.#widget.waitFor({ state: 'hidden' });
    }
    await this.#open(key, text);
    await this.pick(label);
  }

  /** Takes a row of an open picker. */
  async pick(label: string): Promise<void> {
    const row = this.#row(label);
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
    await this.#open('Control+G', `${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.#widget.waitFor({ state: 'hidden' });
  }

  #row(label: string): Locator {
    return this.#widget.locator('.monaco-list-row', { hasText: label }).first();
  }

  async #open(key: keyof typeof prefixes, text: string): Promise<void> {
    await this.page.keyboard.press(key);
    const input = this.#widget.locator('input').first();
    await input.waitFor();
    await input.fill(prefixes[key] + text);
  }
}

/** Whether something is in sight within five seconds. */
function appears(locator: Locator): Promise<boolean> {
  return locator.waitFor({ timeout: 5000 }).then(
    () => true,
    () => false,
  );
}
