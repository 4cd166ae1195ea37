/** Starts a real VS Code on a temporary copy of a folder, and a browser page on it. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { freePort, installCodeServer, startCodeServer } from '../../../scripts/codeServer.mjs';
import { browser as findBrowser } from '../../../scripts/browser.mjs';
import { Workbench } from './workbench';

export const root = join(import.meta.dirname, '..', '..', '..');
const screenshots = join(root, 'test', 'vscode', '.output');

export interface Session {
  readonly workbench: Workbench;
  /** The copy of the folder that VS Code has open. */
  readonly folder: string;
  close(): Promise<void>;
}

export interface SessionOptions {
  /** The folder to copy and open. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Further extensions: [folder, directory name]. */
  readonly extensions?: readonly (readonly [string, string])[];
  readonly userSettings?: Readonly<Record<string, unknown>>;
}

/** Opens VS Code; everything it writes is in temporary folders that `close` removes. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'logicapps-e2e-')));
  const folder = join(temporary, 'workspace');
  cpSync(options.folder, folder, { recursive: true });
  mkdirSync(screenshots, { recursive: true });
  const executablePath = findBrowser((line: string) => console.log(line));
  if (executablePath === undefined) throw new Error('There is no browser for the end-to-end tests.');
  const entry = installCodeServer((line: string) => console.log(line));
  const port = await freePort();
  const server = await startCodeServer({
    entry,
    port,
    dataFolder: join(temporary, 'data'),
    env: { ...options.env, XDG_DATA_HOME: join(temporary, 'share') },
    extensions: options.extensions ?? [],
    userSettings: options.userSettings ?? {},
  });
  const chrome = await chromium.launch({
    executablePath,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
  const context = await chrome.newContext({
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  await page.goto(`${server.url}?folder=${encodeURIComponent(folder)}`);
  await page.waitForSelector('.monaco-workbench .explorer-folders-view', { timeout: 60_000 });
  return {
    workbench: new Workbench(page, screenshots),
    folder,
    close: async () => {
      await chrome.close();
      await server.stop();
      rmSync(temporary, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
