/** A browser of the Chromium family for the tests: the installed one, or Debian's, installed when we may. */
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { onPath, run } from './run.mjs';

const commands = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
  'chrome',
];

const macApplications = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const windowsPrograms = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

/**
 * The executable of Chrome, Chromium or Edge. CHROME_PATH names another one.
 * @returns {string | undefined}
 */
export function findBrowser() {
  const named = process.env.CHROME_PATH;
  if (named) return existsSync(named) ? named : undefined;
  return commands.map(onPath).find((file) => file !== undefined) ?? usualPlaces().find((file) => existsSync(file));
}

function usualPlaces() {
  if (process.platform === 'darwin') {
    return ['/Applications', join(homedir(), 'Applications')].flatMap((folder) =>
      macApplications.map((name) => join(folder, name)),
    );
  }
  if (process.platform === 'win32') {
    const { PROGRAMFILES, 'PROGRAMFILES(X86)': programFilesX86, LOCALAPPDATA } = process.env;
    return [PROGRAMFILES, programFilesX86, LOCALAPPDATA].flatMap((folder) =>
      folder === undefined ? [] : windowsPrograms.map((parts) => join(folder, ...parts)),
    );
  }
  return ['/opt/google/chrome/chrome', '/snap/bin/chromium', '/opt/microsoft/msedge/msedge'];
}

/**
 * Finds a browser, or installs Debian's when this is Debian and we are root.
 * @param {(message: string) => void} report
 * @returns {Promise<string | undefined>} undefined after reporting what the user should install
 */
export async function requireBrowser(report) {
  const found = findBrowser();
  if (found !== undefined) return found;
  if (process.env.CHROME_PATH) {
    report(`There is no browser at CHROME_PATH (${process.env.CHROME_PATH}).`);
    return undefined;
  }
  if (isDebian() && process.getuid?.() === 0) {
    report("No Chrome, Chromium or Edge found: installing Debian's Chromium …");
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update'], { env, quiet: true });
    const packages = ['chromium', 'fonts-dejavu-core'];
    const { code, output } = await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
      env,
      quiet: true,
    });
    if (code === 0) return findBrowser();
    report(output.trim());
  }
  report('Install Google Chrome, Chromium or Microsoft Edge, or name one in CHROME_PATH.');
  return undefined;
}

function isDebian() {
  return existsSync('/etc/os-release') && /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}
