/** What every feature may use. Made once, in `extension.ts`. */
import type { Commands } from './commands';
import type { Errors } from './errors';
import type { Log } from './log';
import type { Projects } from './projects';
import type { Runtimes } from './runtimes';
import type { Settings } from './settings';

export interface Services {
  readonly log: Log;
  readonly errors: Errors;
  readonly commands: Commands;
  readonly settings: Settings;
  readonly projects: Projects;
  readonly runtimes: Runtimes;
}
