/** Checks every room against its own tsconfig, so that a room sees only the platform it may use. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const rooms = process.argv.slice(2);
const all = ['language', 'runtime', 'server', 'webview', 'client', 'cli', 'test', 'scripts'];
let failed = false;
for (const room of rooms.length > 0 ? rooms : all) {
  if (!existsSync(`${room}/tsconfig.json`)) continue;
  const { status } = spawnSync(process.execPath, [tsc, '-p', room], { stdio: 'inherit' });
  failed ||= status !== 0;
}
process.exit(failed ? 1 : 0);
