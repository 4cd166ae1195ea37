/** `logicapps run`: one run of a workflow, for real or by a scenario; text or JSON of what it did. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseValue } from '../language/json/parse';
import { stringify, stringifyIndented } from '../language/json/stringify';
import type { Value } from '../language/json/value';
import type { OutgoingResponse } from '../runtime/engine/contract';
import { EngineError } from '../runtime/engine/failure';
import { RunHistory } from '../runtime/engine/history';
import { defaultLimits } from '../runtime/engine/limits';
import { HostError } from '../runtime/host/commands';
import { LoadedProject } from '../runtime/host/loadedProject';
import { nodePorts } from '../runtime/host/ports/ports';
import { Turns } from '../runtime/engine/turns';
import { readCases } from '../runtime/scenario/case';
import type { ScenarioCase } from '../runtime/scenario/case';
import { ScenarioError } from '../runtime/scenario/fields';
import type { SeenRequest } from '../runtime/scenario/observation';
import { RecordingClient } from '../runtime/scenario/recording';
import { runReport } from '../runtime/scenario/report';
import { runCase } from '../runtime/scenario/runner';
import { TriggerDispatcher } from '../runtime/triggers/dispatcher';
import { triggerHandler } from '../runtime/triggers/registry';
import { parseArguments } from './arguments';
import { runText } from './format/runText';
import { exitCodes, UsageError } from './io';
import type { Io } from './io';

interface Result {
  /** The first run of several; undefined when none was started. */
  readonly run: RunHistory | undefined;
  readonly runCount: number;
  readonly response: OutgoingResponse | undefined;
  readonly requests: readonly SeenRequest[];
  /** Why there is no run, or what was wrong with the scenario. */
  readonly notes: readonly string[];
}

export async function run(args: readonly string[], io: Io): Promise<number> {
  const { positional, options } = parseArguments(args, {
    options: ['scenario', 'case', 'trigger', 'format'],
    flags: [],
  });
  const [project, workflow, ...more] = positional;
  if (project === undefined || workflow === undefined)
    throw new UsageError('A project folder and a workflow are needed.');
  if (more.length > 0) throw new UsageError(`There is one argument too many: ${more.join(' ')}`);
  const format = options.get('format') ?? 'text';
  if (format !== 'text' && format !== 'json')
    throw new UsageError(`There is no format '${format}'; it is text or json.`);
  const folder = resolve(io.cwd, project);
  const scenario = options.get('scenario');
  try {
    const result =
      scenario === undefined
        ? await runReal(folder, workflow, await triggerValue(options.get('trigger'), io))
        : await runScenario(
            folder,
            workflow,
            resolve(io.cwd, scenario),
            options.get('case'),
            await triggerValue(options.get('trigger'), io),
          );
    return print(result, format, io);
  } catch (error) {
    if (error instanceof EngineError) {
      io.err(`${error.message}\n`);
      return error.code === 'InvalidTemplate' ? exitCodes.found : exitCodes.usage;
    }
    if (error instanceof HostError || error instanceof ScenarioError) throw new UsageError(error.message);
    throw error;
  }
}

function print(result: Result, format: 'text' | 'json', io: Io): number {
  for (const note of result.notes) io.err(`${note}\n`);
  if (result.run === undefined) {
    if (format === 'json') io.out('null\n');
    return exitCodes.found;
  }
  if (format === 'json') io.out(`${stringifyIndented(runReport(result.run, result.response, result.requests))}\n`);
  else io.out(runText(result.run, result.response));
  if (result.runCount > 1) io.err(`${result.runCount} runs were started; this is the first.\n`);
  return result.run.status === 'Succeeded' ? exitCodes.fine : exitCodes.found;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new UsageError(`The file '${path}' cannot be read.`);
  }
}

async function triggerValue(file: string | undefined, io: Io): Promise<Value | undefined> {
  if (file === undefined) return undefined;
  const parsed = parseValue(await readText(resolve(io.cwd, file)));
  if (!parsed.ok) throw new UsageError(`The file '${file}' is not valid JSON: ${parsed.message}`);
  return parsed.value;
}

async function runScenario(
  folder: string,
  workflow: string,
  file: string,
  id: string | undefined,
  trigger: Value | undefined,
): Promise<Result> {
  const cases = readCases(await readText(file));
  const chosen =
    id === undefined
      ? (cases.find((each) => each.workflow.toLowerCase() === workflow.toLowerCase()) ?? cases[0])
      : cases.find((each) => each.id === id);
  if (chosen === undefined)
    throw new UsageError(id === undefined ? `'${file}' holds no case.` : `'${file}' holds no case '${id}'.`);
  const scenario: ScenarioCase = {
    ...chosen,
    project: folder,
    files: undefined,
    workflow,
    trigger:
      trigger !== undefined && chosen.trigger.type === 'request'
        ? { ...chosen.trigger, body: { kind: 'json', value: trigger } }
        : chosen.trigger,
  };
  const seen = await runCase(scenario, { folder: dirname(file) });
  return {
    run: seen.runs[0],
    runCount: seen.runs.length,
    response: seen.response,
    requests: seen.requests,
    notes: seen.runs.length === 0 ? [...seen.errors, whyNone(seen.response)] : seen.errors,
  };
}

/** The answer that refused the request, as far as it has words. */
function whyNone(response: OutgoingResponse | undefined): string {
  const text = Buffer.from(response?.body ?? []).toString('utf8');
  return text === '' ? 'No run was started.' : `No run was started: ${text}`;
}

/** With this machine's clock, network and connections. */
async function runReal(folder: string, workflow: string, trigger: Value | undefined): Promise<Result> {
  const histories = new Map<string, RunHistory>();
  const node = nodePorts(folder, defaultLimits.messageSize, new Turns(), {});
  const http = new RecordingClient(node.ports.http, node.ports.clock);
  try {
    const { engine } = await LoadedProject.read(
      { projectFolder: folder, armTriggers: false },
      {
        ports: { ...node.ports, http },
        emit(event) {
          const history = histories.get(event.runId) ?? new RunHistory();
          histories.set(event.runId, history);
          history.add(event);
        },
      },
    );
    const dispatcher = new TriggerDispatcher(engine);
    const plan = engine.trigger(workflow);
    let answer: Promise<OutgoingResponse> | undefined;
    let reason: string | undefined;
    let runs;
    if (triggerHandler(plan.type)?.manner === 'request') {
      const dispatched = dispatcher.request(workflow, plan.name, {
        method: engine.triggerMethod(plan),
        path: '',
        query: '',
        headers: trigger === undefined ? [] : [['Content-Type', 'application/json']],
        body: trigger === undefined ? undefined : Buffer.from(stringify(trigger)),
      });
      runs = dispatched.runs;
      answer = dispatched.response;
    } else {
      const fired = dispatcher.fire(workflow, plan.name, trigger);
      runs = fired.runs;
      reason = fired.reason;
    }
    const response = await answer;
    await Promise.all(runs.map(({ done }) => done));
    const [first] = runs;
    return {
      run: first && histories.get(first.runId),
      runCount: runs.length,
      response,
      requests: http.requests,
      notes: first === undefined ? [reason ?? whyNone(response)] : [],
    };
  } finally {
    await node.close();
  }
}
