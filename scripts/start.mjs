/** `npm start`: builds, and opens VS Code on the example with the extension loaded. */
import { spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { bootstrap, fail, root, runNode } from './bootstrap.mjs';

const usage = `npm start -- [options] [folder]

Opens VS Code on the folder (examples/order-processing) with the extension loaded.

  --desktop      use the desktop VS Code ("code"), or fail when there is none
  --browser      use VS Code in the browser even if there is a desktop one
  --port <n>     port of the browser's VS Code (default: 8123, or another free one)
  --help         this text`;

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(usage);
  process.exit(0);
}
bootstrap();

const portAt = args.indexOf('--port');
const wantedPort = portAt < 0 ? 8123 : Number(args[portAt + 1]);
if (!Number.isInteger(wantedPort) || wantedPort < 1 || wantedPort > 65535) fail('--port takes a number from 1 to 65535.');
const folderArg = args.find((arg, index) => !arg.startsWith('--') && (portAt < 0 || index !== portAt + 1));
const folder = resolve(folderArg ?? join(root, 'examples', 'order-processing'));

console.log('Building …');
if (runNode(['scripts/build.mjs', '--quiet']) !== 0) fail('The build did not succeed.');

const code = process.platform === 'win32' ? 'code.cmd' : 'code';
const shell = process.platform === 'win32';
const hasDesktop = !args.includes('--browser') && spawnSync(code, ['--version'], { shell }).status === 0;
if (args.includes('--desktop') && !hasDesktop) fail('There is no desktop VS Code: "code" is not on the PATH.');

if (hasDesktop) {
  console.log(`Opening VS Code on ${folder} …`);
  const { status } = spawnSync(code, [`--extensionDevelopmentPath=${root}`, folder], { stdio: 'inherit', shell });
  process.exit(status ?? 1);
}

const { freePort, installCodeServer, startCodeServer } = await import('./codeServer.mjs');
try {
  const entry = installCodeServer((line) => console.log(line));
  const port = await freePort(wantedPort);
  const dataFolder = join(homedir(), '.cache', 'logicapps-workbench', 'start');
  const server = await startCodeServer({ entry, dataFolder, port });
  console.log(`\nVS Code is ready: ${server.url}?folder=${encodeURIComponent(folder)}`);
  console.log('Only this machine can reach it. Press Ctrl+C to stop.');
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void server.stop());
  server.child.once('exit', () => process.exit(0));
} catch (error) {
  fail(error instanceof Error ? error.message : String(error));
}
