/** What a user does in VS Code's window, by the names a user would give it. */
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';

export class Workbench {
  constructor(
    readonly page: Page,
    private readonly screenshots: string,
  ) {}

  /** Picks an entry of the quick-open list: a file by name, or with `>` a command by title. */
  private async pick(key: string, text: string): Promise<void> {
    const { page } = this;
    await page.keyboard.press(key);
    const input = page.locator('.quick-input-widget input').first();
    await input.waitFor({ state: 'visible' });
    await input.pressSequentially(text, { delay: 5 });
    const words = text
      .replace(/^>/, '')
      .split(/[\\/:]/)
      .filter((word) => word !== '');
    const row = page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ hasText: words[words.length - 1] ?? '' })
      .first();
    await row.waitFor({ state: 'visible', timeout: 20_000 });
    await page.keyboard.press('Enter');
    await page
      .locator('.quick-input-widget')
      .waitFor({ state: 'hidden', timeout: 10_000 })
      .catch(() => undefined);
  }

  /** Opens a file by a part of its path, such as `process-order/workflow.json`. */
  async openFile(path: string): Promise<void> {
    await this.pick('Control+P', path);
    const name = path.split('/').at(-1) ?? path;
    await this.page.locator(`.tab.active:has-text("${name}")`).first().waitFor();
    await this.page.locator('.editor-group-container.active .monaco-editor .view-lines').first().waitFor();
  }

  async runCommand(title: string): Promise<void> {
    await this.pick('F1', title);
  }

  /** Puts the cursor at a one-based line and column of the active editor. */
  async goTo(line: number, column = 1): Promise<void> {
    const { page } = this;
    await page.keyboard.press('Control+G');
    const input = page.locator('.quick-input-widget input').first();
    await input.waitFor({ state: 'visible' });
    await input.pressSequentially(`${line}:${column}`);
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Types into the active editor as a user does. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 20 });
  }

  /** The texts of the Problems panel. */
  async problems(): Promise<string[]> {
    await this.runCommand('Problems: Focus on Problems View');
    const rows = this.page.locator('.markers-panel .monaco-list-row .marker-message, .markers-panel .monaco-list-row');
    await rows.first().waitFor({ timeout: 20_000 });
    return rows.allInnerTexts();
  }

  /** Opens the suggestions at the cursor and returns their labels. */
  async completions(): Promise<string[]> {
    const { page } = this;
    const widget = page.locator('.suggest-widget.visible');
    await page.keyboard.press('Control+Space');
    await widget.locator('.monaco-list-row').first().waitFor({ timeout: 20_000 });
    return widget.locator('.monaco-list-row .label-name').allInnerTexts();
  }

  /** The text of the hover over the first occurrence of a word in the visible lines. */
  async hover(word: string): Promise<string> {
    const { page } = this;
    const target = page.locator('.editor-group-container.active .view-line span span', { hasText: word }).first();
    await target.hover();
    const content = page.locator('.monaco-hover:not(.hidden) .monaco-hover-content').first();
    await content.waitFor({ timeout: 20_000 });
    return content.innerText();
  }

  /** Sets or removes a breakpoint in the line of the cursor. */
  async toggleBreakpoint(): Promise<void> {
    await this.page.keyboard.press('F9');
  }

  async openView(title: string): Promise<void> {
    await this.page.locator(`.activitybar [aria-label*="${title}"]`).first().click();
  }

  treeRow(text: string): Locator {
    return this.page.locator('.monaco-list-row', { hasText: text }).first();
  }

  /** Opens a collapsed row of a tree. */
  async expand(text: string): Promise<void> {
    const row = this.treeRow(text);
    await row.waitFor({ timeout: 20_000 });
    if ((await row.getAttribute('aria-expanded')) === 'false') {
      await row.click();
      if ((await row.getAttribute('aria-expanded')) === 'false') await this.page.keyboard.press('ArrowRight');
    }
  }

  /** The document inside the webview that is shown. */
  webview(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  }

  async waitForStop(): Promise<void> {
    await this.page.locator('.debug-top-stack-frame-line').first().waitFor({ timeout: 30_000 });
  }

  async notifications(): Promise<string[]> {
    return this.page.locator('.notification-list-item-message').allInnerTexts();
  }

  /** Saves a picture of the window as `<name>.png` for people to look at. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(this.screenshots, `${name}.png`) });
  }
}
