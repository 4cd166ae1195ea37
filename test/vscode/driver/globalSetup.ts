/** Starts what all end-to-end tests share: VS Code's server and a browser, both prepared by `npm test`. */
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { preparedTools, startServer } from './server';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where VS Code answers, and how to reach the browser. */
    readonly shared: { readonly address: string; readonly browser: string };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer('e2e');
  const chrome = await chromium.launchServer({
    executablePath: preparedTools().browser,
    args: ['--force-color-profile=srgb'],
  });
  project.provide('shared', { address: server.address, browser: chrome.wsEndpoint() });
  return async () => {
    await chrome.close();
    await server.stop();
  };
}
