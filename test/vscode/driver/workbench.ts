/** A window of VS Code and what a user does in it. The parts with selectors of their own are in the other files. */
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { Debugging } from './debugging';
import { DesignerPage } from './designer';
import { Editor } from './editor';
import { outputFolder } from './output';
import { QuickInput } from './quickInput';
import { Tree } from './tree';

export class Workbench {
  readonly quickInput: QuickInput;
  readonly editor: Editor;
  readonly debugging: Debugging;

  constructor(
    readonly page: Page,
    private readonly address: string,
  ) {
    this.quickInput = new QuickInput(page);
    this.editor = new Editor(page, this.quickInput);
    this.debugging = new Debugging(page);
  }

  /** Opens a folder in this window and waits until it is shown. */
  async openFolder(folder: string): Promise<void> {
    await this.page.goto(`${this.address}?folder=${encodeURIComponent(folder)}`);
    await this.page.locator('.monaco-workbench .explorer-folders-view').waitFor({ timeout: 60_000 });
  }

  /** Opens a file by its path from the opened folder. */
  async openFile(path: string): Promise<void> {
    await this.quickInput.choose('Control+P', path, path.split('/').at(-1) ?? path);
    await this.page.locator('.editor-group-container.active .tab.active').waitFor();
    await this.page.locator('.editor-group-container.active .monaco-editor .view-line').first().waitFor();
  }

  /** Opens a workflow and waits for the language server, whose lenses appear above the trigger. */
  async openWorkflow(path: string): Promise<void> {
    await this.openFile(path);
    await this.editor.codeLens('Open designer').waitFor();
  }

  /** Runs a command by its title in the palette, with its category, such as "View: Show Explorer". */
  async runCommand(title: string): Promise<void> {
    await this.quickInput.choose('F1', title, title);
  }

  /** Shows a view container of the activity bar. */
  async openView(title: string): Promise<void> {
    const item = this.page.locator(`.activitybar .action-item:has([aria-label^="${title}"])`).first();
    await item.waitFor();
    if (!((await item.getAttribute('class')) ?? '').includes('checked')) await item.click();
  }

  /** A tree view of the side bar, by the title of its section. */
  tree(title: string): Tree {
    return new Tree(
      this.page
        .locator('.part.sidebar .pane', {
          has: this.page.locator(`h3[title^="${title}" i], .pane-header[aria-label^="${title}" i]`),
        })
        .first(),
    );
  }

  designer(): DesignerPage {
    return new DesignerPage(this.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame'));
  }

  /** Puts the focus into the first, leftmost editor. */
  async focusFirstEditor(): Promise<void> {
    await this.page.keyboard.press('Control+1');
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  }

  /** What a copy command puts into the clipboard, which all windows share: what an earlier test left there goes first. */
  async copied(copy: Locator, expected: RegExp): Promise<string> {
    await this.page.evaluate(() => navigator.clipboard.writeText(''));
    await copy.click();
    const read = () => this.page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(read).toMatch(expected);
    return read();
  }

  /** The lines in sight of an editor that need not be the active one, by the title of its tab. */
  async textIn(title: string): Promise<string> {
    const group = this.page.locator('.editor-group-container', { has: this.page.locator('.tab', { hasText: title }) });
    await group.locator('.view-line').first().waitFor();
    const lines = await group.locator('.view-line').allInnerTexts();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  notification(text: string): Locator {
    return this.page.locator('.notification-list-item', { hasText: text });
  }

  /** The messages of the Problems panel. */
  async problems(): Promise<string[]> {
    await this.runCommand('View: Focus Problems');
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    await rows.first().waitFor();
    return rows.allInnerTexts();
  }

  /** Leaves the window to the editors. */
  async hideParts(): Promise<void> {
    for (const [part, key] of [
      ['sidebar', 'Control+B'],
      ['panel', 'Control+J'],
    ] as const) {
      const shown = this.page.locator(`.part.${part}:visible`);
      if ((await shown.count()) > 0) await this.page.keyboard.press(key);
      await shown.waitFor({ state: 'hidden' });
    }
  }

  /** Takes a picture of the whole window for the README. */
  async screenshot(name: string): Promise<void> {
    await this.page.screenshot({ path: join(outputFolder(), 'images', `${name}.png`) });
  }
}
