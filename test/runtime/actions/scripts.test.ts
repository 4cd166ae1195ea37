/** Scripts in C# and PowerShell: what the programs that run them are given, and what becomes of what they say. */
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Processes, ProcessOptions } from '../../../runtime/ports';
import { compose, play } from '../engine/play';
import type { Setup } from '../engine/play';
import { makeProject, TestHost } from '../host/projects';

interface Call {
  readonly command: string;
  readonly args: readonly string[];
  readonly options: ProcessOptions;
}

/** Programs that note how they are called and end as they are told. */
function recording(result: { exitCode?: number; stdout?: string; stderr?: string } = {}) {
  const calls: Call[] = [];
  const run: Processes['run'] = async (command, args, options) => {
    calls.push({ command, args, options });
    return { exitCode: 0, stdout: '', stderr: '', ...result };
  };
  return { calls, processes: { run } };
}

const csharp = { type: 'CSharpScriptCode', inputs: { CodeFile: 'work.csx' }, runAfter: { Before: ['Succeeded'] } };
const powershell = { type: 'PowershellCode', inputs: { CodeFile: 'work.ps1' }, runAfter: { Before: ['Succeeded'] } };
const script = `/// A comment
#r "Newtonsoft.Json"
#r "Microsoft.Azure.Workflows.Scripting"
using Microsoft.Azure.WebJobs;
using Newtonsoft.Json.Linq;
public static async Task<Results> Run(WorkflowContext context, ILogger log)
{
    using var file = File.OpenRead("x");
    return new Results();
}
public class Results { }
`;

const run = (action: unknown, processes: Processes, more: Setup = {}) =>
  play(
    { Before: compose({ n: 1 }), Script: action },
    {
      files: { 'wf/work.csx': script, 'wf/work.ps1': 'Push-WorkflowOutput -Output 1' },
      options: { processes },
      ...more,
    },
  );

describe('a C# script', () => {
  it('is built into a program that gets the trigger and the actions', async () => {
    const { calls, processes } = recording({ stdout: 'chatter\n--workflow-result--{"Message":"Hello"}\n' });
    const settings = { GREETING: 'hi' };
    const played = await run(csharp, processes, {
      case: { settings, trigger: { type: 'request', method: 'POST', body: { name: 'Ann' } } },
    });
    expect(played.outputs('Script')).toEqual({ body: { Message: 'Hello' } });
    const [{ command, options } = { command: '', options: undefined }] = calls;
    expect(command).toBe('dotnet');
    expect(options?.env).toMatchObject({ GREETING: 'hi' });
    expect(JSON.parse(options?.input ?? 'null')).toMatchObject({
      trigger: { name: 'manual', outputs: { body: { name: 'Ann' } } },
      actions: { Before: { status: 'Succeeded', outputs: { n: 1 } } },
    });
    const program = options?.files?.get('Script.cs') ?? '';
    const [imports = '', body = ''] = program.split('#line 1 "script.csx"\n');
    expect(imports).toContain('using Newtonsoft.Json.Linq;');
    expect(imports).toContain('using System.Linq;');
    expect(program).not.toContain('#r ');
    expect(program).not.toContain('WebJobs');
    // The compiler's line numbers are those of the script.
    expect(body.split('\n').indexOf('public class Results { }')).toBe(
      script.split('\n').indexOf('public class Results { }'),
    );
    expect(body).toContain('using var file');
  });

  it('fails with what the compiler or the script says', async () => {
    const compiler = recording({
      exitCode: 1,
      stdout: 'script.csx(3,5): error CS1002: ; expected\nscript.csx(3,5): error CS1002: ; expected\n',
    });
    expect((await run(csharp, compiler.processes)).step('Script')?.error).toEqual({
      code: 'InlineCodeScriptRuntimeFailure',
      message: "The execution of the script of action 'Script' failed. script.csx(3,5): error CS1002: ; expected",
    });
    const thrown = recording({ exitCode: 1, stderr: 'InvalidOperationException: No order\n' });
    expect((await run(csharp, thrown.processes)).step('Script')?.error?.message).toContain(
      'InvalidOperationException: No order',
    );
  });

  it('says what is missing, and the way out', async () => {
    const missing: Processes = { run: async () => ({ missing: true }) };
    expect((await run(csharp, missing)).step('Script')?.error).toMatchObject({
      code: 'NotSupportedLocally',
      message: expect.stringMatching(
        /runs with the \.NET SDK, but 'dotnet' is not on the PATH.*Mock it in a scenario/,
      ) as string,
    });
    const noFile = await run({ ...csharp, inputs: { CodeFile: 'gone.csx' } }, missing);
    expect(noFile.step('Script')?.error).toMatchObject({
      code: 'ScriptFileNotFound',
      message: expect.stringContaining('wf/gone.csx') as string,
    });
  });

  it('can be mocked', async () => {
    const mocks = [{ match: { action: 'Script' }, responses: [{ body: { Message: 'mocked' } }] }];
    const played = await run(csharp, { run: async () => ({ missing: true }) }, { case: { mocks } });
    expect(played.outputs('Script')).toMatchObject({ body: { Message: 'mocked' } });
  });
});

