/** `test` for end-to-end tests: each gets a window of VS Code on its own copy of the example. */
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { inject, test as base } from 'vitest';
import { outputFolder } from './output';
import { Project } from './project';
import { Workbench } from './workbench';

interface Fixtures {
  /** The folder that the window has open; may be changed before the window is first used. */
  readonly project: Project;
  readonly workbench: Workbench;
  /** Where the window finds VS Code; another server than that of all tests for what is true of a whole server. */
  readonly address: string;
}

export const test = base.extend<Fixtures>({
  project: async ({}, use) => {
    const project = new Project('examples/order-processing');
    await use(project);
    project.remove();
  },

  address: async ({}, use) => use(inject('shared').address),
  workbench: async ({ address, task }, use) => {
    const browser = await chromium.connect(inject('shared').browser);
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    const workbench = new Workbench(page, address);
    await use(workbench);
    if (task.result?.state === 'fail') {
      await page.screenshot({ path: join(outputFolder(), 'failures', `${task.name.replace(/\W+/g, '-')}.png`) });
    }
    // Leaving the page ends the extension host; closing it would leave it waiting for a reconnection.
    await page.goto('about:blank');
    await browser.close();
  },
});
