/**
 * Where the run history of a project lies when nobody says otherwise: a folder per user, keyed by the project's path, never in the
 * project folder itself. Each platform's custom: XDG Base Directory, Known Folders on Windows, Application Support on macOS.
 */
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { basename, join, resolve } from 'node:path';

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const here: Surroundings = { platform: process.platform, home: homedir(), environment: process.env };

/** The folder for this product's data of the current user. */
export function dataFolder({ platform, home, environment }: Surroundings = here): string {
  switch (platform) {
    case 'win32':
      return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Logic Apps Workbench');
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Logic Apps Workbench');
    default: {
      const data = environment['XDG_DATA_HOME'];
      // The specification says that relative paths are to be ignored.
      const root = data?.startsWith('/') === true ? data : join(home, '.local', 'share');
      return join(root, 'logicapps-workbench');
    }
  }
}

/** The SQLite file of a project: readable by its name, unique by its whole path. */
export function storeFileOf(projectFolder: string, surroundings: Surroundings = here): string {
  const path = resolve(projectFolder);
  const key = createHash('sha256').update(path).digest('hex').slice(0, 16);
  const name = basename(path).replace(/[^A-Za-z0-9._-]/g, '_') || 'project';
  return join(dataFolder(surroundings), 'runs', `${name}-${key}`, 'runs.sqlite');
}
