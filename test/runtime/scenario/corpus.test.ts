/**
 * Every Standard definition of the shared corpus runs with a generic scenario (each call is answered with an empty 200) and reaches an
 * end; one whose actions are all built-in meets nothing that is not executed here. What it computes is not judged: the definitions are
 * other people's and know nothing of the scenario.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseValue } from '../../../language/json/parse';
import { objectOf } from '../../../language/json/value';
import type { Value } from '../../../language/json/value';
import { parseTree } from '../../../language/json/tree';
import { read } from '../../../language/workflow/read';
import type { Workflow } from '../../../language/workflow/model';
import type { ScenarioCase } from '../../../runtime/scenario/case';
import { runCase } from '../../../runtime/scenario/runner';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const corpus = join(process.env['LOGICAPPS_SHARED'] ?? join(root, '../shared'), 'corpus');

const builtIn = new Set(
  (
    'Scope If Switch Foreach Until Terminate Compose InitializeVariable SetVariable IncrementVariable DecrementVariable ' +
    'AppendToArrayVariable AppendToStringVariable ParseJson Select Query Join Table Http Response Wait Expression JavaScriptCode'
  ).split(' '),
);

interface Found {
  readonly file: string;
  readonly project: string | undefined;
  readonly name: string;
  readonly workflow: Workflow;
  readonly onlyBuiltIn: boolean;
}

function workflowFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((entry) => {
    const path = join(folder, entry);
    if (statSync(path).isDirectory()) return workflowFiles(path);
    return entry.toLowerCase() === 'workflow.json' ? [path] : [];
  });
}

function found(): Found[] {
  if (!existsSync(corpus)) return [];
  const inProjects = workflowFiles(join(corpus, 'standard-projects'));
  const loose = readdirSync(join(corpus, 'workflows')).map((entry) => join(corpus, 'workflows', entry));
  return [...inProjects, ...loose].flatMap((file) => {
    const { workflow } = read(parseTree(readFileSync(file, 'utf8')));
    if (workflow === undefined || workflow.triggers.length !== 1) return [];
    const project = inProjects.includes(file) ? dirname(dirname(file)) : undefined;
    const name = project === undefined ? 'workflow' : basename(dirname(file));
    const onlyBuiltIn = workflow.actions.every((action) => builtIn.has(action.type));
    return [{ file, project, name, workflow, onlyBuiltIn }];
  });
}

function scenarioOf({ file, project, name, workflow }: Found): ScenarioCase {
  const [trigger] = workflow.triggers;
  const type = trigger?.type.toLowerCase();
  const text = parseValue(readFileSync(file, 'utf8'));
  const files = new Map<string, Value>([['workflow/workflow.json', text.ok ? text.value : null]]);
  const body = objectOf({});
  const isRequest = type === 'request' || type === 'manual';
  const method = /"method"\s*:\s*"(\w+)"/.exec(
    workflow.tree.text.slice(trigger?.node?.start ?? 0, trigger?.node?.end ?? 0),
  )?.[1];
  return {
    id: file,
    project,
    files: project === undefined ? files : undefined,
    workflow: name,
    settings: {},
    disableRetries: false,
    disableChunking: false,
    ignoreManagedIdentity: true,
    needs: [],
    trigger: isRequest
      ? {
          type: 'request',
          name: undefined,
          method: method ?? 'POST',
          headers: [],
          query: '',
          relativePath: '',
          contentType: undefined,
          body: { kind: 'json', value: body },
          repeat: 1,
        }
      : { type: 'fire', name: undefined, outputs: objectOf({ body }), debatched: true, repeat: 1 },
    mocks: [],
    unmatched: {
      status: 200,
      headers: [],
      contentType: undefined,
      body: { kind: 'json', value: body },
      delay: 0,
      fault: undefined,
    },
    callbacks: [],
    expect: undefined,
  };
}

const finals = new Set(['Succeeded', 'Failed', 'Cancelled', 'TimedOut']);

describe.skipIf(!existsSync(corpus))('definitions of the corpus', () => {
  const all = found();

  it('are many enough to mean something', () => {
    expect(all.length).toBeGreaterThan(200);
    expect(all.filter(({ onlyBuiltIn }) => onlyBuiltIn).length).toBeGreaterThan(50);
  });

  it.each(all.map((each) => [each.file.slice(corpus.length + 1), each] as const))('%s', async (_name, each) => {
    const seen = await runCase(scenarioOf(each), { folder: dirname(each.file) });
    for (const run of [...seen.runs, ...seen.called]) expect(finals).toContain(run.status);
    // A definition that is wrong on purpose, or a request its trigger refuses, is answered with the reason and starts no run.
    if (seen.runs.length === 0) expect([202, 400, 404, 405]).toContain(seen.response?.statusCode);
    if (!each.onlyBuiltIn) return;
    for (const run of seen.runs) {
      for (const action of run.actions()) {
        const codes = action.repetitions.map(({ error }) => error?.code);
        expect(codes, action.name).not.toContain('NotSupportedLocally');
        expect(codes, action.name).not.toContain('InternalServerError');
      }
    }
  });
});
