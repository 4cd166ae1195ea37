/** `logicapps test`: runs the cases of test files and says which fail, and in what. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { objectOf } from '../language/json/value';
import type { Value } from '../language/json/value';
import { stringifyIndented } from '../language/json/stringify';
import { isSkippedFolder } from '../language/project/fileKind';
import { readCases } from '../runtime/scenario/case';
import type { ScenarioCase } from '../runtime/scenario/case';
import { Coverage } from '../runtime/scenario/coverage';
import { ScenarioError } from '../runtime/scenario/fields';
import { judgeCase } from '../runtime/scenario/judge';
import { actualsOf } from '../runtime/scenario/report';
import { runCase } from '../runtime/scenario/runner';
import { unmetNeeds } from '../runtime/scenario/needs';
import { parseArguments } from './arguments';
import { testFormats } from './format/testFormats';
import type { CaseResult } from './format/testFormats';
import { exitCodes, UsageError } from './io';
import type { Io } from './io';

export async function test(args: readonly string[], io: Io): Promise<number> {
  const { positional, options, flags } = parseArguments(args, { options: ['format', 'actuals'], flags: ['coverage'] });
  if (positional.length === 0) throw new UsageError('A test file or a folder with test files is needed.');
  const format = testFormats[options.get('format') ?? 'spec'];
  if (format === undefined)
    throw new UsageError(`There is no format '${options.get('format') ?? ''}'; it is spec, tap, junit or json.`);
  const files = (await Promise.all(positional.map((path) => testFiles(resolve(io.cwd, path))))).flat();
  if (files.length === 0) throw new UsageError('There is no test file: their names end with .test.json.');
  const coverage = flags.has('coverage') ? new Coverage() : undefined;
  const actuals = new Map<string, Value>();
  const results: CaseResult[] = [];
  for (const file of files) {
    for (const scenario of await casesOf(file)) {
      const result = await runOne(scenario, file, io, coverage, actuals);
      results.push(result);
      io.out(format.each(result));
    }
  }
  io.out(format.end(results, coverage?.report()));
  const target = options.get('actuals');
  if (target !== undefined) await writeFile(resolve(io.cwd, target), `${stringifyIndented(actuals)}\n`);
  return results.some(({ status }) => status === 'failed') ? exitCodes.found : exitCodes.fine;
}

async function runOne(
  scenario: ScenarioCase,
  file: string,
  io: Io,
  coverage: Coverage | undefined,
  actuals: Map<string, Value>,
): Promise<CaseResult> {
  const base = { id: scenario.id, file: relative(io.cwd, file) };
  const unmet = unmetNeeds(scenario);
  if (unmet !== undefined) {
    actuals.set(scenario.id, objectOf({ skipped: unmet }));
    return { ...base, status: 'skipped', milliseconds: 0, messages: [unmet] };
  }
  const started = performance.now();
  try {
    const seen = await runCase(scenario, { folder: dirname(file) });
    actuals.set(scenario.id, actualsOf(seen));
    await coverage?.add(scenario, dirname(file), seen);
    const found = judgeCase(scenario.expect, seen, dirname(file));
    const messages = found.map(({ path, message }) => `${path} ${message}`);
    const status = found.length === 0 ? 'passed' : 'failed';
    return { ...base, status, milliseconds: performance.now() - started, messages };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    actuals.set(scenario.id, objectOf({ error: message }));
    return { ...base, status: 'failed', milliseconds: performance.now() - started, messages: [message] };
  }
}

async function casesOf(file: string): Promise<ScenarioCase[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new UsageError(`The file '${file}' cannot be read.`);
  }
  try {
    return readCases(text);
  } catch (error) {
    if (error instanceof ScenarioError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}

/** A file as it is named, or every `*.test.json` below a folder. */
async function testFiles(path: string): Promise<string[]> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch {
    throw new UsageError(`There is no file or folder '${path}'.`);
  }
  if (!isFolder) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    if (entry.isDirectory()) {
      if (!isSkippedFolder(entry.name)) found.push(...(await testFiles(join(path, entry.name))));
    } else if (entry.name.toLowerCase().endsWith('.test.json')) {
      found.push(join(path, entry.name));
    }
  }
  return found;
}
