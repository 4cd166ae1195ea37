/**
 * Runs a script of a workflow apart from everything: a worker thread with a memory limit, inside it a context that has the language
 * and nothing else (no files, no network, no process). An endless script is ended with its thread.
 */
import { Worker } from 'node:worker_threads';

export interface ScriptLimits {
  /** Milliseconds of real time. */
  readonly timeout: number;
  /** Megabytes. */
  readonly memory: number;
}

export type ScriptResult =
  | { readonly ok: true; readonly json: string | undefined }
  | {
      readonly ok: false;
      readonly code: 'InlineCodeScriptRuntimeFailure' | 'InlineCodeScriptTimedOut' | 'InlineCodeScriptMemoryLimit';
      readonly message: string;
    };

/**
 * The thread's own code. The script becomes the body of a function, so that `return` gives its result. Values go in and out as JSON
 * text: no object of the thread can be reached from inside the context.
 */
const program = `
const { workerData, parentPort } = require('node:worker_threads');
const vm = require('node:vm');
const { code, context, timeout } = workerData;
const sandbox = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
try {
  const script = new vm.Script(
    '(function () { "use strict"; const workflowContext = JSON.parse(' + JSON.stringify(context) + ');' +
      'const result = (function (workflowContext) {' + code + '\\n})(workflowContext);' +
      'return result === undefined ? undefined : JSON.stringify(result); })()',
    { filename: 'inline-code.js' },
  );
  const json = script.runInContext(sandbox, { timeout });
  parentPort.postMessage({ ok: true, json: typeof json === 'string' ? json : undefined });
} catch (error) {
  const timedOut = error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
  parentPort.postMessage({
    ok: false,
    code: timedOut ? 'InlineCodeScriptTimedOut' : 'InlineCodeScriptRuntimeFailure',
    message: error && error.name && error.message !== undefined ? error.name + ': ' + error.message : String(error),
  });
}
`;

/** `context` is JSON text. Never rejects. */
export function runScript(
  code: string,
  context: string,
  limits: ScriptLimits,
  signal: AbortSignal,
): Promise<ScriptResult> {
  return new Promise((resolve) => {
    const worker = new Worker(program, {
      eval: true,
      workerData: { code, context, timeout: limits.timeout },
      env: {},
      stdin: false,
      resourceLimits: { maxOldGenerationSizeMb: limits.memory, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
    });
    // A script that blocks the thread from ending itself is ended from outside, a little later.
    const timer = setTimeout(() => end(timedOut(limits)), limits.timeout + 1000);
    const end = (result: ScriptResult): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', cancel);
      void worker.terminate();
      resolve(result);
    };
    const cancel = (): void =>
      end({ ok: false, code: 'InlineCodeScriptRuntimeFailure', message: 'The script was cancelled.' });
    signal.addEventListener('abort', cancel, { once: true });
    worker.on('message', (result: ScriptResult) => {
      end(!result.ok && result.code === 'InlineCodeScriptTimedOut' ? timedOut(limits) : result);
    });
    worker.on('error', (error: Error & { readonly code?: string }) => {
      const memory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      end({
        ok: false,
        code: memory ? 'InlineCodeScriptMemoryLimit' : 'InlineCodeScriptRuntimeFailure',
        message: memory ? `The script used more than its limit of ${limits.memory} MB of memory.` : error.message,
      });
    });
  });
}

function timedOut({ timeout }: ScriptLimits): ScriptResult {
  return {
    ok: false,
    code: 'InlineCodeScriptTimedOut',
    message: `The script did not end within its limit of ${timeout / 1000} seconds.`,
  };
}
