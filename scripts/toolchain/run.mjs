/** Starting programs: npm, Node scripts and whatever is on the PATH. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [quiet] Keep the output for the result instead of showing it.
 */

/**
 * Runs a program to its end. Never rejects: a program that can't be started has code 127.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{code: number, output: string}>}
 */
export function run(command, args, { cwd, env, quiet = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...(cwd === undefined ? {} : { cwd }),
      env: env ?? process.env,
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      // npm and code are .cmd files on Windows, which only a shell can start.
      shell: process.platform === 'win32' && /\.(cmd|bat)$/i.test(command),
    });
    let output = '';
    child.stdout?.on('data', (/** @type {Buffer} */ data) => (output += data.toString()));
    child.stderr?.on('data', (/** @type {Buffer} */ data) => (output += data.toString()));
    child.on('error', (error) => resolve({ code: 127, output: output + error.message }));
    child.on('close', (code, signal) => resolve({ code: code ?? (signal === null ? 1 : 130), output }));
  });
}

/**
 * Runs npm, under a chosen Node when one is given (packages look at the version they are installed with).
 * @param {readonly string[]} args
 * @param {RunOptions & {node?: string}} [options]
 */
export function npm(args, { node, ...options } = {}) {
  const env = { ...(options.env ?? process.env) };
  if (node !== undefined) env.PATH = dirname(node) + delimiter + (env.PATH ?? '');
  const cli = process.env.npm_execpath;
  if (cli !== undefined && /npm-cli\.[cm]?js$/.test(cli)) {
    return run(node ?? process.execPath, [cli, ...args], { ...options, env });
  }
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { ...options, env });
}

/**
 * The full path of a program on the PATH.
 * @param {string} name
 * @returns {string | undefined}
 */
export function onPath(name) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const ending of endings) {
      const file = join(folder, name + ending);
      if (folder !== '' && existsSync(file)) return file;
    }
  }
  return undefined;
}
