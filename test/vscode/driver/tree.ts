/** A tree: view of the side bar, variables, call stack. */
import type { Locator } from 'playwright-core';
import { expect } from 'vitest';

export class Tree {
  constructor(private readonly root: Locator) {}

  row(text: string | RegExp): Locator {
    return this.root.locator('.monaco-list-row', { hasText: text }).first();
  }

  async rows(): Promise<string[]> {
    await this.root.locator('.monaco-list-row').first().waitFor();
    const texts = await this.root.locator('.monaco-list-row').allInnerTexts();
    return texts.map((text) => text.replace(/\s+/g, ' ').trim());
  }

  /** Scrolls to the last row: rows out of sight are not in the page. */
  async end(): Promise<void> {
    await this.root.locator('.monaco-list').press('End');
  }

  /** Opens a row, however deep it is, by the texts on the way to it. */
  async expand(...path: readonly (string | RegExp)[]): Promise<void> {
    for (const text of path) {
      const row = this.row(text);
      await row.waitFor();
      if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click();
      await expect.poll(() => row.getAttribute('aria-expanded')).not.toBe('false');
    }
  }
}
