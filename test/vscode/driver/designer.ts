/** The designer's page inside its webview. */
import type { FrameLocator, Locator } from 'playwright-core';

export class DesignerPage {
  constructor(private readonly frame: FrameLocator) {}

  /** The card of a trigger or action, by the name it shows. */
  node(name: string): Locator {
    return this.frame.locator('.card', { has: this.frame.getByText(name, { exact: true }) }).first();
  }

  /** The side panel about a trigger or action, by its name in the text. */
  details(name: string): Locator {
    return this.frame.getByRole('complementary', { name: `Details of ${name}` });
  }

  /** The mark of a run on a card. */
  status(name: string, status: string): Locator {
    return this.node(name).locator(`[aria-label*="${status}"], [title*="${status}"]`).first();
  }

  /** Brings the whole workflow into sight: what is out of sight is not drawn. */
  async fit(): Promise<void> {
    await this.frame.getByRole('button', { name: 'Show the whole workflow' }).click();
  }

  background(): Promise<string> {
    return this.frame.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  }
}
