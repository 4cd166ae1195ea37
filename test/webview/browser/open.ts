/** Bundles the designer as the product does, and opens it in a real browser on a fake host. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { themeCss, themes } from './themes';
import type { ThemeName } from './themes';

const root = join(import.meta.dirname, '../../..');

/** A browser that is here already; undefined when there is none. */
export const browserPath = [
  process.env['CHROME_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
].find((path) => path !== undefined && existsSync(path));

export interface OpenOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  readonly readOnly?: boolean;
}

/** The bundle and a browser, shared by the tests of a file. */
export class DesignerBrowser {
  readonly #folder: string;
  readonly #browser: Browser;

  private constructor(folder: string, browser: Browser) {
    this.#folder = folder;
    this.#browser = browser;
  }

  static async start(): Promise<DesignerBrowser> {
    const folder = mkdtempSync(join(tmpdir(), 'designer-'));
    await build({
      entryPoints: {
        designer: join(root, 'webview/designer/main.tsx'),
        page: join(root, 'test/webview/browser/page.ts'),
      },
      outdir: folder,
      bundle: true,
      minify: true,
      format: 'iife',
      target: 'chrome120',
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'silent',
      jsx: 'automatic',
      tsconfig: join(root, 'webview/tsconfig.json'),
    });
    const browser = await chromium.launch({ executablePath: browserPath ?? '', args: ['--no-sandbox'] });
    return new DesignerBrowser(folder, browser);
  }

  /** Bytes of the minified script. */
  get bundleSize(): number {
    return readFileSync(join(this.#folder, 'designer.js')).length;
  }

  async open(text: string, options: OpenOptions = {}): Promise<Page> {
    const { theme = 'dark', width = 1280, height = 800 } = options;
    const settings = JSON.stringify({ text, readOnly: options.readOnly ?? false }).replaceAll('<', '\\u003c');
    const file = join(this.#folder, `page-${crypto.randomUUID()}.html`);
    writeFileSync(
      file,
      `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Designer</title><link rel="stylesheet" href="designer.css"><style id="theme">${themeCss(theme)}</style></head>` +
        `<body class="${themes[theme].kind}"><div id="root"></div><script>window.designerTest = ${settings};</script>` +
        `<script src="page.js"></script><script src="designer.js"></script></body></html>`,
    );
    const page = await this.#browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
    page.setDefaultTimeout(5000);
    page.on('pageerror', (error) => {
      throw error;
    });
    await page.goto(pathToFileURL(file).href);
    return page;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
