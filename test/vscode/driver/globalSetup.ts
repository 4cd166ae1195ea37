/**
 * Starts what all end-to-end tests share: VS Code's server with the packaged extension installed, and a browser.
 * `npm test` prepares both and says in LOGICAPPS_E2E where they are.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { installExtension, startCodeServer } from '../../../scripts/toolchain/codeServer.mjs';
import { outputFolder } from './output';
import { userSettings } from './userSettings';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where VS Code answers, and how to reach the browser. */
    readonly shared: { readonly address: string; readonly browser: string; readonly temporary: string };
  }
}

interface Tools {
  readonly entry: string;
  readonly browser: string;
  readonly vsix: string;
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const prepared = process.env['LOGICAPPS_E2E'];
  if (prepared === undefined) throw new Error('Start the end-to-end tests with: npm test -- --only vscode');
  const { entry, browser, vsix } = JSON.parse(prepared) as Tools;
  const temporary = mkdtempSync(join(tmpdir(), 'logicapps-e2e-'));
  const places = { entry, extensionsFolder: join(temporary, 'extensions'), dataFolder: join(temporary, 'data') };
  await installExtension(places, vsix);
  const server = await startCodeServer({
    ...places,
    logFile: join(outputFolder(), 'e2e-server.log'),
    settings: userSettings,
    env: { XDG_DATA_HOME: join(temporary, 'share') },
  });
  const chrome = await chromium.launchServer({ executablePath: browser, args: ['--force-color-profile=srgb'] });
  project.provide('shared', { address: server.address, browser: chrome.wsEndpoint(), temporary });
  return async () => {
    await chrome.close();
    await server.stop();
    rmSync(temporary, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
}
