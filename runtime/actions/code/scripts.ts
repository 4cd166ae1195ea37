/**
 * Scripts that lie beside the workflow and run in a program of their own: C# with the .NET SDK, PowerShell with PowerShell 7.
 * Source: "Add and run C# scripts inline", "Add and run PowerShell scripts".
 */
import { parseValue } from '../../../language/json/parse';
import { stringify } from '../../../language/json/stringify';
import { isObject, objectOf } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { StepFailure, failed, succeeded } from '../../engine/failure';
import type { Outcome } from '../../engine/failure';
import type { ActionStep } from '../../engine/step';
import type { ActionHandler } from '../handler';
import { wayOut } from '../unsupported';
import { csharpProgram, resultMark } from './csharpProgram';
import { powershellArguments } from './powershellProgram';
import { scriptContext } from './scriptContext';

/** Milliseconds that a script may take, as documented. */
const TIMEOUT = 600_000;
/** Letters of a program's complaint that a message shows. */
const SHOWN = 2000;

interface Program {
  readonly command: string;
  readonly args: readonly string[];
  readonly files?: ReadonlyMap<string, string>;
  /** What is missing when the command is. */
  readonly product: string;
}

function handler(type: string, program: (script: string) => Program): ActionHandler {
  return {
    type,
    mockable: true,
    external: true,
    start: (step) => step.run.services.work.during(() => run(step, program)),
  };
}

async function run(step: ActionStep, programOf: (script: string) => Program): Promise<Outcome> {
  const inputs = step.record.inputs ?? step.inputs();
  const script = await scriptOf(step, inputs);
  let program;
  try {
    program = programOf(script);
  } catch (error) {
    if (error instanceof RangeError) throw new StepFailure('NotSupportedLocally', `${error.message} ${wayOut}`);
    throw error;
  }
  const { command, args, files, product } = program;
  const { processes } = step.run.services.ports;
  const result = await processes.run(command, args, {
    input: stringify(objectOf({ script, ...scriptContext(step) })),
    timeout: TIMEOUT,
    signal: step.signal,
    env: Object.fromEntries(step.run.services.project.appSettings),
    ...(files === undefined ? {} : { files }),
  });
  if ('missing' in result) {
    throw new StepFailure(
      'NotSupportedLocally',
      `The script of action '${step.name}' runs with ${product}, but '${command}' is not on the PATH. Install it, or: ${wayOut}`,
    );
  }
  const { exitCode, stdout, stderr } = result;
  if (exitCode !== 0) return failed('InlineCodeScriptRuntimeFailure', complaint(step.name, exitCode, stdout, stderr));
  const line = stdout.split(/\r?\n/).findLast((each) => each.startsWith(resultMark));
  const parsed = line === undefined ? undefined : parseValue(line.slice(resultMark.length));
  return succeeded(objectOf({ body: parsed?.ok === true ? parsed.value : undefined }));
}

/** What the program said: on the error stream, or, as compilers do, on the other. */
function complaint(action: string, exitCode: number, stdout: string, stderr: string): string {
  const errors = stdout.split(/\r?\n/).filter((line) => /\berror\b/i.test(line));
  const said = stderr.trim() === '' ? [...new Set(errors)].join('\n') : stderr.trim();
  const shown = said === '' ? `It ended with exit code ${exitCode}.` : said.slice(0, SHOWN);
  return `The execution of the script of action '${action}' failed. ${shown}`;
}

async function scriptOf(step: ActionStep, inputs: Value): Promise<string> {
  const name = isObject(inputs) ? [...inputs].find(([key]) => key.toLowerCase() === 'codefile')?.[1] : undefined;
  if (typeof name !== 'string' || name === '') {
    throw new StepFailure('InvalidTemplate', `The action '${step.name}' names no file in "CodeFile".`);
  }
  const path = `${step.run.plan.name}/${name}`;
  const bytes = await step.run.services.ports.files.read(path);
  if (bytes === undefined) {
    throw new StepFailure('ScriptFileNotFound', `The script '${path}' of action '${step.name}' is not there.`);
  }
  return Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}

export const scriptActions: readonly ActionHandler[] = [
  handler('CSharpScriptCode', (script) => ({
    command: 'dotnet',
    args: ['run', '--project', 'script.csproj', '--configuration', 'Release', '--verbosity', 'quiet'],
    files: csharpProgram(script),
    product: 'the .NET SDK',
  })),
  handler('PowerShellCode', () => ({ command: 'pwsh', args: powershellArguments, product: 'PowerShell 7' })),
];