describe('a PowerShell script', () => {
  it('runs with the cmdlets of the workflow, and gives what it pushes', async () => {
    const { calls, processes } = recording({ stdout: 'seen\n--workflow-result--[1,2]\n' });
    const played = await run(powershell, processes);
    expect(played.outputs('Script')).toEqual({ body: [1, 2] });
    const [{ command, args, options } = { command: '', args: [], options: undefined }] = calls;
    expect(command).toBe('pwsh');
    expect(args.join(' ')).toMatch(
      /function Get-TriggerOutput[^]*function Get-ActionOutput[^]*function Push-WorkflowOutput/,
    );
    expect(JSON.parse(options?.input ?? 'null')).toMatchObject({
      script: 'Push-WorkflowOutput -Output 1',
      actions: { Before: {} },
    });
  });

  it('has no body when it pushes nothing', async () => {
    const played = await run(powershell, recording({ stdout: 'seen\n' }).processes);
    expect(played.statusOf('Script')).toBe('Succeeded');
    expect(played.outputs('Script')).toEqual({});
  });
});

describe.skipIf(process.platform === 'win32')('a host', () => {
  const { PATH, XDG_DATA_HOME } = process.env;
  let host: TestHost | undefined;
  afterEach(async () => {
    Object.assign(process.env, { PATH, XDG_DATA_HOME });
    if (XDG_DATA_HOME === undefined) delete process.env['XDG_DATA_HOME'];
    await host?.link.dispose();
  });

  it('runs the program in a folder with its files, with app settings in its environment', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'programs-'));
    const program = `#!${process.execPath}
      const { readdirSync } = require('node:fs');
      const input = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
      const result = { files: readdirSync('.').sort(), greeting: process.env.GREETING, status: input.actions.Before.status };
      console.log('\\n--workflow-result--' + JSON.stringify(result));`;
    writeFileSync(join(folder, 'dotnet'), program);
    chmodSync(join(folder, 'dotnet'), 0o755);
    process.env['PATH'] = `${folder}${delimiter}${PATH ?? ''}`;
    process.env['XDG_DATA_HOME'] = folder;
    const project = makeProject({
      wf: {
        actions: {
          Before: { type: 'Compose', inputs: 1, runAfter: {} },
          One: { ...csharp },
          Two: { ...csharp },
        },
      },
    });
    project.write('wf/work.csx', script);
    host = await TestHost.open(project.folder, { appSettings: { GREETING: 'hi' } });
    const { runIds } = await host.link.send('fireTrigger', { workflow: 'wf' });
    expect(await host.ended(runIds[0] ?? '')).toBe('Succeeded');
    const bodies = host.notices.flatMap((notice) =>
      notice.type === 'event' && notice.event.type === 'actionFinished' && notice.event.step.action !== 'Before'
        ? [JSON.parse(notice.event.outputs?.json ?? 'null') as unknown]
        : [],
    );
    const body = { files: ['Host.cs', 'Script.cs', 'script.csproj'], greeting: 'hi', status: 'Succeeded' };
    expect(bodies).toEqual([{ body }, { body }]);
  });
});
