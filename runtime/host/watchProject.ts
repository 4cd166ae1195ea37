/** Tells when the files that a host reads have changed. Editors write in several steps: what comes close together is told once. */
import { watch } from 'node:fs';
import path from 'node:path';

const watched: ReadonlySet<string> = new Set([
  'workflow.json',
  'connections.json',
  'parameters.json',
  'host.json',
  'local.settings.json',
]);
/** Milliseconds of quiet before a change is told. */
const QUIET = 150;

/** Where the system cannot watch a folder, nothing is ever told. */
export function watchProject(folder: string, changed: () => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  const controller = new AbortController();
  try {
    watch(folder, { recursive: true, signal: controller.signal }, (_event, name) => {
      if (name === null || !watched.has(path.basename(name).toLowerCase())) return;
      clearTimeout(timer);
      timer = setTimeout(changed, QUIET);
    }).on('error', () => undefined);
  } catch {
    // A limit of the system, or a folder on a network: the user restarts the host to see an edit.
  }
  return {
    close: () => {
      clearTimeout(timer);
      controller.abort();
    },
  };
}
