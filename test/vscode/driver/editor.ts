/** The active text editor. Lines and columns are one-based, as VS Code shows them. */
import type { Locator, Page } from 'playwright-core';
import type { Position } from './project';
import type { QuickInput } from './quickInput';

export class Editor {
  readonly #root: Locator;

  constructor(
    private readonly page: Page,
    private readonly quickInput: QuickInput,
  ) {
    this.#root = page.locator('.editor-group-container.active .monaco-editor').first();
  }

  async goTo({ line, column }: Position): Promise<void> {
    await this.quickInput.goTo(line, column);
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 10 });
  }

  /** The underlining of a problem. */
  squiggle(severity: 'error' | 'warning' | 'info'): Locator {
    return this.#root.locator(`.squiggly-${severity}`);
  }

  /** The text shown when the mouse rests at a place. */
  async hoverAt(position: Position): Promise<string> {
    await this.goTo(position);
    await this.page.keyboard.press('Control+K');
    await this.page.keyboard.press('Control+I');
    const hover = this.page.locator('.monaco-hover:visible .hover-row').first();
    await hover.waitFor();
    return (await this.page.locator('.monaco-hover:visible .hover-row').allInnerTexts()).join('\n');
  }

  /** Closes a hover or list of suggestions. */
  async dismiss(): Promise<void> {
    await this.page.keyboard.press('Escape');
  }

  /** The labels offered at the cursor. */
  async completions(): Promise<string[]> {
    await this.page.keyboard.press('Control+Space');
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row');
    await rows.first().waitFor();
    return rows.locator('.label-name').allInnerTexts();
  }

  /** Takes a quick fix for the problem at the cursor. */
  async quickFix(title: string): Promise<void> {
    await this.page.keyboard.press('Control+.');
    const action = this.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    await action.waitFor();
    await action.click();
  }

  codeLens(title: string): Locator {
    return this.#root.locator('.codelens-decoration a', { hasText: title });
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+S');
    await this.page.locator('.editor-group-container.active .tab.active.dirty').waitFor({ state: 'hidden' });
  }
}
