import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWorkflow } from '../../../language/workflow/read';
import { visibleActions } from '../../../language/workflow/graph';

const shared = process.env['LOGICAPPS_SHARED'] ?? join(import.meta.dirname, '../../../../shared');

const workflowOf = (text: string) => {
  const { workflow } = readWorkflow(text);
  if (workflow === undefined) throw new Error('no workflow');
  return workflow;
};

describe('reading a workflow', () => {
  it('nests actions by the type table and keeps names and places', () => {
    const text = JSON.stringify({
      kind: 'Stateful',
      definition: {
        triggers: { manual: { type: 'request', kind: 'Http' } },
        actions: {
          Each: {
            type: 'foreach',
            actions: {
              Check: { type: 'If', actions: { Yes: { type: 'compose' } }, else: { actions: { No: { type: 'Odd' } } } },
            },
          },
          Route: {
            type: 'Switch',
            cases: { A: { case: 1, actions: { InA: { type: 'Compose' } } } },
            default: { actions: {} },
          },
        },
      },
    });
    const workflow = workflowOf(text);
    expect(workflow.triggers[0]?.type).toBe('Request');
    expect(workflow.actions.map((each) => `${each.name}:${each.type}`)).toEqual([
      'Each:Foreach',
      'Check:If',
      'Yes:Compose',
      'No:Odd',
      'Route:Switch',
      'InA:Compose',
    ]);
    const inA = workflow.actionsByName.get('ina');
    expect(inA?.scope).toMatchObject({ role: 'case', name: 'A', path: '/definition/actions/Route/cases/A/actions' });
    expect(text.slice(inA?.property.key.start, inA?.property.key.end)).toBe('"InA"');
  });

  it('reads half-typed text, and reports a duplicate name at the second place', () => {
    const { workflow, problems } = readWorkflow(
      '\uFEFF{"definition":{"actions":{"A":{"type":"Compose"},"a":{"type":"Compose","runAfter":{"A":["SUCCEEDED"]}, ',
    );
    expect(workflow?.actions).toHaveLength(2);
    expect(workflow?.actions[1]?.runAfter[0]?.statuses).toEqual(['Succeeded']);
    expect(problems.map((each) => each.code)).toContain('action-duplicate-name');
    expect(problems.map((each) => each.code)).toContain('json-syntax');
  });

  it.each(['', '[]', '{', 'null', '{"definition":3}', '[['.repeat(100_000)])(
    'says clearly that %j… is no workflow',
    (text) => {
      const { workflow, problems } = readWorkflow(text);
      expect(workflow).toBeUndefined();
      expect(problems.at(-1)?.code).toBe('workflow-missing-definition');
    },
  );

  it('knows what has ended when an action starts', () => {
    const workflow = workflowOf(
      JSON.stringify({
        definition: {
          actions: {
            First: { type: 'Scope', actions: { Inner: { type: 'Compose' } } },
            Loop: {
              type: 'Foreach',
              runAfter: { First: ['Succeeded'] },
              actions: {
                X: { type: 'Compose' },
                Y: { type: 'Compose', runAfter: { X: ['Failed'] } },
                Z: { type: 'Compose' },
              },
            },
          },
        },
      }),
    );
    const y = workflow.actionsByName.get('y');
    expect(y === undefined ? [] : visibleActions(y).map((each) => each.name)).toEqual(['X', 'First', 'Inner']);
  });

  it.skipIf(!existsSync(shared))('reads every workflow of the corpus', () => {
    const folder = join(shared, 'corpus');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /(^|[\\/])(workflow\.json|workflows[\\/].*\.json|consumption[\\/].*\.json)$/.test(file),
    );
    const unread = files.filter(
      (file) => readWorkflow(readFileSync(join(folder, file), 'utf8')).workflow === undefined,
    );
    expect(files.length).toBeGreaterThan(300);
    expect(unread).toEqual([]);
  });
});
